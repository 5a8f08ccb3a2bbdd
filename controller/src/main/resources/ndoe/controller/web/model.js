// What is known of the run, and what of it is being looked at.
export const model = { state: null, grids: new Map(), devices: new Map(), last: -1, skew: 0 };
export const view = { t: null, point: 0, round: null };

export function begin(state) {
  model.state = state;
  index(state.devices);
  model.grids = new Map(state.grid.map((grid) => [grid.t, grid]));
  model.last = state.grid.reduce((last, grid) => Math.max(last, grid.t), -1);
  model.skew = state.now - Date.now();
  view.point = Math.min(view.point, Math.max(0, state.prosumers.length - 1));
}

// The interval that is looked at; -1 before the first.
export const shown = () => view.t ?? model.last;
export const timeOf = (t) => model.state.run.start + t * model.state.run.minutes * 60;
export const serverNow = () => Date.now() + model.skew;
const index = (devices) => { model.devices = new Map(devices.map((one) => [one.id, one])); };

const take = {
  phase: (news) => { model.state.phase = news; },
  step: (news) => { model.state.step = news; },
  pace: (news) => { model.state.pace = news; },
  negotiation: (news) => {
    Object.assign(model.state, { rounds: [], asked: [], negotiatedFrom: news.from });
  },
  round: (news) => {
    if (news.asked) model.state.asked = news.asked;
    delete news.asked;
    model.state.rounds.push(news);
  },
  envelopes: (news) => { model.state.points = news; },
  prices: (news) => { model.state.prices = news; },
  devices: (news) => {
    model.state.devices = news;
    index(news);
  },
  setpoints: (news) => news.forEach((setpoint) => {
    const to = model.devices.get(setpoint.id);
    if (to) to.setpoint = setpoint;
  }),
  readings: (news) => {
    for (const [point, t, value] of news.points) {
      const list = model.state.measured[point];
      while (list.length <= t) list.push(null);
      list[t] = value;
    }
    for (const reading of news.devices) {
      const of = model.devices.get(reading.id);
      if (of) of.reading = reading;
    }
  },
  grid: (news) => {
    model.grids.set(news.t, news);
    model.last = Math.max(model.last, news.t);
  },
  violation: (news) => { model.state.violations.push(news); },
  renewal: (news) => { model.state.renewals.push(news); },
  event: (news) => {
    model.state.events.push(news);
    if (model.state.events.length > 200) model.state.events.shift();
  },
};
export const kinds = Object.keys(take);
export const apply = (kind, news) => take[kind](news);
