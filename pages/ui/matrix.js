// The matrix of duties: items by people, one native select per cell. Arrows go from cell to cell, a letter gives or
// takes itself, Delete clears; one tab stop for the whole table. A change counts once the program has answered it.
const NEXT = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const UPRIGHT = 8; // people; from more on their names stand on end
const TIGHT = 15; // people; from more on the cells are narrower
const MOST_UNDO = 50;
const matrices = new WeakMap();

class Matrix {
  constructor(root) {
    this.table = root.querySelector("table");
    this.hint = root.querySelector(".hint");
    this.legend = root.querySelector(".legend");
    this.sending = new Sending(root.querySelector(".status"), () => this.fill());
    this.findings = new Findings(root, this.sending);
    this.items = new Items(root, this.sending);
    Object.assign(this, { drawn: "", grid: [], at: [0, 1], past: [] });
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("focusin", ({ target }) => this.arrive(target));
    this.table.addEventListener("focusout", () => this.findings.about(null));
    this.scroll = root.querySelector(".scroll");
    this.scroll.addEventListener("scroll", () => this.edge(), { passive: true });
    new ResizeObserver(() => this.edge()).observe(this.scroll);
  }

  update(data, send) {
    this.data = data;
    this.sending.update(data, send);
    this.items.update(data);
    const { components, people, editable, about } = data;
    const outline = JSON.stringify([about, components.map(({ id, name, scheme }) => [id, name, scheme]), people, editable]);
    if (outline !== this.drawn) this.draw();
    this.drawn = outline;
    this.fill();
    this.legend.textContent = data.legend;
    this.findings.update(data);
    this.show(data.here);
    this.sending.next();
  }

  // Marks the item that the address names, and brings it into view when the address first names it.
  show(id) {
    const row = [...this.table.tBodies[0]?.rows ?? []].find((each) => each.dataset.id === id);
    row?.classList.add("named");
    if (row && this.shown !== id) { row.scrollIntoView({ block: "nearest" }); this.findings.about(id); }
    this.shown = id;
  }

  draw() {
    const { components, people, editable, kind } = this.data;
    const inside = this.table.contains(this.table.getRootNode().activeElement);
    this.items.close();
    this.cells = new Map();
    this.heads = people.map(({ name, role }) => make("th", { scope: "col" }, make("span", { class: "who", title: role ? `${name}, ${role}` : name }, name)));
    const head = make("tr", {}, make("th", { scope: "col", class: "item" }, `${kind[0][0].toUpperCase()}${kind[0].slice(1)}`), make("th", { scope: "col", class: "scheme" }, "Rules"), ...this.heads);
    this.grid = [];
    const body = components.map((item) => this.row(item));
    this.answers = make("tr", {}); this.does = make("tr", {});
    this.table.className = `${people.length > UPRIGHT ? "upright" : ""} ${people.length > TIGHT ? "tight" : ""} ${this.data.own ? "own" : ""}`;
    this.table.setAttribute("aria-label", `Who owns which ${kind[0]}`);
    this.scroll.setAttribute("tabindex", editable ? "-1" : "0");
    this.table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...body), make("tfoot", {}, this.answers, this.does));
    if (editable) this.table.setAttribute("role", "grid"); else this.table.removeAttribute("role");
    this.hint.hidden = !editable || !components.length;
    const [row, column] = this.at;
    this.at = [Math.max(0, Math.min(row, components.length - 1)), Math.max(0, Math.min(column, people.length))];
    this.node(...this.at)?.setAttribute("tabindex", "0");
    if (inside) this.node(...this.at)?.focus();
  }

  row(item) {
    const { people, editable, own } = this.data;
    const name = make("th", { scope: "row", class: "item" });
    const row = make("tr", { "data-id": item.id }, name);
    const title = make("div", { class: "title" }, make("span", { class: "name" }, item.name));
    if (own) title.append(this.items.button(item, row));
    name.append(make("span", { class: "sign" }), title);
    const line = this.grid.length, rules = this.data.schemes[item.scheme];
    const scheme = editable ? this.scheme(item) : make("span", {}, rules.name);
    row.append(make("td", { class: "scheme" }, scheme));
    const nodes = [scheme];
    for (const person of people) {
      const node = this.cell(item, person, rules);
      nodes.push(node);
      row.append(make("td", {}, node));
    }
    if (editable) nodes.forEach((node, column) => { node.setAttribute("tabindex", "-1"); node.place = [line, column]; });
    this.grid.push(nodes);
    return row;
  }

  scheme(item) {
    const node = make("select", { "aria-label": `Rules of ${item.name}` });
    for (const { id, name } of Object.values(this.data.schemes)) node.append(make("option", { value: id }, name));
    node.value = item.scheme;
    node.addEventListener("change", () => {
      const version = item.version, wanted = node.value;
      this.sending.add(`scheme/${item.id}`, {
        value: wanted,
        told: `${item.name} goes by ${this.data.schemes[wanted].name}.`,
        message: () => ({ what: "scheme", kind: this.data.about, item: item.id, scheme: wanted, version: this.item(item.id)?.version ?? version }),
        after: (saved) => { if (!saved) node.value = item.scheme; },
      });
    });
    return node;
  }

  cell(item, person, rules) {
    const key = `${item.id}/${person.id}`, node = make(this.data.editable ? "select" : "span");
    this.cells.set(key, { node, item, person, rules });
    if (this.data.editable) {
      const both = joined(new Set(["A", rules.works]), rules);
      for (const letters of ["", rules.works, "A", both, "C", "I"]) node.append(make("option", { value: letters }, letters || "·"));
      node.addEventListener("change", () => this.give(key, node.value));
    }
    return node;
  }

  item(id) { return this.data.components.find((each) => each.id === id); }

  node(row, column) { return this.data.editable ? this.grid[row]?.[column] : undefined; }

  letters(key) { return this.sending.value(key) ?? this.data.letters[key] ?? ""; }

  give(key, letters, undoing = false) {
    const before = this.letters(key), { item, person, rules } = this.cells.get(key);
    if (before === letters) return;
    if (!undoing) this.past = [...this.past, { key, before }].slice(-MOST_UNDO);
    this.sending.add(key, {
      value: letters,
      told: `${item.name}, ${person.name}: ${spoken(letters, rules)}`,
      message: () => ({ what: "duty", kind: this.data.about, component: item.id, person: person.id, before: this.data.letters[key] ?? "", letters }),
    });
  }

  undo() {
    const last = this.past.pop();
    if (last && this.cells.has(last.key)) this.give(last.key, last.before, true);
  }

  fill() {
    if (!this.cells) return;
    for (const [key, { node, item, person, rules }] of this.cells) paint(node, this.letters(key), item, person, rules);
    for (const item of this.data.components) {
      const sign = this.table.querySelector(`tr[data-id="${item.id}"] .sign`);
      sign.className = `sign ${item.worst}`;
      sign.textContent = { error: "■", warning: "▲" }[item.worst] ?? "";
      if (item.told) { sign.title = item.told; sign.setAttribute("role", "img"); sign.setAttribute("aria-label", item.told); }
      else for (const name of ["title", "role", "aria-label"]) sign.removeAttribute(name);
    }
    const { people, loads, carries } = this.data, of = ({ id }) => loads[id] ?? {};
    const row = (words, cells) => [make("th", { scope: "row", class: "item" }, words), make("td", { class: "scheme" }), ...cells];
    this.answers.replaceChildren(...row(carries[0], people.map((person) => load(of(person).answers ?? 0, of(person).overload))));
    this.does.replaceChildren(...row(carries[1], people.map((person) => load(of(person).does ?? 0, false))));
  }

  // Says with a dotted edge that there are more people to the right.
  edge() {
    const { scrollLeft, clientWidth, scrollWidth } = this.scroll;
    this.scroll.parentElement.classList.toggle("more", scrollWidth - clientWidth - scrollLeft > 4);
  }

  arrive(target) {
    const { place } = target;
    for (const head of this.heads) head.classList.remove("here");
    this.findings.about(target.closest("tbody tr")?.dataset.id);
    if (!place) return;
    this.node(...this.at)?.setAttribute("tabindex", "-1");
    this.at = place;
    target.setAttribute("tabindex", "0");
    this.heads[place[1] - 1]?.classList.add("here");
  }

  key(event) {
    const { place } = event.target;
    if (!place || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "z" || event.shiftKey) return;
      this.undo();
    } else if (NEXT[event.key]) this.node(place[0] + NEXT[event.key][0], place[1] + NEXT[event.key][1])?.focus();
    else if (event.key === "Home") this.node(place[0], 0)?.focus();
    else if (event.key === "End") this.node(place[0], this.data.people.length)?.focus();
    else if (!this.type(event, place)) return;
    event.preventDefault();
  }

  // A letter, or none; returns whether the key was one of them.
  type(event, [row, column]) {
    const item = this.data.components[row], person = this.data.people[column - 1];
    if (event.key === "Enter") { event.target.showPicker?.(); return true; }
    if (!person) return false;
    const rules = this.data.schemes[item.scheme], key = `${item.id}/${person.id}`, letter = event.key.toUpperCase();
    if (["Delete", "Backspace"].includes(event.key)) this.give(key, "");
    else if (letter.length === 1 && rules.letters.includes(letter)) this.give(key, toggled(this.letters(key), letter, rules));
    else return false;
    return true;
  }
}

const joined = (held, rules) => [...rules.letters].filter((letter) => held.has(letter)).join("/");
const spoken = (letters, rules) => letters.split("/").filter(Boolean).map((letter) => rules.words[letter] ?? letter).join(" and ") || "no duty";
const tone = (letters, rules) => (letters.includes("A") ? "answers" : letters.includes(rules.works) ? "does" : "hears");

// Whoever does the work or answers for it need not be asked or told as well.
function toggled(letters, letter, rules) {
  const held = new Set(letters.split("/").filter(Boolean));
  if (held.delete(letter)) return joined(held, rules);
  if (!["A", rules.works].includes(letter)) return letter;
  return joined(new Set([...held].filter((each) => !"CI".includes(each)).concat(letter)), rules);
}

function paint(node, letters, item, person, rules) {
  const label = `${item.name}, ${person.name}: ${spoken(letters, rules)}`;
  if (node.ariaLabel === label && node.className) return;
  if (node.tagName === "SELECT") {
    if (![...node.options].some((each) => each.value === letters)) node.append(make("option", { value: letters }, letters));
    node.value = letters;
  } else {
    node.textContent = letters;
    if (letters) node.setAttribute("role", "img"); else node.removeAttribute("role");
  }
  node.className = letters ? `letters ${tone(letters, rules)}` : "letters";
  node.setAttribute("aria-label", label);
}

function load(count, overload) {
  const cell = make("td", { class: overload ? "over" : "" }, count ? String(count) : "–");
  if (overload) cell.append(make("span", { role: "img", "aria-label": "too many" }, " ▲"));
  return cell;
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!matrices.has(parentElement)) matrices.set(parentElement, new Matrix(parentElement));
  matrices.get(parentElement).update(data, (change) => setTriggerValue("set", change));
}
