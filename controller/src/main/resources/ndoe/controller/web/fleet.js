// Every device: what it was told, what it does, how old that is, and what it falls back to.
import { model, serverNow } from "./model.js";
import { age, byId, element, kw, percent, spaced } from "./words.js";

const HEAD = ["device", "of", "state", "told", "does", "charge", "value is", "fall-back"];
const SILENT_MS = 120_000;
let rows = new Map(), of = null;

function build() {
  of = model.state.devices;
  rows = new Map(of.map((device) => {
    const cells = Array.from({ length: HEAD.length - 1 }, (nothing, i) => element("td", { class: [2, 3, 4, 5].includes(i) ? "n" : null }));
    const row = element("tr", {}, element("th", { scope: "row", title: device.connection }, device.id), ...cells);
    cells[0].textContent = (model.state.prosumers[device.point]?.id ?? "–") + ", " + spaced(device.role);
    return [device.id, { row, cells }];
  }));
  const head = element("thead", {}, element("tr", {}, ...HEAD.map((text, i) =>
    element("th", { scope: "col", class: [3, 4, 5, 6].includes(i) ? "n" : null }, text))));
  byId("fleet").replaceChildren(element("table", { class: "fixed" }, head, element("tbody", {}, ...[...rows.values()].map((one) => one.row))));
}

const RESULTS = { applied: ["good", "✓ confirmed"], limited: ["good", "✓ limited"], rejected: ["bad", "✕ rejected"], unconfirmed: ["bad", "✕ not confirmed"], withheld: ["wait", "dry run"] };

// Silent is what is older than the newest value of all by so much that it was missed again and again.
function stateOf(device, newest) {
  if (device.setpoint && RESULTS[device.setpoint.result][0] === "bad") return RESULTS[device.setpoint.result];
  if (device.reading && newest - device.reading.at > SILENT_MS) return ["bad", "✕ silent"];
  if (device.setpoint) return RESULTS[device.setpoint.result];
  return device.reading ? ["good", "✓ read"] : ["wait", "… not read"];
}

const newestOf = (devices) => devices.reduce((newest, one) => Math.max(newest, one.reading?.at ?? 0), 0);

// How many devices are in doubt.
export function doubtful() {
  const newest = newestOf(model.state.devices);
  return model.state.devices.filter((device) => stateOf(device, newest)[0] === "bad").length;
}

function fallback(device, now) {
  const { fallback: to, setpoint } = device;
  if (device.role === "meter") return ["wait", "only read"];
  if (!to) return ["wait", "–"];
  if (!to.toValue) return ["bad", "is released: no value to revert to"];
  if (!setpoint) return ["wait", "not armed"];
  if (setpoint.result !== "applied" && setpoint.result !== "limited") return ["bad", `in doubt; then ${kw(to.kw)}`];
  const left = setpoint.at + 1000 * to.after - now;
  return left > 0 ? ["good", `armed: ${kw(to.kw)} in ${age(left)}`] : ["wait", `due: ${kw(to.kw)}`];
}

export function update() {
  if (of !== model.state.devices) build();
  const { devices } = model.state, now = serverNow();
  const ended = model.state.phase.name === "ended", newest = newestOf(devices);
  for (const device of devices) {
    const { cells } = rows.get(device.id), [look, text] = stateOf(device, newest);
    put(cells[1], element("span", { class: "chip small " + look }, text), text + look);
    const { setpoint, reading } = device;
    write(cells[2], setpoint ? (setpoint.limit ? "≤ " : "") + kw(setpoint.applied ?? setpoint.asked) : "–");
    write(cells[3], kw(reading?.kw));
    write(cells[4], reading?.soc == null ? "" : percent(reading.soc));
    write(cells[5], reading ? age(now - reading.at) + " old" : "–");
    const [back, words] = fallback(device, now);
    const said = ended && back === "good" ? "left at its default" : words;
    put(cells[6], element("span", { class: back === "bad" ? "chip small bad" : "" }, said), said);
    cells[1].title = setpoint?.reason ?? "";
  }
  const bad = doubtful();
  write(byId("fleet-text"), devices.length === 0 ? "No devices are connected yet."
    : `${devices.length} devices, ${devices.filter((device) => device.real).length} of them real; ${bad === 0 ? "all answer" : bad + " in doubt"}. Power is injection: charging and drawing are negative.`);
}

// Nothing is touched that stays as it is.
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}
function put(cell, content, key) {
  if (cell.dataset.key !== key) {
    cell.dataset.key = key;
    cell.replaceChildren(content);
  }
}
