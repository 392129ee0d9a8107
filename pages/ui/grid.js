// Power-interest grid. Marks move by pointer and arrow keys; a drop is sent to the program and counts once it is answered.
// All text reaches the page through textContent, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const LEFT = 26, TOP = 16, RIGHT = 12, BOTTOM = 30, FULL = 10, KEY_PAUSE = 400, ANSWER_WAIT = 10000;
const grids = new WeakMap();

const make = (name, attributes = {}, text = null) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
};
const tenth = (value) => Math.min(FULL, Math.max(0, Math.round(value * 10) / 10));

function shape(stance, radius, hollow) {
  const name = `${hollow ? "ring" : "mark"} ${stance}`;
  if (stance === "resistant") return make("rect", { class: name, x: -radius, y: -radius, width: 2 * radius, height: 2 * radius });
  if (stance === "leading") {
    const r = radius * 1.3;
    return make("path", { class: name, d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z` });
  }
  return make("circle", { class: name, r: radius });
}

class Grid {
  constructor(root) {
    this.svg = root.querySelector("svg");
    this.status = root.querySelector(".status");
    this.ground = this.svg.appendChild(make("g", { class: "ground" }));
    this.marks = this.svg.appendChild(make("g", { class: "marks" }));
    this.people = new Map();
    this.waiting = new Map();
    this.sent = null;
    this.counted = 0;
    this.resizing = new ResizeObserver(() => this.lay());
    this.resizing.observe(this.svg);
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    if (this.sent && data.answered === this.sent.number) this.answered(data);
    const ids = new Set(data.people.map((person) => person.id));
    for (const [id, person] of this.people) if (!ids.has(id)) { person.node.remove(); this.people.delete(id); }
    for (const row of data.people) this.take(row);
    this.svg.setAttribute("aria-label", data.alt);
    this.lay();
  }

  take(row) {
    let person = this.people.get(row.id);
    if (!person) {
      person = { node: this.marks.appendChild(make("g", { class: "person", "data-id": row.id })) };
      this.people.set(row.id, person);
      this.listen(row.id, person);
    }
    const theirs = row.version !== person.row?.version;
    person.row = row;
    const held = person.dragged || this.waiting.has(row.id) || this.sent?.id === row.id;
    if (theirs && !held) Object.assign(person, { power: row.power, interest: row.interest });
    if (theirs) this.draw(person);
    person.node.classList.toggle("movable", this.data.editable);
    if (this.data.editable) person.node.setAttribute("tabindex", "0"); else person.node.removeAttribute("tabindex");
  }

  answered(data) {
    const { id } = this.sent;
    const row = data.people.find((each) => each.id === id);
    const person = this.people.get(id);
    const saved = row && person && data.refused !== this.sent.number;
    clearTimeout(this.sent.timer);
    this.sent = null;
    if (!saved) this.revert(id, row, "Not saved.");
    else if (!this.waiting.has(id)) this.say(`✓ Saved. ${this.place(row.name, row)}`);
    this.next();
  }

  revert(id, row, sentence) {
    this.waiting.delete(id);
    const person = this.people.get(id);
    if (!person) return;
    person.row = row ?? person.row;
    Object.assign(person, { power: person.row.power, interest: person.row.interest });
    this.say(sentence);
    this.lay();
  }

  next() {
    if (this.sent || !this.waiting.size) return;
    const [[id, number]] = this.waiting;
    const person = this.people.get(id);
    this.waiting.delete(id);
    if (!person) return this.next();
    const version = this.data.people.find((row) => row.id === id)?.version ?? person.row.version;
    const timer = setTimeout(() => { this.sent = null; this.revert(id, null, "Not saved: no answer came."); this.next(); }, ANSWER_WAIT);
    this.sent = { id, number, version, timer };
    this.say(`Saving. ${this.place(person.row.name, person)}`);
    this.send({ id, number, version, power: person.power.toFixed(1), interest: person.interest.toFixed(1) });
  }

  dropped(id) {
    this.counted += 1;
    this.waiting.set(id, `${this.data.session}-${this.counted}`);
    this.lay();
    this.next();
  }

  listen(id, person) {
    const node = person.node;
    const movable = () => this.data.editable;
    node.addEventListener("pointerdown", (event) => {
      if (!movable() || event.button) return;
      event.preventDefault();
      node.focus();
      node.setPointerCapture(event.pointerId);
      person.dragged = { x: event.clientX, y: event.clientY, power: person.power, interest: person.interest, moved: false };
    });
    node.addEventListener("pointermove", (event) => {
      const from = person.dragged;
      if (!from) return;
      const right = event.clientX - from.x, down = event.clientY - from.y;
      if (!from.moved && Math.hypot(right, down) < 3) return;
      from.moved = true;
      node.classList.add("dragged");
      this.put(person, from.power - (down / this.high) * FULL, from.interest + (right / this.wide) * FULL);
    });
    const end = (event) => {
      const from = person.dragged;
      if (!from) return;
      person.dragged = null;
      node.classList.remove("dragged");
      if (event.type === "pointercancel") this.put(person, from.power, from.interest);
      else if (from.moved) this.dropped(id);
    };
    node.addEventListener("pointerup", end);
    node.addEventListener("pointercancel", end);
    node.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
      if (!step || !movable()) return;
      event.preventDefault();
      const size = event.shiftKey ? 1 : 0.1;
      this.put(person, person.power + step[0] * size, person.interest + step[1] * size);
      clearTimeout(person.pause);
      person.pause = setTimeout(() => this.dropped(id), KEY_PAUSE);
    });
    node.addEventListener("focus", () => this.label(person, true));
    node.addEventListener("blur", () => this.lay());
  }

  put(person, power, interest) {
    Object.assign(person, { power: tenth(power), interest: tenth(interest) });
    this.position(person);
    this.say(this.place(person.row.name, person));
  }

  place(name, at) { return `${name}: power ${at.power.toFixed(1)}, interest ${at.interest.toFixed(1)}`; }
  say(text) { this.status.textContent = text; }

  draw(person) {
    const { row, node } = person;
    node.replaceChildren(make("circle", { class: "hit", r: 16 }));
    if (row.wanted !== row.stance) node.append(shape(row.wanted, 13, true));
    node.append(shape(row.stance, row.stance === "leading" ? 7.5 : 8, false));
    person.text = node.appendChild(make("text", { class: row.gap ? "name gap" : "name" }));
    const wanted = row.wanted === row.stance ? "" : `, wanted ${row.wanted}`;
    node.setAttribute("role", this.data.editable ? "button" : "img");
    node.setAttribute("aria-roledescription", this.data.editable ? "movable mark" : "mark");
    person.told = `${row.role ? `${row.name}, ${row.role}` : row.name}, ${row.stance}${wanted}`;
  }

  position(person) {
    const x = LEFT + (person.interest / FULL) * this.wide, y = TOP + (1 - person.power / FULL) * this.high;
    Object.assign(person, { x, y });
    person.node.style.transform = `translate(${x}px, ${y}px)`;
    person.node.setAttribute("aria-label", `${person.told}: power ${person.power.toFixed(1)}, interest ${person.interest.toFixed(1)}`);
  }

  lay() {
    const width = this.svg.clientWidth;
    if (!width || !this.data) return;
    const height = Math.round(Math.min(540, Math.max(360, width * 0.66)));
    this.svg.style.height = `${height}px`;
    Object.assign(this, { width, wide: width - LEFT - RIGHT, high: height - TOP - BOTTOM });
    this.drawGround();
    const people = [...this.people.values()];
    for (const person of people) if (!person.dragged) this.position(person);
    this.taken = people.map((person) => [person.x - 11, person.y - 9, person.x + 11, person.y + 9, person]);
    for (const word of this.ground.querySelectorAll(".quadrant")) {
      const { x, y, width: wide, height: high } = word.getBBox();
      this.taken.push([x - 4, y, x + wide + 4, y + high]);
    }
    for (const person of people.sort((a, b) => b.row.gap - a.row.gap)) this.label(person, person.node.matches(":focus"));
  }

  drawGround() {
    const x = LEFT + (this.data.high / FULL) * this.wide, y = TOP + (1 - this.data.high / FULL) * this.high;
    const right = LEFT + this.wide, bottom = TOP + this.high, names = this.data.quadrants;
    const line = (x1, y1, x2, y2, name) => make("line", { x1, y1, x2, y2, class: name });
    const word = (text, at, top, anchor, name = "quadrant") => make("text", { x: at, y: top, "text-anchor": anchor, class: name }, text);
    const power = word("power →", 0, 0, "end", "axis");
    power.setAttribute("transform", `translate(16 ${TOP}) rotate(-90)`);
    this.ground.replaceChildren(
      make("rect", { class: "closely", x, y: TOP, width: right - x, height: y - TOP }),
      line(x, TOP, x, bottom, "middle"), line(LEFT, y, right, y, "middle"),
      line(LEFT, TOP, LEFT, bottom, "edge"), line(LEFT, bottom, right, bottom, "edge"),
      word(names.keep_satisfied, LEFT + 8, TOP + 19, "start"), word(names.manage_closely, right - 8, TOP + 19, "end"),
      word(names.monitor, LEFT + 8, bottom - 10, "start"), word(names.keep_informed, right - 8, bottom - 10, "end"),
      power, word("← little", LEFT, bottom + 22, "start", "axis"), word("interest →", right, bottom + 22, "end", "axis"),
    );
  }

  label(person, always) {
    const { text, row } = person;
    const write = (role) => {
      text.replaceChildren(make("tspan", { class: "who" }, row.name));
      if (role) text.append(make("tspan", { class: "role", dx: 4 }, row.role));
      return text.getComputedTextLength();
    };
    const off = row.wanted === row.stance ? 14 : row.wanted === "leading" ? 22 : 19;
    for (const role of row.role ? [true, false] : [false]) {
      const length = write(role);
      for (const [dx, dy, anchor] of [[off, 4, "start"], [-off, 4, "end"], [0, -off, "middle"], [0, off + 10, "middle"]]) {
        const left = person.x + dx - { start: 0, end: length, middle: length / 2 }[anchor];
        const box = [left, person.y + dy - 11, left + length, person.y + dy + 3];
        if (box[0] < LEFT || box[2] > this.width || box[1] < 0) continue;
        if (this.taken.some((other) => other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3]
          && other[4] !== person)) continue;
        for (const [key, value] of Object.entries({ x: dx, y: dy, "text-anchor": anchor })) text.setAttribute(key, value);
        this.taken.push(box);
        return;
      }
    }
    const left = person.x > this.width * 0.7;
    for (const [key, value] of Object.entries({ x: left ? -off : off, y: 4, "text-anchor": left ? "end" : "start" })) text.setAttribute(key, value);
    if (!row.gap && !always) text.replaceChildren();
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!grids.has(parentElement)) grids.set(parentElement, new Grid(parentElement));
  grids.get(parentElement).update(data, (move) => setTriggerValue("moved", move));
}
