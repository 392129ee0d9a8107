// A table whose heads sort its rows: numbers, dates and ranks by what they mean, everything else by its letters; n/a comes last.
const DATE = /^\d{1,2} [A-Z][a-z]{2} \d{4}$/;
const letters = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

const said = (cell) => (cell.firstElementChild?.tagName === "SPAN" ? cell.firstElementChild.textContent : cell.firstChild?.textContent ?? "").trim();
const unknown = (text) => text === "" || text === "n/a";

function worth(text, number, ranks) {
  if (unknown(text)) return null;
  if (ranks) return ranks.indexOf(text);
  if (number) return Number(text.replaceAll(",", "").replace("\u2212", "-"));
  return DATE.test(text) ? Date.parse(text) : text;
}

function sort(root, at, down) {
  const heads = [...root.querySelectorAll("thead th")], body = root.querySelector("tbody");
  const number = heads[at].classList.contains("gw-num"), ranks = root.ranks[heads[at].dataset.name];
  const rows = [...body.rows].map((row) => ({ row, value: worth(said(row.cells[at]), number, ranks) }));
  rows.sort((a, b) => {
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
    const order = typeof a.value === "number" && typeof b.value === "number" ? a.value - b.value : letters.compare(String(a.value), String(b.value));
    return down ? -order : order;
  });
  body.append(...rows.map(({ row }) => row));
  heads.forEach((head, place) => head.setAttribute("aria-sort", place === at ? (down ? "descending" : "ascending") : "none"));
  root.sorted = { name: heads[at].dataset.name, down };
}

function dress(root) {
  [...root.querySelectorAll("thead th")].forEach((head, at) => {
    const button = document.createElement("button");
    head.dataset.name = button.textContent = head.textContent;
    button.type = "button";
    button.title = "Sort";
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
    const firstDown = head.classList.contains("gw-num");
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(root, at, now === "none" ? firstDown : now === "ascending");
    });
  });
  const at = [...root.querySelectorAll("thead th")].findIndex((head) => head.dataset.name === root.sorted?.name);
  if (at >= 0) sort(root, at, root.sorted.down);
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".gw-sortable");
  if (root.drawn === data.html) return;
  root.drawn = data.html;
  root.ranks = data.ranks;
  root.innerHTML = data.html;
  dress(root);
}
