// The live page: a snapshot, then what is new.
import { apply, begin, kinds, model, shown, timeOf, view } from "./model.js";
import { byId, clock, date, element, kw, percent, plain, pu, wall } from "./words.js";
import { calmly, soon } from "./frames.js";
import * as controls from "./controls.js";
import * as diagram from "./diagram.js";
import * as fleet from "./fleet.js";
import * as negotiation from "./negotiation.js";
import * as profile from "./profile.js";
import * as prosumers from "./prosumers.js";

const PHASES = { begins: ["wait", "beginning"], negotiates: ["wait", "negotiating"], judges: ["wait", "being judged"], certified: ["good", "✓ certified"], refused: ["bad", "✕ not certified"], runs: ["good", "✓ running"], ended: ["wait", "ended"] };
let source = null;

// The address bar shall not show the secret.
history.replaceState(null, "", "/");

function chip(place, look, text) {
  place.className = "chip " + look;
  if (place.textContent !== text) place.textContent = text;
}

function header() {
  const { run, phase, step, pace } = model.state;
  byId("name").textContent = run.name;
  byId("folder").textContent = run.folder;
  document.title = run.name + " – NDOE live";
  const [look, word] = PHASES[phase.name] ?? ["wait", phase.name];
  const held = pace?.ready && pace.paused && phase.name === "runs";
  chip(byId("phase"), held ? "wait" : look, held ? "‖ held: setpoints stay" : word + (phase.text ? ": " + phase.text : ""));
  byId("clock").textContent = step ? `${interval(step.t)} · step ${step.t + 1} of ${step.of}` : "";
}

function interval(t) {
  const many = model.state.run.intervals * model.state.run.minutes > 1440;
  return (many ? date(timeOf(t)) + " " : "") + clock(timeOf(t)) + "–" + clock(timeOf(t + 1));
}

function figures() {
  const { feeder, measured, rounds, devices, violations } = model.state, t = shown(), grid = model.grids.get(t);
  const known = (list) => (list ?? []).filter((value) => value != null);
  const low = known(grid?.low), high = known(grid?.high ?? grid?.low), loading = known(grid?.loading);
  const net = measured.map((list) => list[t]).filter((value) => value != null);
  const inside = prosumers.inside(), bad = fleet.doubtful();
  const rows = [
    ["Voltage", low.length ? `${Math.min(...low).toFixed(3)}–${Math.max(...high).toFixed(3)}` : "–", `pu, limits ${feeder.low.toFixed(2)}–${feeder.high.toFixed(2)}`],
    ["Highest line loading", loading.length ? percent(Math.max(...loading)) : "–", loading.length ? "of its rating" : "not known"],
    ["Prosumers together", net.length ? kw(net.reduce((sum, value) => sum + value, 0)) : "–", "net import"],
    ["Inside their envelope", net.length ? `${inside.good} of ${inside.all}` : "–", violations.length ? `${violations.length} limits broken so far` : "no limit broken so far"],
    ["Devices", devices.length ? `${devices.length - bad} of ${devices.length}` : "–", "answer and confirm"],
    ["Negotiation", rounds.length ? `${rounds.at(-1).n} rounds` : "–", rounds.length ? `${plain(rounds.at(-1).envelope)} kW apart` : ""],
  ];
  const place = byId("figures");
  if (place.children.length !== rows.length) {
    place.replaceChildren(...rows.map(([name]) => element("div", {}, element("dt", {}, name), element("dd", {}, "", element("small")))));
  }
  rows.forEach(([, value, more], i) => {
    const dd = place.children[i].lastChild;
    if (dd.firstChild.nodeValue !== value) dd.firstChild.nodeValue = value;
    if (dd.lastChild.textContent !== more) dd.lastChild.textContent = more;
  });
}

function timeSlider() {
  const slider = byId("time");
  slider.max = Math.max(0, model.last);
  slider.disabled = model.last < 0;
  slider.value = Math.max(0, shown());
  const text = model.last < 0 ? "–" : interval(shown());
  byId("shown").textContent = text;
  slider.setAttribute("aria-valuetext", text);
  byId("now").setAttribute("aria-pressed", view.t == null);
}

let eventsShown = 0;
function events() {
  const list = model.state.events, place = byId("events");
  if (list.length === 0) return;
  const atEnd = place.scrollTop < 8;
  if (eventsShown === 0) place.replaceChildren();
  for (const event of list.slice(Math.max(0, list.length - (list.total - eventsShown)))) {
    const who = event.device && !event.text.startsWith(event.device) ? event.device + " " : "";
    place.prepend(element("p", { class: event.severity }, element("time", {}, wall(event.at)),
      event.severity === "info" ? "" : event.severity + ": ", who + event.text));
  }
  eventsShown = list.total;
  while (place.children.length > 200) place.lastChild.remove();
  if (atEnd) place.scrollTop = 0;
}

const WORK = {
  header, figures, timeSlider, events, controls: controls.update, diagram: diagram.update, profile: profile.update,
  rounds: negotiation.update, fleet: fleet.update, prosumers: () => prosumers.update(),
};
const AFTER = {
  phase: ["header", "controls", "fleet"], step: ["header"], pace: ["header", "controls"], negotiation: ["rounds", "figures"], round: ["rounds", "figures"],
  envelopes: ["prosumers", "rounds"], prices: ["rounds"], devices: ["fleet", "figures"], setpoints: ["fleet"], readings: ["fleet", "prosumers", "figures"],
  grid: ["diagram", "profile", "timeSlider", "figures", "prosumers"], violation: ["figures"], renewal: ["rounds"], event: ["events"],
};
// What is large or only changes words is not drawn for every message.
const CALM = { fleet: 500, figures: 200, rounds: 200, profile: 100 };
const redraw = (names) => names.forEach((name) => (CALM[name] ? calmly(name, CALM[name], WORK[name]) : soon(name, WORK[name])));

function look(t) {
  view.t = t;
  redraw(["timeSlider", "diagram", "profile", "figures", "prosumers"]);
}

function choose(n) {
  view.point = n;
  redraw(["diagram", "rounds", "prosumers"]);
}

async function connect() {
  source?.close();
  source = null;
  try {
    const answer = await fetch("/state");
    if (!answer.ok) throw new Error((await answer.text()).trim());
    const state = await answer.json();
    state.events.total = state.events.length;
    begin(state);
    eventsShown = 0;
    byId("events").replaceChildren(element("p", { class: "absent" }, "Nothing so far."));
    redraw(Object.keys(WORK));
    listen(state.id);
  } catch (error) {
    chip(byId("link"), "bad", "✕ no connection");
    setTimeout(connect, 3000);
  }
}

function listen(id) {
  source = new EventSource("/events?after=" + encodeURIComponent(id));
  source.onopen = () => chip(byId("link"), "good", "✓ live");
  source.onerror = () => {
    const over = model.state.phase.name === "ended";
    chip(byId("link"), over ? "wait" : "bad", over ? "the run’s process has ended" : "… reconnecting");
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
  source.addEventListener("reset", connect);
  for (const kind of kinds) {
    source.addEventListener(kind, (event) => {
      apply(kind, JSON.parse(event.data));
      if (kind === "event") model.state.events.total++;
      redraw(AFTER[kind]);
    });
  }
}

byId("time").addEventListener("input", (event) => {
  const t = Number(event.target.value);
  look(t >= model.last ? null : t);
});
byId("now").addEventListener("click", () => look(null));
setInterval(() => { if (model.state) redraw(["fleet"]); }, 1000);
controls.start();
diagram.start(choose);
profile.start();
prosumers.start(choose);
negotiation.start(choose);
connect();
