// Horizontal bars with their numbers, for pages that put things side by side.
const Bars = (() => {
  "use strict";

  const { INK, FONT, minus, plain, axis, add } = Charts;

  const ROW = 27; // height of one bar with the room around it, px
  const LANE = 19; // of one bar beside others
  // Four digits stand together, as in the tables.
  function whole(value) {
    const text = Math.round(value).toString();
    return minus(Math.abs(value) < 9999.5 ? text : text.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f"));
  }
  const shown = (unit, digits) => (u, value) =>
    value == null ? "" : (digits === 0 ? whole(value) : minus(value.toFixed(digits))) + " " + unit;

  function labelWidth(labels) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = FONT;
    return Math.ceil(Math.max(...labels.map((label) => context.measureText(label).width))) + 14;
  }

  // From zero through all values, with room for the number at the end of a bar.
  function reach(values) {
    const known = values.flat().filter((value) => value != null);
    const low = Math.min(0, ...known), high = Math.max(0, ...known);
    const span = high - low || 1;
    return [low < 0 ? low - 0.22 * span : 0, high > 0 ? high + 0.22 * span : 0.05 * span];
  }

  // Where each series' bar begins and ends: side by side from zero, or one after the other.
  function ends(series, stacked) {
    const sums = series[0].values.map(() => ({ up: 0, down: 0 }));
    return series.map(({ values }) => values.map((value, i) => {
      if (value == null) return null;
      const side = value < 0 ? "down" : "up";
      const from = stacked ? sums[i][side] : 0;
      sums[i][side] = from + value;
      return [from, from + value];
    }));
  }

  // Horizontal bars, one row per label; the first label is on top.
  function bars(name, labels, series, { unit, digits, stacked = false, range }) {
    const spans = ends(series, stacked);
    const lanes = stacked ? 1 : series.length;
    const totals = labels.map((label, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
    const within = range ?? reach(stacked ? spans.flat(1).map((span) => span?.[1]) : series.map((s) => s.values));
    const value = shown(unit, digits);

    function draw(u) {
      const context = u.ctx, pixel = devicePixelRatio;
      const row = u.bbox.height / labels.length;
      const thick = Math.min((row * 0.72) / lanes, 18 * pixel);
      const x = (v) => u.valToPos(v, "y", true);
      context.save();
      context.font = 12 * pixel + "px " + FONT.slice(5);
      context.textBaseline = "middle";
      labels.forEach((label, i) => {
        const middle = u.valToPos(i, "x", true);
        spans.forEach((span, s) => {
          if (span[i] == null) return;
          const top = middle + (stacked ? -0.5 : s - lanes / 2) * thick;
          const [from, to] = span[i].map(x);
          context.fillStyle = series[s].color;
          context.fillRect(Math.min(from, to), top, Math.abs(to - from), thick - pixel);
          if (!stacked) number(span[i][1], to, top + thick / 2);
        });
        if (stacked) {
          const tips = spans.map((span) => span[i]?.[1] ?? 0);
          number(totals[i], x(totals[i] < 0 ? Math.min(...tips) : Math.max(...tips)), middle);
        }
      });
      context.fillStyle = "#8c959f";
      context.fillRect(x(0), u.bbox.top, pixel, u.bbox.height);
      context.restore();

      function number(v, end, y) {
        context.fillStyle = INK;
        context.textAlign = v < 0 ? "right" : "left";
        context.fillText(value(u, v).replace(" " + unit, ""), end + (v < 0 ? -4 : 4) * pixel, y);
      }
    }

    const height = labels.length * Math.max(ROW, lanes * LANE) + 54 + (series.length > 1 ? 0 : 6);
    add(name, Math.round(height), {
      scales: {
        x: { time: false, ori: 1, dir: -1, range: () => [-0.5, labels.length - 0.5] },
        y: { ori: 0, dir: 1, range: () => within },
      },
      axes: [
        axis(null, labelWidth(labels), {
          scale: "x", side: 3, labelSize: 0, ticks: { show: false }, grid: { show: false },
          splits: () => labels.map((label, i) => i), values: () => labels,
        }),
        axis(unit, 24, { scale: "y", side: 2, space: 52, values: plain }),
      ],
      legend: { show: series.length > 1 },
      cursor: { show: false },
      series: [
        { label: "", value: () => "" },
        ...series.map(({ label, color }) => ({
          label, stroke: color, fill: color, scale: "y", value, paths: () => null, points: { show: false },
        })),
      ],
      hooks: { draw: [draw] },
    }, [labels.map((label, i) => i), ...series.map(({ values }) => values)]);
  }

  const one = (label, color, values) => [{ label, color, values }];

  return { bars, reach, one };
})();

