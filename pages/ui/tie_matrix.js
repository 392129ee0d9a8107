// Ties in a matrix: the row influences the column. Arrows go from cell to cell, 1 to 5 set a tie, 0 or Delete takes it away.
const matrices = new WeakMap();
const GO = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const element = (name, attributes = {}, ...content) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...content);
  return node;
};

class TieMatrix {
  constructor(root) {
    this.table = root.querySelector("table");
    this.bar = root.querySelector(".weights");
    this.sending = new Sending(root.querySelector(".status"), () => this.paint());
    weightButtons(this.bar, (weight) => this.set(weight));
    Object.assign(this, { cells: [], at: [0, 1], drawn: "" });
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("focusin", (event) => { const cell = event.target.closest("td"); if (cell) this.go(cell.row, cell.column, false); });
  }

  update(data, send) {
    this.data = data;
    this.sending.update(data, send);
    this.bar.hidden = !data.editable;
    const outline = JSON.stringify([data.people, data.editable, data.kind]);
    if (outline !== this.drawn) this.draw();
    if (!this.drawn && data.editable) this.sending.status.textContent = "Arrow keys go from cell to cell; 1 to 5 set a tie, 0 takes it away.";
    this.drawn = outline;
    this.paint();
    this.sending.next();
  }

  draw() {
    const { people } = this.data;
    const head = element("tr", {}, element("th", { scope: "col", class: "corner" }, this.data.corner));
    for (const { name } of people) head.append(element("th", { scope: "col", class: "across" }, element("span", { title: name }, name)));
    this.cells = [];
    const rows = people.map((source, row) => {
      const line = element("tr", {}, element("th", { scope: "row" }, element("span", { title: source.name }, source.name)));
      this.cells.push(people.map((target, column) => {
        const cell = element("td", { role: "gridcell", tabindex: "-1" });
        Object.assign(cell, { row, column });
        if (row === column) cell.className = "self";
        line.append(cell);
        return cell;
      }));
      return line;
    });
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
    this.table.setAttribute("aria-label", this.data.alt);
    this.table.setAttribute("aria-readonly", String(!this.data.editable));
    this.at = people.length > 1 ? [Math.min(this.at[0], people.length - 1), Math.min(this.at[1], people.length - 1)] : [0, 0];
    this.cells[this.at[0]]?.[this.at[1]]?.setAttribute("tabindex", "0");
  }

  paint() {
    const { people } = this.data;
    for (const line of this.cells) for (const cell of line) {
      const source = people[cell.row], target = people[cell.column];
      if (cell.row === cell.column) { cell.setAttribute("aria-label", `${source.name}: nobody is tied to themselves`); continue; }
      const weight = this.sending.weight(`${source.id}/${target.id}`);
      if (cell.textContent !== weight) cell.textContent = weight;
      cell.className = weight ? `w${weight}` : "";
      cell.setAttribute("aria-label", `${called(source)} → ${called(target)}: ${weight || "no tie"}`);
    }
  }

  go(row, column, focus = true) {
    const cell = this.cells[row]?.[column];
    if (!cell) return;
    this.cells[this.at[0]]?.[this.at[1]]?.setAttribute("tabindex", "-1");
    this.at = [row, column];
    cell.setAttribute("tabindex", "0");
    if (focus) cell.focus();
  }

  set(weight) {
    const [row, column] = this.at;
    if (row === column || !this.data.editable || !this.cells.length) return;
    this.cells[row][column].focus();
    this.sending.set(this.data.people[row], this.data.people[column], weight);
  }

  key(event) {
    const step = GO[event.key], [row, column] = this.at;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) this.go(row + step[0], column + step[1]);
    else if (event.key === "Home") this.go(row, 0);
    else if (event.key === "End") this.go(row, this.cells.length - 1);
    else if (/^[1-5]$/.test(event.key)) this.set(event.key);
    else if (["0", "Delete", "Backspace"].includes(event.key)) this.set("");
    else return;
    event.preventDefault();
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!matrices.has(parentElement)) matrices.set(parentElement, new TieMatrix(parentElement));
  matrices.get(parentElement).update(data, (change) => setTriggerValue("set", change));
}
