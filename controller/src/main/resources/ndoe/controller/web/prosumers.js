// One small chart per prosumer: envelope, plan and measurement over the run.
import { model, shown, view } from "./model.js";
import { byId, element, kw } from "./words.js";
import { around, axis, kws, chart, color, cursorLine, line, onColors, steps, timeAxis, times, utc } from "./plots.js";
import { soon } from "./frames.js";

let points = [], of = null, choose = () => {};
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const one = points[entry.target.dataset.n];
    if (!one || one.box !== entry.target) continue;
    one.near = entry.isIntersecting;
    if (one.near && one.stale) later(one);
  }
}, { rootMargin: "200px" });

export function start(chosen) {
  choose = chosen;
  onColors(() => points.forEach((one) => { one.chart?.destroy(); one.chart = null; later(one); }));
}

function build() {
  points.forEach((one) => { near.unobserve(one.box); one.chart?.destroy(); });
  of = model.state;
  points = of.prosumers.map((prosumer, n) => {
    const button = element("button", { type: "button", "aria-pressed": "false" }, prosumer.id);
    button.addEventListener("click", () => choose(n));
    const chip = element("span", { class: "chip small wait" }, "…");
    const text = element("p", {}, "bus " + prosumer.bus);
    const place = element("div", { class: "plot chart", role: "img" });
    const box = element("article", { class: "point", "data-n": n }, element("h3", {}, button, chip), text, place);
    return { n, prosumer, box, button, chip, text, place, chart: null, near: false, stale: true };
  });
  byId("prosumers").replaceChildren(...points.map((one) => one.box));
  points.forEach((one) => near.observe(one.box));
}

function data({ n }) {
  const { run } = of, envelope = of.points[n] ?? {};
  const place = (list, sign = 1) => steps(Array.from({ length: run.intervals }, (nothing, t) => {
    const value = list?.[t - (envelope.from ?? 0)];
    return value == null ? null : sign * value;
  }));
  const measured = Array.from({ length: run.intervals }, (nothing, t) => of.measured[n][t] ?? null);
  return [times(0, run.intervals), place(envelope.imp), place(envelope.exp, -1), place(envelope.plan), steps(measured)];
}

function make(one) {
  const range = (u) => around(u.data.slice(1));
  one.place.replaceChildren();
  one.chart = chart(one.place, 130, {
    tzDate: utc, legend: { show: false }, cursor: { show: false }, plugins: [cursorLine(shown)],
    scales: { x: { time: true }, y: { range } },
    axes: [timeAxis(), axis("", 46, { space: 28, values: kws })],
    series: [{}, line("import limit", color("green"), 1.5), line("export limit", color("green"), 1.5),
      line("plan", color("plan"), 1.2, { dash: [4, 3] }), line("measured", color("blue"), 2.5)],
    bands: [{ series: [1, 2], fill: color("band") }],
  }, data(one));
}

function later(one) {
  soon("point " + one.n, () => {
    if (one.chart) one.chart.setData(data(one)); else make(one);
    one.stale = false;
  });
}

// What the interval that is looked at is like for one: limits, measurement and whether they agree.
function standing(n) {
  const t = shown(), envelope = model.state.points[n] ?? {}, at = t - (envelope.from ?? 0);
  const net = model.state.measured[n][t], imp = envelope.imp?.[at], exp = envelope.exp?.[at];
  const room = net >= 0 ? imp : exp;
  const outside = net != null && room != null && Math.abs(net) - room > Math.max(0.2, 0.002 * room);
  const [look, word] = net == null ? ["wait", imp == null ? "no envelope yet" : "not measured yet"]
    : outside ? ["bad", "✕ outside"] : ["good", "✓ inside"];
  return { net, imp, exp, look, word };
}

// Says in words what the chart shows now.
function tell(one) {
  const { net, imp, exp, look, word } = standing(one.n);
  if (one.chip.textContent !== word) {
    one.chip.className = "chip small " + look;
    one.chip.textContent = word;
  }
  const text = `bus ${one.prosumer.bus} · ${kw(net)} within ${kw(exp == null ? null : 0 - exp)} to ${kw(imp)}`;
  if (one.text.textContent !== text) {
    one.text.textContent = text;
    one.place.setAttribute("aria-label", `${one.prosumer.id}: ${text}, ${word}`);
  }
  one.button.setAttribute("aria-pressed", view.point === one.n);
}

export function update(which = null) {
  if (of !== model.state) build();
  for (const one of points) {
    if (which && !which.has(one.n)) continue;
    one.stale = true;
    if (one.near) later(one);
  }
  soon("points in words", () => points.forEach(tell));
}

export function inside() {
  const looks = model.state.prosumers.map((one, n) => standing(n).look);
  return { good: looks.filter((look) => look === "good").length, all: looks.length };
}
