// The negotiation, round by round.
import { model, view } from "./model.js";
import { byId, element, plain } from "./words.js";
import { around, axis, chart, color, kws, line, onColors, steps, timeAxis, times, utc } from "./plots.js";
import { soon } from "./frames.js";

let residuals = null, offers = null, prices = null, of = null;
let page = null, fetching = false, wanted = null, missing = false;

export function start(chosen) {
  byId("round").addEventListener("input", (event) => {
    const number = Number(event.target.value);
    view.round = number >= latest() ? null : number;
    look();
  });
  byId("latest").addEventListener("click", () => { view.round = null; look(); });
  byId("who").addEventListener("change", (event) => chosen(Number(event.target.value)));
  onColors(() => { [residuals, offers, prices].forEach((one) => one?.destroy()); residuals = offers = prices = null; update(); });
}

const latest = () => model.state.rounds.at(-1)?.n ?? 0;

function look() {
  soon("rounds", update);
}

// One question at a time; the latest wish is asked when the answer is there.
async function ask() {
  const number = view.round ?? latest();
  if (fetching || number === 0 || number === page?.round || missing) return;
  fetching = true;
  wanted = number;
  try {
    const answer = await fetch("/rounds/" + number);
    if (answer.ok) page = await answer.json(); else missing = true;
  } catch (error) {
    console.debug(error);
  }
  fetching = false;
  look();
}

export function update() {
  const { state } = model;
  if (of !== state) {
    of = state;
    page = null;
    missing = false;
    byId("who").replaceChildren(...state.prosumers.map((one, n) => element("option", { value: n }, one.id)));
  }
  if (page && page.round > latest()) page = null;
  byId("who").value = view.point;
  const slider = byId("round");
  slider.max = latest();
  slider.min = Math.min(1, latest());
  slider.value = view.round ?? latest();
  slider.disabled = latest() === 0;
  byId("latest").setAttribute("aria-pressed", view.round == null);
  const round = state.rounds.find((one) => one.n === (view.round ?? latest()));
  byId("round-shown").textContent = round ? `${round.n} of ${latest()}` : "–";
  byId("round-text").textContent = round ? words(round) : "No round so far.";
  drawResiduals();
  drawPoint();
  drawAsked();
  ask();
}

function words(round) {
  const last = model.state.renewals.at(-1);
  return `Offers and requests ${plain(round.envelope)} kW apart, plans and trades ${plain(round.balance)} kW, prices moved ` +
    `${plain(round.move)} ${model.state.run.currency}/kWh; objective ${plain(round.objective, 6)} ${model.state.run.currency}; ` +
    `${round.messages} messages, ${round.seconds.toFixed(1)} s${round.single ? "; in the mode that is proven to converge" : ""}.` +
    (last ? ` Negotiated again ${model.state.renewals.length} times, the last time ${last.inForce ? "certified and in force" : "left: " + last.reason}.` : "");
}

function drawResiduals() {
  const { rounds } = model.state;
  const positive = (key) => rounds.map((round) => (round[key] > 0 ? round[key] : null));
  const data = [rounds.map((round) => round.n), positive("envelope"), positive("balance")];
  if (rounds.length === 0) { residuals?.destroy(); residuals = null; return; }
  if (residuals) { residuals.setData(data); return; }
  residuals = chart(byId("residuals"), 230, {
    scales: { x: { time: false }, y: { distr: 3 } },
    axes: [axis("round", 26, { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] }), axis("kW apart", 48, { values: (u, ticks) => ticks.map((tick) => (tick == null ? "" : plain(tick))) })],
    legend: { show: false }, cursor: { show: false },
    series: [{}, line("offers and requests, kW", color("blue"), 2, { spanGaps: true }), line("plans and trades, kW", color("vermillion"), 2, { dash: [6, 4], spanGaps: true })],
  }, data);
}

// What is known of the chosen prosumer: a round’s page, or what was agreed in the end.
function known() {
  const point = page?.points[view.point];
  if (point) return { from: model.state.negotiatedFrom ?? 0, ...point };
  const agreed = model.state.points[view.point], paid = model.state.prices?.[view.point];
  if (!agreed?.imp) return null;
  return { from: agreed.from, offer: agreed, price: paid && { imp: paid.imp.slice(agreed.from), exp: paid.exp.slice(agreed.from) } };
}

function drawPoint() {
  const point = known();
  if (!point) return;
  const count = point.offer.imp.length, x = times(point.from, count);
  const minus = (list) => list?.map((value) => -value);
  const none = Array(count).fill(null);
  const side = (list) => steps(list ?? none);
  const limits = [x, side(point.offer.imp), side(minus(point.offer.exp)), side(point.request?.imp), side(minus(point.request?.exp)), side(point.offer.plan), side(point.request?.plan)];
  const worth = [x, side(point.price?.imp), side(point.price?.exp)];
  if (offers && offers.data.length) { offers.setData(limits); prices.setData(worth); return; }
  const shared = { tzDate: utc, legend: { show: false }, cursor: { show: false } };
  offers = chart(byId("offers"), 230, {
    ...shared, scales: { x: { time: true }, y: { range: (u) => around(u.data.slice(1)) } },
    axes: [timeAxis(), axis("net import, kW", 50, { values: kws })], bands: [{ series: [1, 2], fill: color("band") }],
    series: [{}, line("offered", color("green"), 2), line("offered export", color("green"), 2),
      line("asked", color("vermillion"), 1.5, { dash: [5, 3] }), line("asked export", color("vermillion"), 1.5, { dash: [5, 3] }),
      line("plan the operator assumes", color("edge"), 1), line("plan", color("plan"), 1.2, { dash: [4, 3] })],
  }, limits);
  prices = chart(byId("prices"), 230, {
    ...shared, scales: { x: { time: true }, y: { range: (u) => around(u.data.slice(1)) } },
    axes: [timeAxis(), axis(model.state.run.currency + " per kWh of limit", 52)],
    series: [{}, line("import limit", color("blue"), 2), line("export limit", color("vermillion"), 2, { dash: [6, 4] })],
  }, worth);
}

function drawAsked() {
  const { asked, prosumers } = model.state;
  if (asked.length === 0) {
    byId("asked").replaceChildren(element("p", { class: "absent" }, latest() > 0 ? "What each was offered and asked for is only kept as long as a run lives." : "Nothing so far."));
    return;
  }
  const head = element("thead", {}, element("tr", {}, ...["prosumer", "offered kWh", "asked kWh", "apart kW"].map((text, i) =>
    element("th", { scope: "col", class: i ? "n" : null }, text))));
  const rows = asked.map(([offered, requested, apart], n) => element("tr", {}, element("th", { scope: "row" }, prosumers[n].id),
    ...[offered, requested, apart].map((value) => element("td", { class: "n" }, value == null ? "–" : value.toFixed(1)))));
  byId("asked").replaceChildren(element("table", {}, head, element("tbody", {}, ...rows)));
}
