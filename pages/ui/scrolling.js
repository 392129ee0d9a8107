let open;

export default function ({ data }) {
  const before = open;
  open = data.place;
  if (before === undefined || before === data.place) return;
  const top = document.querySelector(".gw-progress");
  const header = document.querySelector('[data-testid="stHeader"]');
  const edge = header ? header.getBoundingClientRect().bottom : 0;
  if (top && top.getBoundingClientRect().top < edge) {
    top.style.scrollMarginTop = `${edge + 48}px`;
    top.scrollIntoView({ block: "start", behavior: "instant" });
  }
}
