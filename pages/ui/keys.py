"""The keys 0 to 4 as answers, anywhere on the page but in a field."""

from collections.abc import Callable

import streamlit as st

_SCRIPT = """
export default function ({parentElement, setTriggerValue}) {
  const listen = (event) => {
    const at = event.target;
    const typing = at.closest && at.closest("input:not([type=radio]), textarea, select, [contenteditable=true]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !/^[0-4]$/.test(event.key)) return;
    event.preventDefault();
    setTriggerValue("level", Number(event.key));
  };
  document.addEventListener("keydown", listen);
  parentElement.querySelector("span").dataset.listening = "yes";
  return () => document.removeEventListener("keydown", listen);
}
"""
_mount = st.components.v2.component("groundwork_keys", html="<span hidden></span>", js=_SCRIPT)


def listen(*, key: str, on_level: Callable[[int], None]) -> None:
    """Call with the level whenever somebody presses its key."""
    _mount(key=key, height=1, on_level_change=lambda: on_level(_pressed(key)))


def _pressed(key: str) -> int:
    return int(st.session_state[key]["level"])
