// Pointer and keys: drag, choose several (Shift, Ctrl, a box on empty ground, Space), arrow keys, Enter, Escape, undo.
const STILL = 3, ONE_PAUSE = 400, SEVERAL_PAUSE = 1500;
const STEPS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

class Hands {
  constructor(grid, root) {
    Object.assign(this, { grid, chosen: new Set(), press: null, keys: null, many: false });
    this.listenGround();
    root.querySelector(".undo").addEventListener("click", () => { this.drop(); grid.drops.undo(); });
    root.querySelector(".several").addEventListener("click", () => { this.many = !this.many; grid.tools(); });
    root.querySelector(".figure").addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      this.drop();
      grid.drops.undo();
    });
  }

  get moving() { return this.press?.group ?? this.keys?.group ?? null; }
  holds(id) { return Boolean(this.moving?.has(id)); }

  choose(ids) {
    this.chosen = new Set(ids);
    for (const [id, { node }] of this.grid.people) {
      node.classList.toggle("chosen", this.chosen.has(id));
      node.setAttribute("aria-pressed", String(this.chosen.has(id)));
    }
    this.grid.tools();
  }

  toggle(id) {
    const next = new Set(this.chosen);
    if (!next.delete(id)) next.add(id);
    this.choose(next);
    this.grid.say(next.size ? `${next.size} chosen. Drag one of them or use the arrow keys; Enter drops.` : "Nobody is chosen.");
  }

  // Remember where everybody who moves together started; a single mark that was fanned out starts where it is seen.
  gather(id, seen) {
    const ids = this.chosen.has(id) ? [...this.chosen] : [id];
    if (!this.chosen.has(id) && this.chosen.size) this.choose([]);
    const group = new Map();
    for (const each of ids) {
      const person = this.grid.people.get(each);
      if (!person) continue;
      if (seen && ids.length === 1) this.grid.settle(person);
      person.moving = true;
      group.set(each, { power: person.power, interest: person.interest });
    }
    return group;
  }

  shift(group, up, right) {
    const places = [...group.values()];
    const room = (name, by) => between(by, -Math.min(...places.map((each) => each[name])), FULL - Math.max(...places.map((each) => each[name])));
    const power = room("power", up), interest = room("interest", right);
    for (const [id, from] of group) this.grid.put(id, tenth(from.power + power), tenth(from.interest + interest));
    this.grid.say(this.grid.told([...group.keys()]));
  }

  release(group) { for (const id of group.keys()) { const person = this.grid.people.get(id); if (person) person.moving = false; } }

  drop() {
    if (!this.keys) return;
    const { group, pause } = this.keys;
    clearTimeout(pause);
    this.keys = null;
    this.release(group);
    this.grid.drops.add([...group.keys()]);
  }

  back(group) {
    for (const [id, from] of group) this.grid.put(id, from.power, from.interest);
    this.release(group);
    this.grid.lay();
  }

  listen(id, node) {
    const { grid } = this;
    node.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      node.focus();
      if (!grid.editable) return;
      this.drop();
      node.setPointerCapture(event.pointerId);
      this.press = { id, x: event.clientX, y: event.clientY, several: this.many || event.shiftKey || event.ctrlKey || event.metaKey, group: null };
    });
    node.addEventListener("pointermove", (event) => {
      const { press } = this;
      if (!press || press.id !== id) return;
      const right = event.clientX - press.x, down = event.clientY - press.y;
      if (!press.group) {
        if (Math.hypot(right, down) < STILL) return;
        if (press.several && !this.chosen.has(id)) this.choose([...this.chosen, id]);
        press.group = this.gather(id, true);
        for (const each of press.group.keys()) grid.people.get(each).node.classList.add("dragged");
      }
      this.shift(press.group, -(down / grid.high) * FULL, (right / grid.wide) * FULL);
    });
    const end = (event) => {
      const { press } = this;
      if (!press || press.id !== id) return;
      this.press = null;
      if (!press.group) return press.several ? this.toggle(id) : this.chosen.size ? this.choose([]) : undefined;
      for (const each of press.group.keys()) grid.people.get(each)?.node.classList.remove("dragged");
      if (event.type === "pointercancel") return this.back(press.group);
      this.release(press.group);
      grid.drops.add([...press.group.keys()]);
    };
    node.addEventListener("pointerup", end);
    node.addEventListener("pointercancel", end);
    node.addEventListener("keydown", (event) => this.key(id, event));
    node.addEventListener("blur", () => this.drop());
  }

  key(id, event) {
    const step = STEPS[event.key];
    if (!this.grid.editable || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") this.toggle(id);
    else if (event.key === "Enter") this.drop();
    else if (event.key === "Escape" && this.keys) {
      clearTimeout(this.keys.pause);
      this.back(this.keys.group);
      this.keys = null;
      this.grid.say("Not moved.");
    } else if (event.key === "Escape") this.choose([]);
    else if (step) {
      if (this.keys && !this.keys.group.has(id)) this.drop();
      this.keys ??= { group: this.gather(id, false), up: 0, right: 0 };
      const size = event.shiftKey ? 1 : 0.1, { keys } = this;
      keys.up += step[0] * size;
      keys.right += step[1] * size;
      this.shift(keys.group, keys.up, keys.right);
      clearTimeout(keys.pause);
      keys.pause = setTimeout(() => this.drop(), keys.group.size > 1 ? SEVERAL_PAUSE : ONE_PAUSE);
    } else return;
    event.preventDefault();
  }

  // A box drawn on empty ground chooses whoever is in it. A finger scrolls the page there instead.
  listenGround() {
    const { svg } = this.grid;
    let from = null, band = null;
    const at = (event) => { const box = svg.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    svg.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch" || event.target.closest(".person") || !this.grid.editable) return;
      this.drop();
      from = { place: at(event), kept: event.shiftKey || event.ctrlKey || event.metaKey ? [...this.chosen] : [] };
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = at(event), [left, top] = from.place;
      if (!band && Math.hypot(x - left, y - top) < STILL) return;
      band ??= svg.appendChild(make("rect", { class: "band" }));
      const box = { x: Math.min(x, left), y: Math.min(y, top), width: Math.abs(x - left), height: Math.abs(y - top) };
      for (const [name, value] of Object.entries(box)) band.setAttribute(name, value);
      const inside = (person) => person.x >= box.x && person.x <= box.x + box.width && person.y >= box.y && person.y <= box.y + box.height;
      this.choose([...from.kept, ...[...this.grid.people].filter(([, person]) => inside(person)).map(([id]) => id)]);
    });
    const end = () => {
      if (!from) return;
      if (!band) this.choose([]);
      else if (this.chosen.size) this.grid.say(`${this.chosen.size} chosen. Drag one of them or use the arrow keys; Enter drops.`);
      band?.remove();
      from = band = null;
    };
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
  }
}
