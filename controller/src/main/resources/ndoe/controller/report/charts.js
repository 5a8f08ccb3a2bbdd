// What the scripts of all pages share: axes, lines, and telling what was drawn.
const Charts = (() => {
  "use strict";

  // Okabe–Ito: told apart by everybody.
  const BLUE = "#0072b2";
  const SKY = "#56b4e9";
  const GREEN = "#009e73";
  const ORANGE = "#e69f00";
  const VERMILLION = "#d55e00";
  const PURPLE = "#cc79a7";
  const INK = "#1b1f24";
  const FONT = '12px system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

  const root = document.documentElement;
  const trouble = [];
  window.addEventListener("error", (event) => report(event.message));

  function report(message) {
    trouble.push(message);
    root.dataset.scriptErrors = trouble.length;
    const line = document.getElementById("trouble");
    line.textContent = "A chart could not be drawn (" + message + "). The tables hold its numbers.";
    line.hidden = false;
  }

  const data = JSON.parse(document.getElementById("data").textContent);
  const charts = [];

  function three(value) {
    if (value === 0 || Math.abs(value) < 0.0005) return "0";
    const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
    return minus(value.toFixed(Math.min(decimals, 3)));
  }
  const minus = (text) => text.replace("-", "\u2212");
  const plain = (u, ticks) => ticks.map((tick) => (tick == null ? "" : minus(String(+tick.toFixed(6)))));

  function axis(label, size, more) {
    return {
      label, size, font: FONT, labelFont: FONT, labelSize: 20, labelGap: 2, stroke: "#57606a",
      grid: { stroke: "#eaeef2", width: 1 }, ticks: { stroke: "#d0d7de", width: 1, size: 5 }, ...more,
    };
  }

  const legend = { markers: { dash: (u, number) => (u.series[number].dash ? "dashed" : "solid") } };

  function add(name, height, options, data) {
    const place = document.querySelector('[data-chart="' + name + '"]');
    if (place == null) return null;
    const width = () => Math.max(240, place.clientWidth);
    const chart = new uPlot({ width: width(), height, legend, ...options }, data, place);
    chart.setLegend({ idx: null }, false);
    // In a frame of its own, since a new size may change the size of what is observed.
    new ResizeObserver(() => requestAnimationFrame(() => {
      if (width() !== chart.width) chart.setSize({ width: width(), height });
    })).observe(place);
    charts.push(chart);
    return chart;
  }

  const line = (label, stroke, width, value, more) =>
    ({ label, stroke, width, value, points: { show: false }, ...more });

  // Room around all values of a page, so that a view keeps its place when its content changes.
  function around(values, share) {
    const known = values.flat(3).filter((value) => value != null);
    const low = Math.min(...known), high = Math.max(...known);
    const room = (high - low || 1) * share;
    return [low - room, high + room];
  }

  function stroke(u, color, width, path) {
    const context = u.ctx;
    context.save();
    context.beginPath();
    context.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    context.clip();
    context.beginPath();
    context.strokeStyle = color;
    context.lineWidth = width * devicePixelRatio;
    path();
    context.stroke();
    context.restore();
  }

  // Says on the root element what was drawn, for readers that cannot look.
  function check() {
    const drawn = charts.filter((chart) => {
      const canvas = chart.ctx.canvas;
      const pixels = chart.ctx.getImageData(0, 0, canvas.width, canvas.height).data;
      const colors = new Set();
      for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i + 3] > 0) colors.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
      }
      return colors.size > 3;
    });
    root.dataset.chartsDrawn = drawn.length;
    root.dataset.chartsWanted = document.querySelectorAll("[data-chart]").length;
    root.dataset.scriptErrors = trouble.length;
  }

  function attempt(draw) {
    try {
      draw();
    } catch (error) {
      report(error.message);
      console.error(error);
    }
  }

  function drawAll(drawings) {
    drawings.forEach(attempt);
    queueMicrotask(() => attempt(check));
  }

  return {
    BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE, INK, FONT,
    data, three, minus, plain, axis, add, line, around, stroke, drawAll,
  };
})();

