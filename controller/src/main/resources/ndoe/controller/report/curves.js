(() => {
  "use strict";

  // Okabe–Ito, then the same dashed.
  const COLORS = ["#1b1f24", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
  const FONT = '12px system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';
  const HEIGHT = 340;

  const trouble = [];
  window.addEventListener("error", (event) => {
    trouble.push(event.message);
    document.documentElement.dataset.scriptErrors = trouble.length;
    const line = document.getElementById("trouble");
    line.textContent = "A chart could not be drawn (" + event.message + "). The CSV files hold its numbers.";
    line.hidden = false;
  });

  const axis = (label, size, more) => ({
    label, size, font: FONT, labelFont: FONT, labelSize: 20, labelGap: 2, stroke: "#57606a",
    grid: { stroke: "#eaeef2", width: 1 }, ticks: { stroke: "#d0d7de", width: 1, size: 5 }, ...more,
  });
  const short = (value) => (value == null ? "" : value.toPrecision(3));

  JSON.parse(document.getElementById("curves").textContent).forEach((chart, number) => {
    const place = document.querySelector('[data-chart="' + number + '"]');
    const longest = Math.max(...chart.series.map((line) => line.values.length));
    const rounds = Array.from({ length: longest }, (nothing, i) => i + 1);
    const data = chart.series.map((line) => rounds.map((round, i) => {
      const value = line.values[i];
      return value > 0 ? value : null;
    }));
    const width = () => Math.max(240, place.clientWidth);
    const plot = new uPlot({
      width: width(), height: HEIGHT,
      cursor: { drag: { x: false, y: false }, focus: { prox: 20 } },
      focus: { alpha: 0.25 },
      legend: { markers: { dash: (u, i) => (u.series[i].dash ? "dashed" : "solid") } },
      scales: { x: { time: false }, y: { distr: 3 } },
      axes: [
        axis("round", 30),
        axis(chart.quantity, 64, { values: (u, ticks) => ticks.map((tick) => (tick == null ? "" : String(tick))) }),
      ],
      series: [
        { label: "round", value: (u, value) => (value == null ? "" : "round " + value) },
        ...chart.series.map((line, i) => ({
          label: line.name, stroke: COLORS[i % COLORS.length], width: i === 0 ? 2.5 : 1.5,
          dash: i < COLORS.length ? undefined : i < 2 * COLORS.length ? [6, 4] : [2, 3],
          value: (u, value) => short(value), points: { show: false }, spanGaps: true,
        })),
      ],
    }, [rounds, ...data], place);
    plot.setLegend({ idx: null }, false);
    new ResizeObserver(() => {
      if (width() !== plot.width) plot.setSize({ width: width(), height: HEIGHT });
    }).observe(place);
  });
  document.documentElement.dataset.drawn = "true";
})();
