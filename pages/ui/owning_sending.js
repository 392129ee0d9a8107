// One change at a time on its way to the program; it counts once it is answered. A later change of the same thing that
// still waits takes its place. All text reaches the page through textContent, never as markup.
const ANSWER_WAIT = 10000;

const make = (name, attributes = {}, ...content) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...content);
  return node;
};

class Sending {
  constructor(status, repaint) { Object.assign(this, { status, repaint, waiting: new Map(), sent: null, counted: 0 }); }

  update(data, send) {
    Object.assign(this, { data, send });
    const { sent } = this;
    if (!sent || data.answered !== sent.number) return;
    clearTimeout(sent.timer);
    this.sent = null;
    const saved = data.refused !== sent.number;
    this.status.textContent = saved ? `✓ Saved. ${sent.told}` : "Not saved. The page says why above.";
    sent.after?.(saved);
  }

  // What the reader made of something and the program has not answered yet; undefined when there is nothing.
  value(key) { return (this.waiting.get(key) ?? (this.sent?.key === key ? this.sent : undefined))?.value; }

  // message: makes what is sent, once it is its turn.
  add(key, { value = true, told, message, after }) {
    this.waiting.set(key, { value, told, message, after });
    this.repaint();
    this.next();
  }

  next() {
    if (this.sent || !this.waiting.size) return;
    const [[key, change]] = this.waiting;
    this.waiting.delete(key);
    this.counted += 1;
    const number = `${this.data.session}-${this.counted}`;
    const timer = setTimeout(() => {
      this.sent = null;
      this.status.textContent = "Not saved: no answer came.";
      change.after?.(false);
      this.repaint();
      this.next();
    }, ANSWER_WAIT);
    this.sent = { ...change, key, number, timer };
    this.status.textContent = `Saving. ${change.told}`;
    this.send({ ...change.message(), number });
  }
}
