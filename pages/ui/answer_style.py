"""How the pages look on which people answer: their style rules, and how far somebody is."""

import streamlit as st

STYLE = """
<style>
[class*=st-key-take_answer] [role=radiogroup] {gap:8px;width:100%;align-items:stretch}
[class*=st-key-take_answer] [role=radiogroup]>* {width:100%}
[class*=st-key-take_answer] [role=radiogroup] label {border:1px solid var(--gw-rule);border-radius:4px;margin:0;
 padding:9px 14px;width:100%;min-height:44px;align-items:flex-start}
[class*=st-key-take_answer] .stRadio, [class*=st-key-take_answer] .stRadio>div {width:100%}
[class*=st-key-take_answer] [role=radiogroup] label:has(input:checked) {border:2px solid var(--gw-ink);
 padding:8px 13px;background:var(--gw-surface)}
[class*=st-key-take_cards] button {min-height:48px;text-align:left}
[class*=st-key-take_cards] button>div {justify-content:flex-start;width:100%}
.gw-promise {padding:12px 16px} .gw-promise p {margin:0 0 6px;font-size:.9375rem;line-height:1.4}
.gw-why-asked {padding-top:8px}
.gw-words {margin:0;padding:0!important} .gw-words dt {font-weight:600;padding:0!important;margin:0!important}
.gw-words dd {margin:0 0 8px!important;padding:0!important;color:var(--gw-muted)}
.gw-piece a {color:var(--gw-interaction)} .gw-asked {margin:0;padding-left:20px}
.gw-point, .gw-piece {border-left:2px solid var(--gw-rule);padding-left:12px} .gw-point p, .gw-piece p {margin:0}
.gw-ranked {margin:0!important;padding:0!important;list-style:none;counter-reset:place}
.gw-ranked li {box-sizing:border-box;width:100%;font-size:.9375rem;counter-increment:place;display:flex;gap:14px;
 margin:0 0 8px!important;padding:9px 14px!important;min-height:44px;
 border:2px solid var(--gw-ink);border-radius:4px;background:var(--gw-surface);color:var(--gw-ink);font-weight:600}
.gw-ranked li::before {content:counter(place)}
.st-key-take_keys {position:absolute}
.st-key-take_on>* {flex:1 1 0!important;min-width:0}
@media (max-width:640px) {.st-key-take_on>:nth-child(3) {flex-basis:100%!important}
 .st-key-invited_function [role=radio] {min-height:44px}}
.gw-progress {height:4px;background:var(--gw-rule);margin:4px 0 0} .gw-progress i {display:block;height:4px}
.gw-statement {font-family:"Source Serif",Georgia,serif;font-size:1.375rem;line-height:1.3;margin:0;padding:0;
 font-weight:500;color:var(--gw-ink);max-width:46ch}
.gw-dimension {font-size:.875rem;font-weight:600;margin:0}
</style>
"""


def progress(words: str, done: int, asked: int, *, color: str) -> None:
    """Draw where somebody stands in words, and a bar of how much has an answer. color: a meaning of the palette."""
    share = f"{100 * done / asked:.0f}"
    st.html(
        f'{STYLE}<p class="gw-note">{words}</p><div class="gw-progress" role="progressbar" aria-label="Answered" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share}">'
        f'<i style="width:{share}%;background:var(--gw-{color})"></i></div>'
    )
