// What is wrong with the matrix, errors first: each with its sentence and one button that carries out its fix.
const SIGNS = { error: "■ act", warning: "▲ watch" };

class Findings {
  constructor(root, sending) {
    Object.assign(this, { sending, rows: new Map() });
    this.head = root.querySelector(".mend h2");
    this.count = root.querySelector(".mend .count");
    this.list = root.querySelector(".mend ul");
  }

  update(data) {
    this.count.textContent = data.told;
    this.count.className = data.holds ? "count holds" : "count";
    const had = this.list.contains(this.list.getRootNode().activeElement);
    const kept = new Map();
    data.findings.forEach((finding, at) => {
      const key = JSON.stringify([finding.code, finding.item, finding.person, finding.sentence, finding.fix]);
      const node = this.rows.get(key) ?? this.draw(finding, data.editable);
      kept.set(key, node);
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
    });
    for (const [key, node] of this.rows) if (!kept.has(key)) node.remove();
    this.rows = kept;
    this.list.hidden = !data.findings.length;
    if (had && !this.list.contains(this.list.getRootNode().activeElement)) (this.list.querySelector("button") ?? this.head).focus();
  }

  draw({ code, item, person, severity, sentence, fix, else: elsewhere }, editable) {
    const node = make("li", { "data-item": item ?? "", "data-code": code }, make("p", {}, make("span", { class: `sign ${severity}` }, SIGNS[severity]), " ", make("span", { class: "sentence" }, sentence)));
    if (elsewhere) node.append(make("p", { class: "proposal" }, elsewhere));
    if (!fix) return node;
    if (!editable) { node.append(make("p", { class: "proposal" }, `${fix.sentence}.`)); return node; }
    const button = make("button", { type: "button" }, fix.sentence);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      button.setAttribute("aria-disabled", "true");
      this.sending.add(`fix/${code}/${item}/${person}`, {
        told: `${fix.sentence}.`,
        message: () => ({ what: "fix", sentence: fix.sentence, changes: fix.changes }),
        after: () => button.removeAttribute("aria-disabled"),
      });
    });
    node.append(button);
    return node;
  }

  // The findings about the row in which the reader is.
  about(item) { for (const node of this.list.children) node.classList.toggle("about", Boolean(item) && node.dataset.item === item); }
}
