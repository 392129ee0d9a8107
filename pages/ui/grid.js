// Power-interest grid: what is drawn and when. Marks move by pointer and keys (Hands); a drop is sent and answered (Drops).
const IDLE = "Drag a mark, or use its arrow keys. Shift, or a box on empty ground, chooses several.";
const CROWD = 80, WHOLE = 80;
const grids = new WeakMap();

class Grid {
  constructor(root) {
    this.root = root;
    this.svg = root.querySelector("svg");
    this.status = root.querySelector(".status");
    this.ground = this.svg.appendChild(make("g", { class: "ground" }));
    this.ways = this.svg.appendChild(make("g", { class: "ways" }));
    this.marks = this.svg.appendChild(make("g", { class: "marks" }));
    this.over = this.svg.appendChild(make("g", { class: "over" }));
    this.people = new Map();
    this.drops = new Drops(this);
    this.hands = new Hands(this, root);
    this.time = new Timeline(root, (told) => { this.refresh(); this.say(told); });
    this.resizing = new ResizeObserver(() => this.lay());
    this.resizing.observe(this.svg);
    document.fonts?.ready.then(() => { lengths.clear(); this.lay(); });
  }

  get editable() { return this.data.editable && !this.time.past; }

  update(data, send) {
    const first = !this.data;
    this.data = data;
    this.send = send;
    this.drops.begin(`groundwork.grid.${data.key}`);
    this.time.take(data.history);
    this.drops.answered(data);
    this.refresh();
    this.drops.next();
    if (first && data.editable) this.say(IDLE);
  }

  refresh() {
    const rows = this.time.rows(this.data.people);
    const ids = new Set(rows.map((row) => row.id));
    for (const [id, person] of this.people) if (!ids.has(id)) { person.node.remove(); this.people.delete(id); }
    for (const row of rows) this.take(row);
    this.svg.setAttribute("aria-label", this.data.alt);
    this.svg.classList.toggle("past", this.time.past);
    this.tools();
    this.lay();
  }

  take(row) {
    let person = this.people.get(row.id);
    if (!person) {
      const node = this.marks.appendChild(make("g", { class: "person", "data-id": row.id, tabindex: "0", "aria-pressed": "false" }));
      person = { node, shift: [0, 0] };
      this.people.set(row.id, person);
      this.hands.listen(row.id, node);
      for (const [event, shown] of [["pointerenter", true], ["focus", true], ["pointerleave", false], ["blur", false]])
        node.addEventListener(event, () => this.point(shown ? person : null));
    }
    const theirs = row.version !== person.row?.version || row.role !== person.row?.role;
    const wide = String(row.to) !== String(person.row?.to);
    person.row = row;
    if (theirs && !this.drops.holds(row.id) && !this.hands.holds(row.id)) Object.assign(person, { power: row.power, interest: row.interest });
    if (theirs || wide || person.movable !== this.editable) this.draw(person);
  }

  strays(person) { return person.power !== person.row.power || person.interest !== person.row.interest; }

  putBack(ids) {
    for (const id of ids) {
      const person = this.people.get(id), row = this.data.people.find((each) => each.id === id) ?? person?.row;
      if (person) Object.assign(person, { row, power: row.power, interest: row.interest });
    }
    this.lay();
  }

  put(id, power, interest) {
    const person = this.people.get(id);
    if (!person) return;
    Object.assign(person, { power, interest });
    this.position(person);
    this.drawWays();
  }

  // A mark that was fanned out is taken from where it is seen.
  settle(person) {
    person.interest = tenth(((person.x - LEFT) / this.wide) * FULL);
    person.power = tenth((1 - (person.y - TOP) / this.high) * FULL);
    person.shift = [0, 0];
  }

  told(ids) {
    const [id] = ids, person = this.people.get(id);
    if (ids.length === 1 && person) return `${alone(short(person.row.name))}: power ${person.power.toFixed(1)}, interest ${person.interest.toFixed(1)}`;
    return `${ids.length} people moved together`;
  }

  say(text) { this.status.textContent = text; }

  tools() {
    const { root, drops, hands } = this;
    root.querySelector(".tools").hidden = !this.data || !this.editable;
    const undo = root.querySelector(".undo"), several = root.querySelector(".several");
    undo.setAttribute("aria-disabled", String(!this.data || !this.editable || !drops.last));
    several.setAttribute("aria-pressed", String(hands.many));
    several.textContent = hands.chosen.size ? `${hands.chosen.size} chosen` : "Choose several";
  }

  get radius() { return this.data.people.length > CROWD ? 6 : 8; }

  draw(person) {
    const { row, node } = person, radius = this.radius, ring = row.wanted !== row.stance && !row.to;
    person.movable = this.editable;
    node.replaceChildren(make("circle", { class: "hit", r: 16 }));
    if (ring) node.append(shape(row.wanted, radius + 5, true));
    node.append(shape(row.stance, row.stance === "leading" ? radius - 0.5 : radius, false));
    person.text = node.appendChild(make("text", { class: "name" }));
    person.off = ring ? radius + (row.wanted === "leading" ? 14 : 11) : radius + 6;
    node.classList.toggle("movable", this.editable);
    node.setAttribute("role", this.editable ? "button" : "img");
    node.setAttribute("aria-roledescription", this.editable ? "movable mark" : "mark");
    const wanted = row.wanted === row.stance ? "" : `, wanted ${row.wanted}`;
    person.told = `${row.called}, ${row.stance}${wanted}`;
    person.wants = row.to ? `, wanted at power ${row.to[0].toFixed(1)} and interest ${row.to[1].toFixed(1)}` : "";
  }

  at(power, interest) { return [LEFT + (interest / FULL) * this.wide, TOP + (1 - power / FULL) * this.high]; }

  position(person) {
    [person.trueX, person.trueY] = this.at(person.power, person.interest);
    const x = person.trueX + person.shift[0], y = person.trueY + person.shift[1];
    Object.assign(person, { x, y });
    person.node.style.transform = `translate(${x}px, ${y}px)`;
    const place = `power ${person.power.toFixed(1)}, interest ${person.interest.toFixed(1)}`;
    person.node.setAttribute("aria-label", `${person.told}: ${place}${person.wants}`);
  }

  lay() {
    const width = this.svg.clientWidth;
    if (!width || !this.data) return;
    const many = this.data.people.length > CROWD, room = many ? [480, 720, 0.85] : [width < 480 ? 420 : 360, 560, 0.7];
    const height = Math.round(between(width * room[2], room[0], room[1]));
    this.svg.style.height = `${height}px`;
    if (width !== this.width) this.still();
    Object.assign(this, { width, wide: width - LEFT - RIGHT, high: height - TOP - BOTTOM });
    this.ground.replaceChildren(...ground(this, this.data.quadrants, this.data.high));
    const people = [...this.people.values()], coarse = matchMedia("(pointer: coarse)").matches;
    for (const person of people) if (!person.moving) [person.trueX, person.trueY] = this.at(person.power, person.interest);
    fan(people.filter((person) => !person.moving), this, coarse ? 40 : 2 * this.radius + 8);
    for (const person of people) this.position(person);
    this.drawWays();
    this.nameAll(people, width, height);
    this.point(people.find(({ node }) => node.matches(":focus")) ?? null);
  }

  // A new size puts marks where they belong at once; only moves and playback glide.
  still() {
    this.svg.classList.add("still");
    requestAnimationFrame(() => requestAnimationFrame(() => this.svg.classList.remove("still")));
  }

  nameAll(people, width, height) {
    const names = new Names(getComputedStyle(this.svg), width, height), radius = this.radius;
    for (const person of people) {
      const reach = person.off - 4;
      names.take([person.x - reach, person.y - reach, person.x + reach, person.y + reach], person);
      if (!person.row.to) continue;
      const [x, y] = this.at(...person.row.to);
      names.take([x - radius - 3, y - radius - 3, x + radius + 3, y + radius + 3]);
      names.takeWay(person.x, person.y, x, y);
    }
    for (const word of this.ground.querySelectorAll(".quadrant")) {
      const { x, y, width: wide, height: high } = clear(word, people);
      names.take([x - 4, y, x + wide + 4, y + high]);
    }
    const urgent = (a, b) => b.row.gap - a.row.gap || b.power - a.power || (a.row.name < b.row.name ? -1 : 1);
    const hidden = names.place(people.sort(urgent));
    for (const person of people) write(person.text, person);
    this.root.querySelector(".hidden").textContent = hidden
      ? `${hidden} of ${people.length} names have no room here; point at a mark, or tab to it, to read its name.` : "";
    this.drawWays();
  }

  // Arrows to wanted places, lines from fanned-out marks to their true place, and from far names to their mark.
  drawWays() {
    const drawn = [], radius = this.radius;
    for (const { row, x, y, trueX, trueY, shift, label, moving } of this.people.values()) {
      if (row.to) {
        const [toX, toY] = this.at(...row.to), ring = shape(row.wanted, radius, true);
        ring.setAttribute("transform", `translate(${toX} ${toY})`);
        drawn.push(...arrow(x, y, toX, toY, radius), ring);
      }
      if (Math.hypot(...shift) > radius) drawn.push(make("line", { class: "lead", x1: x, y1: y, x2: trueX, y2: trueY }), make("circle", { class: "true", cx: trueX, cy: trueY, r: 2 }));
      if (label?.line && !moving) drawn.push(make("line", { class: "lead", x1: x, y1: y, x2: x + label.dx * 0.92, y2: y + (label.dy - 4) * 0.92 }));
    }
    this.ways.replaceChildren(...drawn);
  }

  // The whole name of the mark that is pointed at or focused, over everything else.
  point(person) {
    this.over.replaceChildren();
    if (!person || person.moving || (person.label?.role && person.shownName === person.row.name)) return;
    const letters = Array.from(person.row.name), whole = letters.length > WHOLE ? `${letters.slice(0, WHOLE - 1).join("")}…` : person.row.name;
    const text = make("text", { x: 0, y: -person.off - 2, "text-anchor": "middle", class: "name whole" });
    text.append(make("tspan", { class: "who" }, alone(whole)), make("tspan", { class: "role", dx: 4 }, alone(person.row.role)));
    this.over.append(text);
    const half = text.getComputedTextLength() / 2 + 6, x = between(person.x, half, this.width - half), y = Math.max(person.y, 24 + person.off);
    this.over.prepend(make("rect", { class: "slip", x: -half, y: -person.off - 16, width: 2 * half, height: 20, rx: 3 }));
    this.over.setAttribute("transform", `translate(${x} ${y})`);
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!grids.has(parentElement)) grids.set(parentElement, new Grid(parentElement));
  grids.get(parentElement).update(data, (move) => setTriggerValue("moved", move));
}
