// The ownership ladder: for each component the stage it is on (solid) and the one it should reach (hollow), chosen in place.
const ladders = new WeakMap();

class Ladder {
  constructor(root) {
    this.table = root.querySelector("table");
    this.sending = new Sending(root.querySelector(".status"), () => this.fill());
    this.drawn = "";
  }

  update(data, send) {
    this.data = data;
    this.sending.update(data, send);
    const outline = JSON.stringify([data.rows.map(({ id, name, owner, share }) => [id, name, owner, share]), data.editable]);
    if (outline !== this.drawn) this.draw();
    this.drawn = outline;
    this.fill();
    this.sending.next();
  }

  draw() {
    const { rows, stages, share } = this.data;
    const names = make("div", { class: "names" }, ...stages.map(({ name }) => make("span", {}, name)));
    const heads = ["Component", ...(share ? ["Of the plan, %"] : []), "Now", "Wanted"].map((words) => make("th", { scope: "col" }, words));
    if (share) heads[1].className = "share";
    this.rows = new Map();
    const body = rows.map((row) => {
      const name = make("th", { scope: "row" }, make("span", { class: "name" }, row.name), make("span", { class: "owner" }, row.owner));
      const now = this.choice(row, "stage", "now"), wanted = this.choice(row, "wanted", "wanted");
      const track = make("div", { class: "track", role: "img" }, make("i", { class: "way" }), make("i", { class: "now" }), make("i", { class: "to" }));
      const cells = [...(share ? [make("td", { class: "share" }, row.share)] : []), make("td", {}, now), make("td", {}, wanted), make("td", { class: "stages" }, track)];
      this.rows.set(row.id, { now, wanted, track });
      return make("tr", { "data-id": row.id }, name, ...cells);
    });
    this.table.setAttribute("aria-label", "The ownership ladder");
    this.table.replaceChildren(make("thead", {}, make("tr", {}, ...heads, make("th", { scope: "col", class: "stages" }, names))), make("tbody", {}, ...body));
  }

  choice(row, field, words) {
    if (!this.data.editable) return make("span");
    const node = make("select", { "aria-label": `${row.name}, ${words}` });
    for (const { id, name } of [{ id: "", name: "Not said" }, ...this.data.stages]) node.append(make("option", { value: id }, name));
    node.addEventListener("change", () => this.set(row.id, field, node.value));
    return node;
  }

  row(id) { return this.data.rows.find((each) => each.id === id); }

  held(row, field) { return this.sending.value(`${row.id}/${field}`) ?? row[field] ?? ""; }

  set(id, field, value) {
    const { name } = this.row(id), words = this.called(value);
    this.sending.add(`${id}/${field}`, {
      value,
      told: `${name}, ${field === "stage" ? "now" : "wanted"}: ${words}`,
      message: () => { const row = this.row(id); return { component: id, version: row.version, stage: row.stage ?? "", wanted: row.wanted ?? "", [field]: value }; },
    });
  }

  called(stage) { return this.data.stages.find(({ id }) => id === stage)?.name ?? "Not said"; }

  fill() {
    if (!this.rows) return;
    for (const row of this.data.rows) {
      const { now, wanted, track } = this.rows.get(row.id), stage = this.held(row, "stage"), aim = this.held(row, "wanted");
      for (const [node, value] of [[now, stage], [wanted, aim]]) {
        if (node.tagName === "SELECT") node.value = value; else node.textContent = this.called(value);
        node.className = value ? "" : "open";
      }
      const [way, solid, hollow] = track.children, from = this.place(stage), to = this.place(aim);
      solid.hidden = from === null; hollow.hidden = to === null; way.hidden = from === null || to === null || from === to;
      solid.style.left = `${from ?? 0}%`; hollow.style.left = `${to ?? 0}%`;
      way.style.left = `${Math.min(from ?? 0, to ?? 0)}%`; way.style.width = `${Math.abs((from ?? 0) - (to ?? 0))}%`;
      track.className = from === null ? "track open" : "track";
      hollow.className = from !== null && from === to ? "to ring" : "to";
      track.setAttribute("aria-label", `Now: ${this.called(stage)}. Wanted: ${this.called(aim)}.`);
    }
  }

  place(stage) {
    const at = this.data.stages.findIndex(({ id }) => id === stage), { length } = this.data.stages;
    return at < 0 ? null : (100 * (at + 0.5)) / length;
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  if (!ladders.has(parentElement)) ladders.set(parentElement, new Ladder(parentElement));
  ladders.get(parentElement).update(data, (change) => setTriggerValue("set", change));
}
