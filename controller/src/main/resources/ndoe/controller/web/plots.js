// What all charts share: colors of the page, axes, and their size.
import { clock, date, plain } from "./words.js";
import { model, timeOf } from "./model.js";

const style = getComputedStyle(document.documentElement);
export const color = (name) => style.getPropertyValue("--" + name).trim();
const FONT = '12px system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

// Draws anew when light turns dark or back.
const remade = new Set();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => remade.forEach((make) => make()));
export const onColors = (make) => remade.add(make);

export const axis = (label, size, more = {}) => ({
  stroke: color("soft"), font: FONT, labelFont: FONT, label, labelSize: label ? 18 : 0, size,
  grid: { stroke: color("grid"), width: 1 }, ticks: { stroke: color("grid"), width: 1, size: 4 }, ...more,
});
export const timeAxis = (label = "") => axis(label, 26, {
  space: 48, incrs: [900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 604800],
  values: (u, ticks) => ticks.map((tick) =>
    model.state.run.intervals * model.state.run.minutes > 1440 && tick % 86400 === 0 ? date(tick) : clock(tick)),
});
export const kws = (u, ticks) => ticks.map((tick) => plain(tick, 6));
export const line = (label, stroke, width, more = {}) =>
  ({ label, stroke, width, points: { show: false }, spanGaps: false, ...more });
export const utc = (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC");

// Each interval from its start to just before the next.
export function times(from, count) {
  const list = [];
  for (let t = from; t < from + count; t++) list.push(timeOf(t), timeOf(t + 1) - 1e-3);
  return list;
}
export const steps = (values) => values.flatMap((value) => [value, value]);

// A chart that is as wide as its place.
export function chart(place, height, options, data) {
  const made = new uPlot({ width: place.clientWidth || 300, height, padding: [6, 8, 0, 0], ...options }, data, place);
  const watch = new ResizeObserver(() => {
    if (place.clientWidth > 0 && place.clientWidth !== made.width) made.setSize({ width: place.clientWidth, height });
  });
  watch.observe(place);
  const end = made.destroy;
  made.destroy = () => { watch.disconnect(); end.call(made); };
  return made;
}

export function around(values, share = 0.08) {
  const known = values.flat().filter((value) => value != null);
  const low = Math.min(0, ...known), high = Math.max(0, ...known);
  const room = (high - low || 1) * share;
  return [low - room, high + room];
}

// Marks the interval that is looked at.
export function cursorLine(t) {
  return { hooks: { draw: [(u) => {
    const at = t();
    if (at < 0) return;
    const x = u.valToPos(timeOf(at + 0.5), "x", true);
    if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
    u.ctx.save();
    u.ctx.strokeStyle = color("soft");
    u.ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    u.ctx.lineWidth = devicePixelRatio;
    u.ctx.beginPath();
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
    u.ctx.restore();
  }] } };
}
