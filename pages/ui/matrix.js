// The RACI matrix: components by people, one native select per cell. A change counts once the program has answered it.
// All text reaches the page through textContent, never as markup.
const CHOICES = ["", "R", "A", "A/R", "C", "I"], SPOKEN = { R: "responsible", A: "accountable", C: "consulted", I: "informed" };
const ANSWER_WAIT = 10000;
const matrices = new WeakMap();

const make = (name, attributes = {}, ...content) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...content);
  return node;
};
const spoken = (letters) => letters.split("/").filter(Boolean).map((letter) => SPOKEN[letter]).join(" and ") || "no duty";
const tone = (letters) => (letters.includes("A") ? "answers" : letters.includes("R") ? "does" : "hears");

class Matrix {
  constructor(root) {
    this.table = root.querySelector("table");
    this.status = root.querySelector(".status");
    this.waiting = new Map();
    this.sent = null;
    this.counted = 0;
    this.drawn = "";
  }

  update(data, send) {
    Object.assign(this, { data, send });
    const outline = JSON.stringify([data.components.map((row) => row.id), data.people.map((row) => row.id), data.editable]);
    if (outline !== this.drawn) this.draw();
    this.drawn = outline;
    if (this.sent && data.answered === this.sent.number) {
      clearTimeout(this.sent.timer);
      this.status.textContent = data.refused === this.sent.number ? "Not saved." : `✓ Saved. ${this.sent.told}`;
      this.sent = null;
    }
    this.fill();
    this.next();
  }

  draw() {
    const { components, people, editable } = this.data;
    this.cells = new Map();
    const head = make("tr", {}, make("th", { scope: "col" }, "Component"));
    for (const person of people) head.append(make("th", { scope: "col" }, make("span", { class: "who" }, person.name)));
    const body = components.map((component) => {
      const name = make("th", { scope: "row" }, make("span", { class: "sign" }), make("span", {}, component.name));
      const row = make("tr", { "data-id": component.id }, name);
      for (const person of people) row.append(make("td", {}, this.cell(component, person, editable)));
      return row;
    });
    this.load = make("tr", { class: "load" });
    this.table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...body), make("tfoot", {}, this.load));
  }

  cell(component, person, editable) {
    const node = editable ? make("select") : make("span", { class: "letters" });
    this.cells.set(`${component.id}/${person.id}`, { node, component, person });
    if (!editable) return node;
    for (const letters of CHOICES) node.append(make("option", { value: letters }, letters || "·"));
    node.addEventListener("change", () => {
      this.waiting.set(`${component.id}/${person.id}`, node.value);
      this.paint(node, node.value, component, person);
      this.next();
    });
    return node;
  }

  paint(node, letters, component, person) {
    if (node.tagName === "SELECT") {
      if (![...node.options].some((each) => each.value === letters)) node.append(make("option", { value: letters }, letters));
      node.value = letters;
    } else node.textContent = letters;
    node.className = letters ? `letters ${tone(letters)}` : "letters";
    node.setAttribute("aria-label", `${component.name}, ${person.name}: ${spoken(letters)}`);
  }

  fill() {
    const { components, people, letters } = this.data;
    for (const [key, { node, component, person }] of this.cells) {
      if (!this.waiting.has(key) && this.sent?.key !== key) this.paint(node, letters[key] ?? "", component, person);
    }
    for (const component of components) {
      const sign = this.table.querySelector(`tr[data-id="${component.id}"] .sign`);
      sign.textContent = { error: "■", warning: "▲" }[component.worst] ?? "";
      sign.className = `sign ${component.worst}`;
      sign.title = component.told;
    }
    this.load.replaceChildren(make("th", { scope: "row" }, "Duties"), ...people.map((person) => make("td", {}, person.load)));
  }

  next() {
    if (this.sent || !this.waiting.size) return;
    const [[key, letters]] = this.waiting;
    const cell = this.cells.get(key);
    this.waiting.delete(key);
    if (!cell) return this.next();
    const { component, person } = cell;
    this.counted += 1;
    const number = `${this.data.session}-${this.counted}`;
    const timer = setTimeout(() => { this.sent = null; this.status.textContent = "Not saved: no answer came."; this.fill(); this.next(); }, ANSWER_WAIT);
    this.sent = { key, number, timer, told: `${component.name}, ${person.name}: ${spoken(letters)}` };
    this.status.textContent = `Saving. ${this.sent.told}`;
    this.send({ component: component.id, person: person.id, before: this.data.letters[key] ?? "", letters, number });
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!matrices.has(parentElement)) matrices.set(parentElement, new Matrix(parentElement));
  matrices.get(parentElement).update(data, (change) => setTriggerValue("set", change));
}
