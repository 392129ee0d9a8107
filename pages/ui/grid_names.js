// Where the names go: beside their marks where there is room; the role goes first, then names of people without a gap.
const LONGEST = 30, LINE = 15;
const pen = document.createElement("canvas").getContext("2d");
const lengths = new Map();

const short = (text) => { const letters = Array.from(text); return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : text; };

function lengthOf(text, font) {
  const key = `${font}|${text}`;
  if (!lengths.has(key)) { pen.font = font; lengths.set(key, pen.measureText(text).width); }
  return lengths.get(key);
}

class Names {
  constructor(style, width, height) {
    this.font = `${style.fontSize} ${style.fontFamily}`;
    Object.assign(this, { width, height, taken: [] });
  }

  take(box, owner = null) { this.taken.push([...box, owner]); }

  takeWay(fromX, fromY, toX, toY) {
    const steps = Math.max(1, Math.round(Math.hypot(toX - fromX, toY - fromY) / 8));
    for (let at = 0; at <= steps; at += 1) {
      const x = fromX + ((toX - fromX) * at) / steps, y = fromY + ((toY - fromY) * at) / steps;
      this.take([x - 3, y - 3, x + 3, y + 3]);
    }
  }

  collides(box, owner) {
    return this.taken.some(([left, top, right, bottom, other]) =>
      left < box[2] && box[0] < right && top < box[3] && box[1] < bottom && (owner === null || other !== owner));
  }

  box(person, { dx, dy, anchor }, length) {
    const left = person.x + dx - { start: 0, end: length, middle: length / 2 }[anchor];
    return [left - 2, person.y + dy - 11, left + length + 2, person.y + dy + 4];
  }

  inside(box) { return box[0] >= LEFT && box[2] <= this.width && box[1] >= 0 && box[3] <= this.height - BOTTOM; }

  near({ off, x }) {
    const slant = off * 0.75, sides = [[off, 4, "start"], [-off, 4, "end"]];
    if (x > this.width * 0.75) sides.reverse();
    return [...sides, [0, -off + 1, "middle"], [0, off + 10, "middle"], [slant, -slant + 1, "start"], [-slant, -slant + 1, "end"],
      [slant, slant + 8, "start"], [-slant, slant + 8, "end"]].map(([dx, dy, anchor]) => ({ dx, dy, anchor }));
  }

  // Further off, with a thin line back to the mark.
  far({ off }) {
    const found = [];
    for (const reach of [off + 16, off + 32, off + 50]) {
      for (const turn of [-60, 60, -120, 120, -30, 30, -150, 150, -90, 90]) {
        const cos = Math.cos((turn * Math.PI) / 180), sin = Math.sin((turn * Math.PI) / 180);
        found.push({ dx: cos * reach, dy: sin * reach + 4, anchor: cos > 0.3 ? "start" : cos < -0.3 ? "end" : "middle", line: true });
      }
    }
    return found;
  }

  // people: the most urgent first. Returns how many names found no room.
  place(people) {
    let hidden = 0;
    for (const person of people) {
      person.shownName = short(person.row.name);
      const weight = person.row.gap ? "600" : "400";
      person.nameLength = lengthOf(person.shownName, `${weight} ${this.font}`);
      person.label = null;
      const spots = person.row.gap ? [...this.near(person), ...this.far(person)] : this.near(person);
      for (const spot of spots) {
        const box = this.box(person, spot, person.nameLength);
        if (!this.inside(box) || this.collides(box, spot.line ? null : person)) continue;
        person.label = { ...spot, box, role: "" };
        this.take(box, person.label);
        break;
      }
      if (!person.label) hidden += 1;
    }
    for (const person of people) this.addRole(person);
    return hidden;
  }

  addRole(person) {
    if (!person.label || !person.row.role || person.label.line) return;
    const role = short(person.row.role);
    const box = this.box(person, person.label, person.nameLength + 4 + lengthOf(role, `400 ${this.font}`));
    const free = !this.taken.some(([left, top, right, bottom, owner]) =>
      owner !== person && owner !== person.label && left < box[2] && box[0] < right && top < box[3] && box[1] < bottom);
    if (!free || !this.inside(box)) return;
    person.label.role = role;
    this.take(box, person.label);
  }
}

// A name may hold marks that turn what follows right to left; between these two it turns only itself.
const alone = (text) => `\u2068${text}\u2069`;

function write(text, person) {
  const { label, row } = person;
  text.replaceChildren();
  if (!label) return;
  if (person.shownName !== row.name) text.append(make("title", {}, row.name));
  text.append(make("tspan", { class: "who" }, alone(person.shownName)));
  if (label.role) text.append(make("tspan", { class: "role", dx: 4 }, alone(label.role)));
  text.setAttribute("class", row.gap ? "name gap" : "name");
  for (const [key, value] of [["x", label.dx], ["y", label.dy], ["text-anchor", label.anchor]]) text.setAttribute(key, value);
}
