// Capabilities and decisions in their own table: added under it, renamed and removed in a row of their own.
const MOST_LETTERS = 200;

class Items {
  constructor(root, sending) {
    Object.assign(this, { sending, open: null });
    this.form = root.querySelector(".add");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.add(); });
  }

  update(data) {
    this.data = data;
    const one = data.kind[0];
    this.form.hidden = !data.own;
    if (this.drawn === one || !data.own) return;
    this.drawn = one;
    this.input = make("input", { type: "text", maxlength: MOST_LETTERS, autocomplete: "off", placeholder: data.hint, "aria-label": `New ${one}` });
    this.form.replaceChildren(this.input, make("button", { type: "submit" }, `Add the ${one}`));
  }

  add() {
    const name = this.input.value.trim();
    if (!name) return this.input.focus();
    this.sending.add("add", {
      told: `${name} is in the table.`,
      message: () => ({ what: "add", kind: this.data.about, name }),
      after: (saved) => { if (saved && this.input.value.trim() === name) this.input.value = ""; },
    });
  }

  // The button in the head of a row that opens its line for another name.
  button(item, row) {
    const button = make("button", { type: "button", class: "edit", "aria-expanded": "false", "aria-label": `Rename or remove ${item.name}` }, "Edit");
    button.addEventListener("click", () => this.toggle(item.id, row, button));
    return button;
  }

  toggle(id, row, button) {
    const was = this.open?.id;
    this.close();
    if (was === id) return;
    const item = this.data.components.find((each) => each.id === id);
    const input = make("input", { type: "text", maxlength: MOST_LETTERS, value: item.name, "aria-label": `Name of ${item.name}` });
    const remove = make("button", { type: "button" }, "Remove"), keep = make("button", { type: "button" }, "Keep it as it is");
    const form = make("form", {}, input, make("button", { type: "submit" }, "Rename"), remove, keep);
    const line = make("tr", { class: "line" }, make("td", { colspan: this.data.people.length + 2 }, form));
    const current = () => this.data.components.find((each) => each.id === id) ?? item;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = input.value.trim();
      if (!name || name === current().name) return this.close(true);
      this.sending.add(`rename/${id}`, { told: `${item.name} is ${name} now.`, message: () => ({ what: "rename", item: id, name, version: current().version }), after: (saved) => saved && this.close(true) });
    });
    remove.addEventListener("click", () => {
      if (!remove.classList.contains("sure")) {
        remove.classList.add("sure");
        remove.textContent = `Remove it with its ${this.duties(id)}`;
        return;
      }
      this.sending.add(`remove/${id}`, { told: `${item.name} is removed.`, message: () => ({ what: "remove", item: id, version: current().version }) });
    });
    keep.addEventListener("click", () => this.close(true));
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(true); event.stopPropagation(); });
    row.after(line);
    button.setAttribute("aria-expanded", "true");
    this.open = { id, line, button };
    input.focus();
  }

  duties(id) {
    const count = Object.keys(this.data.letters).filter((key) => key.startsWith(`${id}/`)).length;
    return count === 1 ? "1 duty" : `${count || "no"} duties`;
  }

  close(back = false) {
    if (!this.open) return;
    this.open.line.remove();
    this.open.button.setAttribute("aria-expanded", "false");
    if (back) this.open.button.focus();
    this.open = null;
  }
}
