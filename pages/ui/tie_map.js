// Ties drawn by hand: a drag from one mark to another makes a tie of the chosen weight; or Enter on the one, Enter on the other.
const maps = new WeakMap();
const REACH = 18;

class TieMap {
  constructor(root) {
    this.svg = root.querySelector("svg");
    this.status = root.querySelector(".status");
    this.bar = root.querySelector(".weights");
    for (const name of ["lines", "marks"]) this[name] = this.svg.appendChild(make("g", { class: name }));
    this.sending = new Sending(this.status, () => this.drawLines());
    this.buttons = weightButtons(this.bar, (weight) => this.choose(weight));
    this.people = [];
    this.choose("3");
    new ResizeObserver(() => this.lay()).observe(this.svg);
  }

  choose(weight) {
    this.chosen = weight;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.weight === weight));
  }

  update(data, send) {
    this.data = data;
    this.sending.update(data, send);
    this.bar.hidden = !data.editable;
    this.svg.setAttribute("aria-label", data.alt);
    const outline = JSON.stringify([data.people, data.editable]);
    if (outline !== this.drawn) this.draw();
    if (!this.drawn && data.editable) this.status.textContent = "Drag from one mark to another, or press Enter on each. None takes a tie away.";
    this.drawn = outline;
    this.drawLines();
    this.sending.next();
  }

  draw() {
    this.people = this.data.people.map((row) => {
      const node = make("g", { class: "person", tabindex: "0", role: this.data.editable ? "button" : "img", "data-id": row.id, "aria-label": row.told });
      node.append(make("circle", { class: "hit", r: 16 }), shape(row.stance, 7, false));
      const person = { row, node, off: 13, text: node.appendChild(make("text", { class: "name" })) };
      if (this.data.editable) this.listen(person);
      return person;
    });
    this.marks.replaceChildren(...this.people.map(({ node }) => node));
    this.lay();
  }

  listen(person) {
    const { node } = person;
    const at = (event) => { const box = this.svg.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    node.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      node.focus();
      node.setPointerCapture(event.pointerId);
      this.begin(person);
      this.pulled = true;
    });
    node.addEventListener("pointermove", (event) => {
      if (!this.pulled) return;
      const [x, y] = at(event), over = this.under(x, y);
      this.thread.setAttribute("x2", over?.x ?? x);
      this.thread.setAttribute("y2", over?.y ?? y);
      for (const each of this.people) each.node.classList.toggle("aimed", each === over);
    });
    node.addEventListener("pointerup", (event) => {
      if (!this.pulled) return;
      this.pulled = false;
      const over = this.under(...at(event));
      if (over) this.end(over); else if (Math.hypot(at(event)[0] - person.x, at(event)[1] - person.y) > REACH) this.cancel();
    });
    node.addEventListener("pointercancel", () => this.cancel());
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { if (this.from && this.from !== person) this.end(person); else this.begin(person); }
      else if (event.key === "Escape") this.cancel();
      else if (/^[0-5]$/.test(event.key)) this.choose(event.key === "0" ? "" : event.key);
      else return;
      event.preventDefault();
    });
  }

  under(x, y) {
    const near = this.people.filter((each) => each !== this.from && Math.hypot(each.x - x, each.y - y) < REACH);
    return near.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
  }

  begin(person) {
    if (this.from && this.from !== person && !this.pulled) return this.end(person);
    this.cancel();
    this.from = person;
    person.node.classList.add("from");
    this.thread = this.svg.appendChild(make("line", { class: "thread", x1: person.x, y1: person.y, x2: person.x, y2: person.y }));
    this.status.textContent = `From ${called(person.row)}: go to whom, weight ${this.chosen || "none"}.`;
  }

  cancel() {
    this.thread?.remove();
    for (const { node } of this.people) node.classList.remove("from", "aimed");
    Object.assign(this, { from: null, thread: null, pulled: false });
  }

  end(person) {
    const { from } = this;
    this.cancel();
    this.sending.set(from.row, person.row, this.chosen);
  }

  lay() {
    const width = this.svg.clientWidth;
    if (!width || !this.data) return;
    const height = Math.round(between(width * 0.62, 380, 560));
    this.svg.style.height = `${height}px`;
    const place = { wide: width - 2 * LEFT, high: height - 2 * TOP - 12 };
    for (const person of this.people) {
      person.trueX = LEFT + (person.row.interest / FULL) * place.wide;
      person.trueY = TOP + (1 - person.row.power / FULL) * place.high;
    }
    fan(this.people, place, 30);
    const names = new Names(getComputedStyle(this.svg), width, height);
    for (const person of this.people) {
      Object.assign(person, { x: person.trueX + person.shift[0], y: person.trueY + person.shift[1] });
      person.node.setAttribute("transform", `translate(${person.x} ${person.y})`);
      names.take([person.x - 9, person.y - 9, person.x + 9, person.y + 9], person);
    }
    names.place([...this.people].sort((a, b) => b.row.power - a.row.power));
    for (const person of this.people) write(person.text, person);
    this.drawLines();
  }

  drawLines() {
    if (!this.data) return;
    const known = new Map(this.people.map((person) => [person.row.id, person])), drawn = [];
    const keys = new Set([...Object.keys(this.data.ties), ...this.sending.waiting.keys(), ...(this.sending.sent ? [this.sending.sent.key] : [])]);
    for (const key of keys) {
      const [from, to] = key.split("/").map((id) => known.get(id)), weight = this.sending.weight(key);
      if (!from || !to || !weight) continue;
      const parts = arrow(from.x, from.y, to.x, to.y, 8);
      parts[0]?.setAttribute("style", `stroke-width:${0.5 + Number(weight) * 0.5}px`);
      drawn.push(...parts);
    }
    this.lines.replaceChildren(...drawn);
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!maps.has(parentElement)) maps.set(parentElement, new TieMap(parentElement));
  maps.get(parentElement).update(data, (change) => setTriggerValue("set", change));
}
