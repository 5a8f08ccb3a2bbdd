// Voltage of every bus against its distance from the source, with the limits.
import { model, shown } from "./model.js";
import { byId, pu } from "./words.js";
import { axis, chart, color, line, onColors } from "./plots.js";

let made = null, of = null, order = [];

function build() {
  made?.destroy();
  byId("profile").replaceChildren();
  of = model.state;
  const { buses, low, high } = of.feeder;
  order = buses.map((bus, b) => b).sort((a, b) => buses[a].ohm - buses[b].ohm);
  const limit = (label) => line(label, color("vermillion"), 1.5, { dash: [7, 4], spanGaps: true });
  const dots = (label, show) => line(label, color("blue"), 0, { paths: () => null, points: { show: true, size: 7, width: 1.5, stroke: color("blue"), fill: color("card") }, show });
  const range = () => {
    const seen = [...model.grids.values()].flatMap((grid) => [...grid.low, ...(grid.high ?? [])]).filter((v) => v != null);
    const from = Math.min(low, ...seen), to = Math.max(high, ...seen), room = (to - from) * 0.06;
    return [from - room, to + room];
  };
  made = chart(byId("profile"), 270, {
    legend: { show: false }, cursor: { show: false },
    scales: { x: { time: false }, y: { range } },
    axes: [axis("electrical distance from the source, ohm", 26), axis("voltage, pu", 46, {
      values: (u, ticks, i, space, incr) => ticks.map((tick) => tick.toFixed(incr < 0.01 ? 3 : 2)) })],
    series: [{}, dots("lowest phase", true), dots("highest phase", true), limit("upper limit"), limit("lower limit")],
  }, data());
}

function data() {
  const { buses, low, high } = of.feeder;
  const grid = model.grids.get(shown());
  const none = order.map(() => null);
  return [
    order.map((b) => buses[b].ohm),
    grid?.low.length ? order.map((b) => grid.low[b]) : none,
    grid?.high ? order.map((b) => grid.high[b]) : none,
    order.map(() => high), order.map(() => low),
  ];
}

export function start() {
  onColors(() => { if (made) { build(); } });
}

export function update() {
  if (of !== model.state) build(); else made.setData(data());
  const grid = model.grids.get(shown());
  const { buses, low, high } = of.feeder;
  if (!grid?.low.length) { byId("profile-text").textContent = "No interval was measured so far."; return; }
  const most = grid.high ?? grid.low;
  const lowest = grid.low.reduce((best, v, b) => (v != null && v < grid.low[best] ? b : best), 0);
  const highest = most.reduce((best, v, b) => (v != null && v > most[best] ? b : best), 0);
  byId("profile-text").textContent =
    `Lowest ${pu(grid.low[lowest])} at bus ${buses[lowest].id}, highest ${pu(most[highest])} at bus ${buses[highest].id}; limits ${low.toFixed(2)} and ${high.toFixed(2)} pu (dashed).`;
}
