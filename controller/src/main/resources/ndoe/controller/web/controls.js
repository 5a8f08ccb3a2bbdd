// What may be done to the run; every answer is said.
import { model } from "./model.js";
import { byId, element, spaced } from "./words.js";

const answer = (text) => { byId("answer").textContent = text; };

async function ask(action, asked, done) {
  try {
    const response = await fetch("/control/" + action, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked),
    });
    answer(response.ok ? done : "Not done: " + (await response.text()).trim());
  } catch (error) {
    answer("Not done: the run does not answer.");
  }
}

export function start() {
  byId("pause").addEventListener("click", () => (model.state.pace?.paused
    ? ask("resume", {}, "The day goes on.")
    : ask("pause", {}, "Held from the end of what is under way: setpoints stay and are renewed.")));
  byId("once").addEventListener("click", () => ask("step", {}, "One interval, then held again."));
  byId("speed").addEventListener("change", (event) =>
    ask("speed", { factor: event.target.value ? Number(event.target.value) : null }, "Speed changed."));
  const stop = byId("stop-dialog");
  byId("stop").addEventListener("click", () => { byId("reason").value = ""; stop.returnValue = ""; stop.showModal(); });
  stop.addEventListener("close", () => {
    if (stop.returnValue === "yes") ask("stop", { reason: byId("reason").value }, "Emergency stop engaged.");
  });
  const fault = byId("break-dialog");
  byId("break").addEventListener("click", () => { fill(); fault.returnValue = ""; fault.showModal(); });
  byId("break-device").addEventListener("change", faults);
  fault.addEventListener("close", () => {
    if (fault.returnValue !== "yes") return;
    const device = byId("break-device").value, word = byId("break-fault").value, minutes = Number(byId("break-minutes").value);
    ask("fault", { device, fault: word, minutes }, `${device}: ${spaced(word)} for ${minutes} simulated minutes.`);
  });
}

function fill() {
  const before = byId("break-device").value, all = Object.keys(model.state.pace?.faults ?? {});
  byId("break-device").replaceChildren(...all.map((id) => element("option", { value: id }, id)));
  if (all.includes(before)) byId("break-device").value = before;
  faults();
}
function faults() {
  const words = model.state.pace?.faults?.[byId("break-device").value] ?? [];
  byId("break-fault").replaceChildren(...words.map((word) => element("option", { value: word }, spaced(word))));
}

export function update() {
  const { control, pace, phase } = model.state, ready = Boolean(pace?.ready) && phase.name !== "ended";
  byId("controls").hidden = !control;
  byId("only").hidden = control;
  byId("stopped").hidden = !pace?.stopped;
  byId("pause").textContent = pace?.paused ? "Resume" : "Pause";
  byId("pause").disabled = byId("once").disabled = !ready;
  byId("break").disabled = !ready || Object.keys(pace?.faults ?? {}).length === 0;
  byId("speed").disabled = !ready || Boolean(pace?.fixedSpeed);
  byId("speed").title = pace?.fixedSpeed ?? "";
  byId("speed").options[0].hidden = ready && !pace.leaping;
  byId("stop").disabled = phase.name === "ended" || Boolean(pace?.stopped);
}
