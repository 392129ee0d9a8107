// Playback: the states that were recorded, one step a day, the last one now. While it is not now, nothing can be moved.
const STEP_SECONDS = 1.4;

class Timeline {
  constructor(root, show) {
    this.root = root.querySelector(".time");
    const find = (name) => this.root.querySelector(name);
    Object.assign(this, { play: find(".play"), slider: find("input"), day: find("output"), show, frames: [], at: 0, timer: null });
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    find(".back").addEventListener("click", () => { this.stop(); this.go(this.at - 1); });
    find(".on").addEventListener("click", () => { this.stop(); this.go(this.at + 1); });
    this.slider.addEventListener("input", () => { this.stop(); this.go(Number(this.slider.value)); });
  }

  take(frames) {
    const before = this.frames.length, now = this.at >= before - 1;
    this.frames = frames;
    this.root.hidden = frames.length < 2;
    this.slider.max = String(Math.max(frames.length - 1, 0));
    if (now || this.at > frames.length - 1) this.at = Math.max(frames.length - 1, 0);
    this.tell();
  }

  get past() { return this.at < this.frames.length - 1; }

  // The people as they were at the chosen step; those not yet on the map are left out.
  rows(people) {
    if (!this.past) return people;
    const known = new Map();
    for (const frame of this.frames.slice(0, this.at + 1)) for (const [id, ...state] of frame.set) known.set(id, state);
    return people.filter((row) => known.has(row.id)).map((row) => {
      const [power, interest, stance, wanted, gap] = known.get(row.id);
      return { ...row, power, interest, stance, wanted, gap, to: null, version: `${row.version}@${this.at}` };
    });
  }

  go(at) {
    if (!this.root.isConnected) return this.stop();
    this.at = between(at, 0, this.frames.length - 1);
    this.show(this.tell());
    if (!this.past) this.stop();
  }

  start() {
    if (!this.past) this.at = -1;
    this.timer = setInterval(() => this.go(this.at + 1), STEP_SECONDS * 1000);
    this.play.textContent = "Pause";
    this.root.dataset.playing = "yes";
    this.go(this.at + 1);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "Play";
    delete this.root.dataset.playing;
  }

  tell() {
    const frame = this.frames[this.at];
    const told = !frame ? "" : this.past ? frame.day : `Now, last changed ${frame.day}`;
    this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", told);
    this.day.textContent = told;
    return this.timer ? "" : this.past ? `As it was on ${told}. Nothing can be moved until the slider is back at now.` : told;
  }
}
