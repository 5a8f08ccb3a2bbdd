(() => {
  "use strict";

  const { BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE, INK, axis, line, add } = Charts;

  // Each color solid, then dashed, then dotted; the first curve is what the others are held against.
  const COLORS = [INK, BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY];
  const DASHES = [undefined, [6, 4], [2, 3]];

  const digits = (u, value) => (value == null ? "" : value.toPrecision(3));
  const powers = (u, ticks) => ticks.map((tick) => (tick == null ? "" : String(tick)));

  function draw(chart, number) {
    const longest = Math.max(...chart.series.map((curve) => curve.values.length));
    const rounds = Array.from({ length: longest }, (nothing, i) => i + 1);
    add(String(number), 340, {
      scales: { x: { time: false }, y: { distr: 3 } },
      axes: [axis("round", 30), axis(chart.quantity, 64, { values: powers })],
      cursor: { drag: { x: false, y: false }, focus: { prox: 20 } },
      focus: { alpha: 0.25 },
      series: [
        { label: "round", value: (u, value) => (value == null ? "" : "round " + value) },
        ...chart.series.map((curve, i) =>
          line(curve.name, COLORS[i % COLORS.length], i === 0 ? 2.5 : 1.5, digits, {
            dash: DASHES[Math.floor(i / COLORS.length) % DASHES.length], spanGaps: true,
          })),
      ],
    }, [rounds, ...chart.series.map((curve) => rounds.map((round, i) =>
      curve.values[i] > 0 ? curve.values[i] : null))]);
  }

  Charts.drawAll(Charts.data.map((chart, number) => () => draw(chart, number)));
})();
