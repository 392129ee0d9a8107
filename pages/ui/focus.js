// The focus goes to a field or a button once for each reason to; a keyboard that is at work elsewhere keeps it.
const done = new Set();

export default function ({ data }) {
  if (!data.once || done.has(data.once)) return;
  const busy = document.activeElement;
  if (!data.always && (!busy || busy === document.body || busy.matches(":focus-visible") || matchMedia("(pointer: coarse)").matches)) return;
  const deadline = performance.now() + 2000;
  const look = () => {
    const found = document.querySelector(data.at);
    if (found && !found.disabled) {
      done.add(data.once);
      found.focus({ focusVisible: true });
    } else if (performance.now() < deadline) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
