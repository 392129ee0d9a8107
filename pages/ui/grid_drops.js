// Drops on their way to the program: one at a time, each counts once it is answered; and the way back (undo), kept in the tab.
const ANSWER_WAIT = 10000, MOST_UNDO = 20;

class Drops {
  constructor(grid) {
    Object.assign(this, { grid, queue: [], sent: null, counted: 0, done: [] });
  }

  begin(name) {
    if (this.name === name) return;
    this.name = name;
    try { this.done = JSON.parse(sessionStorage.getItem(name)) ?? []; } catch { this.done = []; }
  }

  keep() {
    this.done = this.done.slice(-MOST_UNDO);
    try { sessionStorage.setItem(this.name, JSON.stringify(this.done)); } catch { /* a full or closed store: undo lasts until the reload */ }
    this.grid.tools();
  }

  holds(id) { return Boolean(this.sent?.ids.includes(id)) || this.queue.some((drop) => drop.ids.includes(id)); }

  add(ids, back = null) {
    this.counted += 1;
    this.queue.push({ ids, back, number: `${this.grid.data.session}-${this.counted}` });
    this.grid.lay();
    this.next();
  }

  next() {
    while (!this.sent && this.queue.length) {
      const drop = this.queue.shift(), { grid } = this;
      const people = drop.ids.map((id) => grid.people.get(id)).filter((person) => person && grid.strays(person));
      if (!people.length) continue;
      const timer = setTimeout(() => { this.fail("Not saved: no answer came."); this.next(); }, ANSWER_WAIT);
      const was = people.map(({ row }) => ({ id: row.id, power: row.power, interest: row.interest }));
      const to = people.map(({ row, power, interest }) => ({ id: row.id, power, interest }));
      this.sent = { ...drop, ids: to.map((each) => each.id), was, to, timer };
      grid.say(`Saving. ${grid.told(this.sent.ids)}`);
      grid.send({
        number: drop.number,
        undo: Boolean(drop.back),
        moves: people.map(({ row, power, interest }) => ({ id: row.id, version: row.version, power: String(power), interest: String(interest) })),
      });
    }
    this.grid.tools();
  }

  answered(data) {
    if (!this.sent || data.answered !== this.sent.number) return;
    const { ids, back, was, to, number, timer } = this.sent;
    clearTimeout(timer);
    if (data.refused === number || ids.some((id) => !data.people.some((row) => row.id === id))) return this.fail("Not saved.");
    this.sent = null;
    if (!back) this.done.push({ was, to });
    this.keep();
    if (!this.queue.length) this.grid.say(`${back ? "✓ Undone." : "✓ Saved."} ${this.grid.told(ids)}`);
  }

  fail(sentence) {
    const ids = new Set(this.sent.ids);
    clearTimeout(this.sent.timer);
    this.sent = null;
    this.queue = this.queue.filter((drop) => !drop.ids.some((id) => ids.has(id)));
    this.grid.putBack([...ids]);
    this.grid.say(`${sentence} ${ids.size > 1 ? `All ${ids.size} marks are back.` : "The mark is back."}`);
  }

  get last() {
    return this.done.findLast(({ was }) => was.every(({ id }) => this.grid.people.has(id)));
  }

  undo() {
    const last = this.last;
    if (!last || this.sent || this.queue.length || !this.grid.editable) return;
    this.done.splice(this.done.indexOf(last), 1);
    this.keep();
    const { people } = this.grid;
    const other = last.to.find(({ id, power, interest }) => people.get(id).row.power !== power || people.get(id).row.interest !== interest);
    if (other) return this.grid.say(`Not undone: ${alone(short(people.get(other.id).row.name))} was moved since.`);
    for (const { id, power, interest } of last.was) Object.assign(people.get(id), { power, interest });
    this.add(last.was.map(({ id }) => id), last);
  }
}
