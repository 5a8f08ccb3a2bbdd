// The feeder as a one-line diagram: along by electrical distance, across in lanes.
import { model, view, shown } from "./model.js";
import { byId, element, kw, percent, pu } from "./words.js";
import { color, onColors } from "./plots.js";

const SVG = "http://www.w3.org/2000/svg";
function shape(name, attributes, ...content) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

let drawn = { upright: null, wires: [], nodes: [], state: null };
let choose = () => {};

export function start(chosen) {
  choose = chosen;
  new ResizeObserver(() => {
    if (model.state && drawn.state && upright() !== drawn.upright) { build(); update(); }
  }).observe(byId("diagram"));
  onColors(() => { keys(); update(); });
  byId("numbers").addEventListener("toggle", numbers);
}

const upright = () => byId("diagram").clientWidth < 620;

// Places in the picture; on a narrow page the feeder runs down.
function layout(buses, down) {
  const lanes = buses.map((bus) => bus.lane);
  const low = Math.min(...lanes), high = Math.max(...lanes);
  const wide = Math.max(320, byId("diagram").clientWidth);
  const depth = new Set(buses.map((bus) => bus.along)).size;
  const length = down ? Math.max(420, Math.min(900, depth * 26)) : wide - 90;
  const gap = down ? Math.min(90, (wide - 90) / Math.max(1, high - low)) : 74;
  const at = (bus) => {
    const along = 34 + bus.along * length, across = 34 + (bus.lane - low) * gap;
    return down ? [across, along] : [along, across + 6];
  };
  return down
    ? { at, width: wide, height: length + 64 }
    : { at, width: wide, height: (high - low) * gap + 92 };
}

export function build() {
  const { feeder, prosumers } = model.state;
  const down = upright();
  const { at, width, height } = layout(feeder.buses, down);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "One-line diagram of feeder " + feeder.name });
  const wires = feeder.lines.map((line) => {
    const [x, y] = at(feeder.buses[line.a]), [x2, y2] = at(feeder.buses[line.b]);
    const path = feeder.buses[line.a].lane === feeder.buses[line.b].lane ? `M${x} ${y}L${x2} ${y2}`
      : down ? `M${x} ${y}H${x2}V${y2}` : `M${x} ${y}V${y2}H${x2}`;
    const title = shape("title", {});
    const wire = shape("path", { d: path, class: "wire" }, title);
    svg.append(wire);
    return { wire, title, line };
  });
  const nodes = feeder.buses.map((bus, b) => node(svg, bus, b, at(bus), prosumers, down));
  byId("diagram").replaceChildren(svg);
  drawn = { upright: down, wires, nodes, state: model.state };
  keys();
}

// Whether a line leaves across, where the name would stand.
const branches = (b) => model.state.feeder.lines.some((line) =>
  line.a === b && model.state.feeder.buses[line.b].lane > model.state.feeder.buses[b].lane);

function node(svg, bus, b, [x, y], prosumers, down) {
  const living = prosumers.map((one, n) => n).filter((n) => prosumers[n].bus === bus.id);
  const title = shape("title", {});
  const group = shape("g", { transform: `translate(${x} ${y})` }, title);
  const home = living.length > 0;
  const mark = b === 0 ? shape("rect", { x: -5, y: -14, width: 10, height: 28, class: "node" })
    : home ? shape("rect", { x: -8, y: -8, width: 16, height: 16, rx: 3, class: "node" })
      : shape("circle", { r: 5.5, class: "node" });
  if (home) group.append(shape("rect", { x: -12, y: -12, width: 24, height: 24, rx: 6, class: "ring" }));
  group.append(mark);
  const who = living.map((n) => prosumers[n].id).join(", ");
  const label = b === 0 ? "source" : home ? who : bus.id;
  const value = shape("text", down ? { x: 14, y: 18, class: "value" } : { x: 0, y: 36, "text-anchor": "middle", class: "value" });
  const name = shape("text", down ? { x: 13, y: 4 } : { x: 0, y: 23, "text-anchor": "middle" }, label);
  if (!home && !down && branches(b)) {
    name.setAttribute("x", 6);
    name.setAttribute("text-anchor", "start");
    name.setAttribute("y", 19);
  }
  if (b === 0 && !down) name.setAttribute("y", 30);
  if (home) name.setAttribute("class", "who");
  if (home || b === 0 || !down) group.append(name);
  if (home) {
    group.append(value);
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "0");
    const pick = () => choose(living[(living.indexOf(view.point) + 1) % living.length]);
    group.addEventListener("click", pick);
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); }
    });
  }
  svg.append(group);
  return { group, mark, title, value, living, bus, who };
}

// −1 at the lower limit, 0 at 1 pu, 1 at the upper limit.
function share(voltage) {
  const { low, high } = model.state.feeder;
  const middle = low < 1 && high > 1 ? 1 : (low + high) / 2;
  return voltage < middle ? (voltage - middle) / (middle - low) : (voltage - middle) / (high - middle);
}

function mixed(from, to, part) {
  const parse = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
  const a = parse(from), b = parse(to);
  return "rgb(" + a.map((value, i) => Math.round(value + (b[i] - value) * part)).join(" ") + ")";
}
export function voltageColor(voltage) {
  const s = Math.max(-1, Math.min(1, share(voltage)));
  return mixed(color("neutral"), color(s < 0 ? "cold" : "warm"), Math.abs(s) ** 0.65);
}
const worst = (grid, b) => {
  const low = grid.low[b], high = grid.high ? grid.high[b] : low;
  return low == null ? null : Math.abs(share(low)) > Math.abs(share(high)) ? low : high;
};

export function update() {
  if (drawn.state !== model.state) build();
  const grid = model.grids.get(shown());
  drawn.wires.forEach(({ wire, title, line }, l) => {
    const loading = grid?.loading?.[l];
    const over = loading > 1;
    wire.style.strokeWidth = loading == null ? 2.5 : 2.5 + 6 * Math.min(1, loading);
    wire.style.stroke = over ? color("vermillion") : mixed(color("wire"), color("wire-full"), Math.min(1, loading ?? 0));
    wire.style.strokeDasharray = over ? "8 4" : "";
    title.textContent = `line ${line.id}: ` + (loading == null ? "loading not known" : percent(loading) + " of its rating");
  });
  drawn.nodes.forEach((one, b) => {
    const voltage = grid && grid.low.length ? worst(grid, b) : null;
    const over = voltage != null && Math.abs(share(voltage)) > 1;
    one.mark.style.fill = voltage == null ? color("card") : voltageColor(voltage);
    one.mark.classList.toggle("over", over);
    const said = `bus ${one.bus.id}: ${pu(voltage)}` + (over ? ", outside its limits" : "");
    one.title.textContent = said;
    if (one.living.length === 0) return;
    one.value.textContent = voltage == null ? "" : (over ? "! " : "") + voltage.toFixed(3);
    one.group.classList.toggle("selected", one.living.includes(view.point));
    one.group.setAttribute("aria-pressed", one.living.includes(view.point));
    const net = one.living.map((n) => kw(model.state.measured[n][shown()])).join(", ");
    one.group.setAttribute("aria-label", `${one.who} at ${said}, net import ${net}`);
  });
  numbers();
}

function keys() {
  const { low, high } = model.state.feeder;
  const bar = element("span", { class: "bar" });
  bar.style.background = `linear-gradient(90deg, ${color("cold")}, ${color("neutral")}, ${color("warm")})`;
  const load = element("span", { class: "bar" });
  load.style.background = `linear-gradient(90deg, ${color("wire")}, ${color("wire-full")})`;
  byId("keys").replaceChildren(
    element("span", { class: "scale" }, "voltage ", low.toFixed(2), bar, high.toFixed(2), " pu; 1 pu in the middle"),
    element("span", { class: "scale" }, "line loading 0", load, "100 %, thicker is more; dashed is too much"),
    element("span", {}, "■ prosumer  ● bus; thick edge and ! outside the limits"));
}

function numbers() {
  const place = byId("numbers");
  const grid = model.state && model.grids.get(shown());
  if (!place.open || !grid) return;
  const rows = model.state.feeder.buses.map((bus, b) => element("tr", {},
    element("th", { scope: "row" }, bus.id), element("td", { class: "n" }, bus.ohm.toFixed(3)),
    element("td", { class: "n" }, pu(grid.low[b])), element("td", { class: "n" }, pu(grid.high ? grid.high[b] : grid.low[b]))));
  byId("table").replaceChildren(element("table", {},
    element("thead", {}, element("tr", {}, ...["bus", "distance, ohm", "lowest phase", "highest phase"].map((text, i) =>
      element("th", { scope: "col", class: i ? "n" : null }, text)))), element("tbody", {}, ...rows)));
}
