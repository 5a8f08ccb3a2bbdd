(() => {
  "use strict";

  // Okabe–Ito: one meaning per color on the whole page.
  const BLUE = "#0072b2"; // measured
  const SKY = "#56b4e9";
  const GREEN = "#009e73"; // envelope
  const VERMILLION = "#d55e00"; // limit of the network
  const PURPLE = "#cc79a7";
  const INK = "#1b1f24"; // plan
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

  const day = JSON.parse(document.getElementById("day").textContent);
  const charts = [];

  // Each interval is drawn from its start to just before the next one.
  const times = day.starts.flatMap((start, i) => [start, (day.starts[i + 1] ?? day.end) - 1e-3]);
  const steps = (values) => values.flatMap((value) => [value, value]);

  const two = (number) => String(number).padStart(2, "0");
  function clock(seconds) {
    const time = new Date(seconds * 1000);
    return two(time.getUTCHours()) + ":" + two(time.getUTCMinutes());
  }
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  function date(seconds) {
    const time = new Date(seconds * 1000);
    return time.getUTCDate() + " " + MONTHS[time.getUTCMonth()];
  }
  const oneDay = day.end - day.starts[0] <= 86400;

  function three(value) {
    if (value === 0 || Math.abs(value) < 0.0005) return "0";
    const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
    return minus(value.toFixed(Math.min(decimals, 3)));
  }
  const minus = (text) => text.replace("-", "\u2212");
  const kw = (u, value) => (value == null ? "" : three(value) + " kW");
  const pu = (u, value) => (value == null ? "" : value.toFixed(4) + " pu");
  function interval(u, value, series, index) {
    if (index == null) return "";
    const number = index >> 1;
    const from = day.starts[number];
    const to = day.starts[number + 1] ?? day.end;
    return (oneDay ? "" : date(from) + " ") + clock(from) + "–" + clock(to);
  }

  function axis(label, size, more) {
    return {
      label, size, font: FONT, labelFont: FONT, labelSize: 20, labelGap: 2, stroke: "#57606a",
      grid: { stroke: "#eaeef2", width: 1 }, ticks: { stroke: "#d0d7de", width: 1, size: 5 }, ...more,
    };
  }
  const timeAxis = () =>
    axis("local standard time", 28, {
      space: 44,
      incrs: [900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 604800],
      values: (u, ticks) => ticks.map((tick) =>
        oneDay ? clock(tick) : tick % 86400 === 0 ? date(tick) : clock(tick)),
    });
  const puAxis = () => axis("voltage, pu", 52, {
    values: (u, ticks, i, space, incr) => ticks.map((tick) => tick.toFixed(incr < 0.01 ? 3 : 2)),
  });
  const kwAxis = () => axis("net import, kW", 56, { values: (u, ticks) => ticks.map((tick) => minus(String(+tick.toFixed(6)))) });

  const legend = { markers: { dash: (u, number) => (u.series[number].dash ? "dashed" : "solid") } };

  function add(name, height, options, data) {
    const place = document.querySelector('[data-chart="' + name + '"]');
    if (place == null) return null;
    const width = () => Math.max(240, place.clientWidth);
    const chart = new uPlot({ width: width(), height, legend, ...options }, data, place);
    chart.setLegend({ idx: null }, false);
    new ResizeObserver(() => {
      if (width() !== chart.width) chart.setSize({ width: width(), height });
    }).observe(place);
    charts.push(chart);
    return chart;
  }

  const line = (label, stroke, width, value, more) =>
    ({ label, stroke, width, value, points: { show: false }, ...more });
  const time = { label: "interval", value: interval };
  const timeScale = { time: true, range: () => [day.starts[0], day.end] };
  const together = { sync: { key: "day", scales: ["x", null] }, drag: { x: false, y: false }, y: false };

  // Room around all values of a page, so that a view keeps its place when its content changes.
  function around(values, share) {
    const known = values.flat(3).filter((value) => value != null);
    const low = Math.min(...known), high = Math.max(...known);
    const room = (high - low || 1) * share;
    return [low - room, high + room];
  }

  function drawVoltage(voltage) {
    const [low, high] = voltage.limits;
    const range = around([voltage.lowest, voltage.highest, low, high], 0.06);
    const constant = (value) => times.map(() => value);
    add("voltage", 300, {
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: timeScale, y: { range: () => range } },
      axes: [timeAxis(), puAxis()],
      cursor: together,
      series: [
        time,
        line("highest bus", BLUE, 1, pu),
        line("median", BLUE, 2.5, pu),
        line("lowest bus", BLUE, 1, pu),
        line("upper limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
        line("lower limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
      ],
      bands: [{ series: [1, 3], fill: SKY + "59" }],
    }, [times, steps(voltage.highest), steps(voltage.median), steps(voltage.lowest), constant(high), constant(low)]);
  }

  function drawEnvelopes(prosumers) {
    const values = (p) => [p.import, p.export, p.planned, p.measured, 0];
    const ranges = prosumers.map((p) => around(values(p), 0.06));
    const common = around(ranges, 0);
    let same = false;
    const views = prosumers.map((p, number) => add("envelope-" + number, 240, {
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: timeScale, y: { range: () => (same ? common : ranges[number]) } },
      axes: [timeAxis(), kwAxis()],
      cursor: together,
      series: [
        time,
        line("import limit", GREEN, 1.5, kw),
        line("export limit", GREEN, 1.5, kw),
        ...(p.measured.some((value) => value != null) ? [line("measured", BLUE, 3, kw)] : []),
        line("planned", INK, 1.25, kw, { dash: [5, 4] }),
      ],
      bands: [{ series: [1, 2], fill: GREEN + "26" }],
      hooks: { drawAxes: [(u) => level(u, 0)] },
    }, [times, steps(p.import), steps(p.export),
      ...(p.measured.some((value) => value != null) ? [steps(p.measured)] : []), steps(p.planned)]));
    document.getElementById("same-scale")?.addEventListener("change", (event) => {
      same = event.target.checked;
      views.forEach((view) => view?.setData(view.data));
    });
  }

  function level(u, value) {
    const y = Math.round(u.valToPos(value, "y", true)) + 0.5;
    stroke(u, "#8c959f", 1, () => {
      u.ctx.moveTo(u.bbox.left, y);
      u.ctx.lineTo(u.bbox.left + u.bbox.width, y);
    });
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

  function drawDistance(distance, limits) {
    const select = document.getElementById("distance-interval");
    const range = around([distance.phases, limits], 0.06);
    const longest = Math.max(...distance.ohm) || 1;
    const dots = [BLUE, PURPLE, "#e69f00"];
    const single = distance.phases.length === 1;
    const spans = distance.buses.map((bus, b) => {
      const known = distance.phases.flatMap((phase) => phase.map((voltages) => voltages[b])).filter((v) => v != null);
      return [Math.min(...known), Math.max(...known)];
    });
    const now = (number) => [distance.ohm, ...distance.phases.map((phase) => phase[number]),
      distance.ohm.map(() => limits[1]), distance.ohm.map(() => limits[0])];
    const dot = (label, color) => ({
      label, stroke: color, width: 2, value: pu, paths: () => null,
      points: { show: true, size: 7, fill: color, stroke: color },
    });

    function behind(u) {
      const x = (b) => u.valToPos(distance.ohm[b], "x", true);
      const y = (value) => u.valToPos(value, "y", true);
      stroke(u, "#c3cad1", 3, () => spans.forEach(([low, high], b) => {
        if (Number.isFinite(low)) {
          u.ctx.moveTo(x(b), y(low));
          u.ctx.lineTo(x(b), y(high));
        }
      }));
      distance.phases.forEach((phase, p) => stroke(u, dots[p], 1, () => {
        const voltages = u.data[p + 1];
        distance.previous.forEach((a, b) => {
          if (a >= 0 && voltages[a] != null && voltages[b] != null) {
            u.ctx.moveTo(x(a), y(voltages[a]));
            u.ctx.lineTo(x(b), y(voltages[b]));
          }
        });
      }));
    }

    function names(u) {
      const context = u.ctx, pixel = devicePixelRatio;
      context.save();
      context.font = "600 " + 12 * pixel + "px " + FONT.slice(5);
      context.fillStyle = INK;
      context.textAlign = "center";
      const taken = [];
      distance.labels.forEach((label, b) => {
        const voltages = distance.phases.map((phase, p) => u.data[p + 1][b]).filter((v) => v != null);
        if (!label || voltages.length === 0) return;
        const voltage = Math.max(...voltages);
        const half = context.measureText(label).width / 2 + 3 * pixel;
        const x = Math.min(u.valToPos(distance.ohm[b], "x", true), u.bbox.left + u.bbox.width - half);
        const above = u.valToPos(voltage, "y", true) - 9 * pixel;
        const isFree = (y) => taken.every((t) => Math.abs(t.x - x) > t.half + half || Math.abs(t.y - y) > 14 * pixel);
        const y = [above, above + 27 * pixel, above - 14 * pixel, above + 41 * pixel].find(isFree) ?? above;
        taken.push({ x, y, half });
        context.fillText(label, x, y);
      });
      context.restore();
    }

    const view = add("distance", 340, {
      scales: { x: { time: false, range: () => [-0.02 * longest, 1.03 * longest] }, y: { range: () => range } },
      axes: [axis("Σ |R + jX| from the substation, Ω", 28, { space: 50 }), puAxis()],
      cursor: { drag: { x: false, y: false }, y: false },
      series: [
        { label: "bus", value: (u, value, series, index) => index == null ? "" : distance.buses[index] + ", " + three(value) + " Ω" },
        ...distance.phases.map((phase, p) => dot(single ? "voltage" : "phase " + (p + 1), dots[p])),
        line("upper limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
        line("lower limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
      ],
      hooks: { drawAxes: [behind], draw: [names] },
    }, now(Number(select.value)));
    select.addEventListener("change", () => view.setData(now(Number(select.value))));
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

  if (day.voltage) attempt(() => drawVoltage(day.voltage));
  attempt(() => drawEnvelopes(day.prosumers));
  if (day.distance) attempt(() => drawDistance(day.distance, day.voltage.limits));
  queueMicrotask(() => attempt(check));
})();
