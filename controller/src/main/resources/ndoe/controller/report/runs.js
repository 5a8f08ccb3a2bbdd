(() => {
  "use strict";

  const { BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE, INK, three, plain, axis, line, add, around, drawAll } = Charts;
  const { bars } = Bars;
  const { runs, currency, cost, prosumers, area, voltage, rounds, envelopes } = Charts.data;

  // Each color solid, then dashed, then dotted; the first run is what the others are held against.
  const COLORS = [INK, BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY];
  const DASHES = [undefined, [6, 4], [2, 3]];
  const wide = (i) => (i === 0 ? 4 : 1.75); // so that a line on top of the first one shows
  const short = (label) => (label.length > 18 ? label.slice(0, 17) + "\u2026" : label);
  const look = (i) => ({ dash: DASHES[Math.floor(i / COLORS.length) % DASHES.length] });
  const color = (i) => COLORS[i % COLORS.length];

  const shown = (unit) => (u, value) => (value == null ? "" : three(value) + " " + unit);
  const still = { drag: { x: false, y: false }, y: false };
  const hour = { label: "hour", value: (u, value) => (value == null ? "" : three(value) + " h") };
  const hourAxis = () => axis("hours from the beginning", 28, { space: 44, values: plain });

  // One table of times and values per line, put together over all times.
  const joined = (lines) => uPlot.join(lines.map(({ hours, values }) => [hours, values]));
  const steps = (hours, length, values) => ({
    hours: hours.flatMap((from) => [from, from + length - 1e-6]),
    values: values.flatMap((value) => [value, value]),
  });

  function drawVoltage() {
    const lines = voltage.flatMap((run) => [
      steps(run.hours, run.length, run.highest), steps(run.hours, run.length, run.lowest)]);
    const [low, high] = voltage[0].limits;
    const range = around([lines.map(({ values }) => values), low, high], 0.06);
    const data = joined(lines);
    const pu = (u, value) => (value == null ? "" : value.toFixed(4) + " pu");
    add("voltage", 300, {
      scales: { x: { time: false }, y: { range: () => range } },
      axes: [hourAxis(), axis("voltage, pu", 52, { values: (u, ticks) => ticks.map((tick) => tick.toFixed(3)) })],
      cursor: still,
      series: [
        hour,
        ...voltage.flatMap((run) => ["highest, ", "lowest, "].map((what) =>
          line(what + runs[run.run], color(run.run), wide(run.run), pu, look(run.run)))),
        line("upper limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
        line("lower limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
      ],
    }, [...data, data[0].map(() => high), data[0].map(() => low)]);
  }

  function drawRounds() {
    const kw = shown("kW");
    const positive = (values) => values.map((value) => (value > 0 ? value : null));
    const data = joined(rounds.map((run) => ({ hours: run.number, values: positive(run.mismatch) })));
    add("rounds", 300, {
      scales: { x: { time: false }, y: { distr: 3 } },
      axes: [axis("round", 28), axis("offers and requests apart, kW", 60, { values: plain })],
      cursor: still,
      series: [
        { label: "round", value: (u, value) => (value == null ? "" : "round " + value) },
        ...rounds.map((run) => line(runs[run.run], color(run.run), wide(run.run), kw, { ...look(run.run), spanGaps: true })),
      ],
    }, data);
  }

  function drawEnvelope(number) {
    const kw = shown("kW");
    const lines = envelopes[number].flatMap((run) => [
      steps(run.hours, run.length, run.import), steps(run.hours, run.length, run.export)]);
    const range = around([lines.map(({ values }) => values), 0], 0.06);
    add("envelope-" + number, 240, {
      scales: { x: { time: false }, y: { range: () => range } },
      axes: [hourAxis(), axis("limits of net import, kW", 56, { values: plain })],
      cursor: still,
      series: [
        hour,
        ...envelopes[number].flatMap((run) => ["import, ", "export, "].map((what) =>
          line(what + runs[run.run], color(run.run), wide(run.run), kw, look(run.run)))),
      ],
    }, joined(lines));
  }

  drawAll([
    () => cost && bars("cost", runs.map(short), [
      { label: "prosumers", color: SKY, values: cost.prosumers },
      { label: "network", color: VERMILLION, values: cost.network },
    ], { unit: currency, digits: 0, stacked: true }),
    () => prosumers.length > 0 && bars("area", prosumers.map(short),
      runs.map((label, i) => ({ label, color: color(i), values: area[i] })), { unit: "kWh", digits: 0 }),
    () => voltage.length > 0 && drawVoltage(),
    () => rounds.length > 0 && drawRounds(),
    ...envelopes.map((runsOf, number) => () => drawEnvelope(number)),
  ]);
})();
