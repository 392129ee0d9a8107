// One change of a tie at a time on its way to the program; it counts once it is answered. A later change of a tie
// that still waits takes its place. All text reaches the page through textContent, never as markup.
const PATIENCE = 10000;
const WEIGHTS = ["1", "2", "3", "4", "5", ""];

// A name may be long, and may hold marks that turn what follows right to left.
const called = ({ name }) => { const letters = Array.from(name); return `\u2068${letters.length > 40 ? `${letters.slice(0, 39).join("")}…` : name}\u2069`; };

class Sending {
  constructor(status, repaint) { Object.assign(this, { status, repaint, waiting: new Map(), sent: null, counted: 0 }); }

  update(data, send) {
    Object.assign(this, { data, send });
    if (!this.sent || data.answered !== this.sent.number) return;
    clearTimeout(this.sent.timer);
    this.status.textContent = data.refused === this.sent.number ? "Not saved." : `✓ Saved. ${this.sent.told}`;
    this.sent = null;
  }

  // What a tie weighs as the reader left it, "" for none.
  weight(key) { return this.waiting.get(key)?.weight ?? (this.sent?.key === key ? this.sent.weight : String(this.data.ties[key] ?? "")); }

  set(source, target, weight) {
    const key = `${source.id}/${target.id}`;
    if (this.weight(key) === weight) return;
    this.waiting.set(key, { source, target, weight });
    this.repaint();
    this.next();
  }

  next() {
    if (this.sent || !this.waiting.size) return;
    const [[key, { source, target, weight }]] = this.waiting;
    this.waiting.delete(key);
    this.counted += 1;
    const number = `${this.data.session}-${this.counted}`, told = `${called(source)} → ${called(target)}: ${weight || "no tie"}`;
    const timer = setTimeout(() => { this.sent = null; this.status.textContent = "Not saved: no answer came."; this.repaint(); this.next(); }, PATIENCE);
    this.sent = { key, number, weight, timer, told };
    this.status.textContent = `Saving. ${told}`;
    this.send({ source: source.id, target: target.id, kind: this.data.kind, before: String(this.data.ties[key] ?? ""), weight, number });
  }
}

// The row of buttons 1 to 5 and none: for those without a keyboard at hand.
function weightButtons(place, choose) {
  const buttons = WEIGHTS.map((weight) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: weight || "None" });
    button.dataset.weight = weight;
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => choose(weight));
    return button;
  });
  place.append(...buttons);
  return buttons;
}
