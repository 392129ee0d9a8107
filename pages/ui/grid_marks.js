// The grid's shapes: marks by stance, the ground with its four fields, arrows to wanted places, people at one place.
// All text reaches the page through textContent, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const LEFT = 26, TOP = 16, RIGHT = 12, BOTTOM = 30, FULL = 10, ONE_PLACE = 9, IN_A_RING = 6;

const make = (name, attributes = {}, text = null) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
};
const tenth = (value) => Math.min(FULL, Math.max(0, Math.round(value * 10) / 10));
const between = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));

function shape(stance, radius, hollow) {
  const name = `${hollow ? "ring" : "mark"} ${stance}`;
  if (stance === "resistant") return make("rect", { class: name, x: -radius, y: -radius, width: 2 * radius, height: 2 * radius });
  if (stance === "leading") {
    const r = radius * 1.3;
    return make("path", { class: name, d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z` });
  }
  return make("circle", { class: name, r: radius });
}

function ground(place, names, high) {
  const x = LEFT + (high / FULL) * place.wide, y = TOP + (1 - high / FULL) * place.high;
  const right = LEFT + place.wide, bottom = TOP + place.high;
  const line = (x1, y1, x2, y2, name) => make("line", { x1, y1, x2, y2, class: name });
  const word = (text, at, top, anchor, name = "quadrant") => make("text", { x: at, y: top, "text-anchor": anchor, class: name, "data-middle": x }, text);
  const power = word("power →", 0, 0, "end", "axis");
  power.setAttribute("transform", `translate(16 ${TOP}) rotate(-90)`);
  return [
    make("rect", { class: "closely", x, y: TOP, width: right - x, height: y - TOP }),
    line(x, TOP, x, bottom, "middle"), line(LEFT, y, right, y, "middle"),
    line(LEFT, TOP, LEFT, bottom, "edge"), line(LEFT, bottom, right, bottom, "edge"),
    word(names.keep_satisfied, LEFT + 8, TOP + 19, "start"), word(names.manage_closely, right - 8, TOP + 19, "end"),
    word(names.monitor, LEFT + 8, bottom - 10, "start"), word(names.keep_informed, right - 8, bottom - 10, "end"),
    power, word("← little", LEFT, bottom + 22, "start", "axis"), word("interest →", right, bottom + 22, "end", "axis"),
  ];
}

// A field's name goes to another corner of the field, or to its middle, when somebody stands on it; returns where it is.
function clear(word, people) {
  const box = word.getBBox(), own = Number(word.getAttribute("x")), line = Number(word.dataset.middle);
  const ends = word.getAttribute("text-anchor") === "end", other = ends ? line + 8 : line - 8 - box.width;
  for (const x of [box.x, other, (box.x + other) / 2]) {
    const free = !people.some((each) => each.x > x - 14 && each.x < x + box.width + 14 && each.y > box.y - 10 && each.y < box.y + box.height + 10);
    if (!free) continue;
    word.setAttribute("x", own + x - box.x);
    return { x, y: box.y, width: box.width, height: box.height };
  }
  return box;
}

// Where people stand at one place, each gets a shift: in a ring, or in a spiral when there are many.
function fan(people, place, least) {
  const groups = [];
  for (const person of people) {
    person.shift = [0, 0];
    const near = groups.find(([first]) => Math.hypot(first.trueX - person.trueX, first.trueY - person.trueY) < ONE_PLACE);
    if (near) near.push(person); else groups.push([person]);
  }
  for (const group of groups) {
    if (group.length < 2) continue;
    const gap = Math.max(least, ...group.map(({ off }) => 2 * off - 6));
    const ring = Math.max(gap * 0.62, (group.length * gap) / (2 * Math.PI));
    const places = group.map((_, at) => {
      if (group.length <= IN_A_RING) {
        const angle = (2 * Math.PI * at) / group.length - (group.length === 2 ? Math.PI : Math.PI / 2);
        return [ring * Math.cos(angle), ring * Math.sin(angle)];
      }
      const reach = gap * 0.58 * Math.sqrt(at + 0.5), angle = at * 2.399963;
      return [reach * Math.cos(angle), reach * Math.sin(angle)];
    });
    const reach = Math.max(...places.map(([x, y]) => Math.hypot(x, y)));
    const x = between(group[0].trueX, LEFT + reach, LEFT + place.wide - reach);
    const y = between(group[0].trueY, TOP + reach, TOP + place.high - reach);
    group.forEach((person, at) => { person.shift = [x + places[at][0] - person.trueX, y + places[at][1] - person.trueY]; });
  }
}

function arrow(fromX, fromY, toX, toY, radius) {
  const away = Math.hypot(toX - fromX, toY - fromY), cos = (toX - fromX) / away, sin = (toY - fromY) / away;
  if (away < 2 * radius + 8) return [];
  const start = [fromX + cos * (radius + 2), fromY + sin * (radius + 2)], tip = [toX - cos * (radius + 1), toY - sin * (radius + 1)];
  const neck = [tip[0] - cos * 8, tip[1] - sin * 8];
  return [
    make("line", { class: "way", x1: start[0], y1: start[1], x2: neck[0], y2: neck[1] }),
    make("path", { class: "tip", d: `M${tip}L${neck[0] - sin * 4} ${neck[1] + cos * 4}L${neck[0] + sin * 4} ${neck[1] - cos * 4}Z` }),
  ];
}
