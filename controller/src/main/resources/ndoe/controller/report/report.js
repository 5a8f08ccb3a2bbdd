(() => {
  "use strict";

  // One meaning per color on the whole page.
  const { BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE, INK, FONT } = Charts;
  // measured BLUE, envelope GREEN, limit of the network VERMILLION, plan INK
  const { three, minus, plain, axis, add, line, around, stroke } = Charts;
  const day = Charts.data;

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

  const kw = (u, value) => (value == null ? "" : three(value) + " kW");
  const pu = (u, value) => (value == null ? "" : value.toFixed(4) + " pu");
  function interval(u, value, series, index) {
    if (index == null) return "";
    const number = index >> 1;
    const from = day.starts[number];
    const to = day.starts[number + 1] ?? day.end;
    return (oneDay ? "" : date(from) + " ") + clock(from) + "–" + clock(to);
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
  const kwAxis = () => axis("net import, kW", 56, { values: plain });

  const utc = (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC");
  const time = { label: "interval", value: interval };
  const timeScale = { time: true, range: () => [day.starts[0], day.end] };
  const together = { sync: { key: "day", scales: ["x", null] }, drag: { x: false, y: false }, y: false };

  function drawVoltage(voltage) {
    const [low, high] = voltage.limits;
    const range = around([voltage.lowest, voltage.highest, low, high], 0.06);
    const constant = (value) => times.map(() => value);
    add("voltage", 300, {
      tzDate: utc,
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
      tzDate: utc,
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

  function drawDistance(distance, limits) {
    const select = document.getElementById("distance-interval");
    const range = around([distance.phases, limits], 0.06);
    const longest = Math.max(...distance.ohm) || 1;
    const colors = [BLUE, PURPLE, ORANGE];
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
      distance.phases.forEach((phase, p) => stroke(u, colors[p], 1, () => {
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
        ...distance.phases.map((phase, p) => dot(single ? "voltage" : "phase " + (p + 1), colors[p])),
        line("upper limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
        line("lower limit", VERMILLION, 1.5, pu, { dash: [7, 4] }),
      ],
      hooks: { drawAxes: [behind], draw: [names] },
    }, now(Number(select.value)));
    select.addEventListener("change", () => view.setData(now(Number(select.value))));
  }

  // Blue at the lower limit, white between, vermillion at the upper one.
  function heat(voltage, [low, high]) {
    const middle = (low + high) / 2;
    const share = Math.min(1, Math.abs(voltage - middle) / (high - middle));
    const end = voltage < middle ? [0, 114, 178] : [213, 94, 0];
    return "rgb(" + [246, 248, 250].map((white, i) => Math.round(white + (end[i] - white) * share)).join() + ")";
  }

  // The phase that is furthest from the middle stands for its bus.
  function worst(distance, number, b, [low, high]) {
    const known = distance.phases.map((phase) => phase[number][b]).filter((value) => value != null);
    const off = (value) => Math.abs(value - (low + high) / 2);
    return known.length === 0 ? null : known.reduce((a, value) => (off(value) > off(a) ? value : a));
  }

  function drawHeat(distance, limits) {
    const count = distance.buses.length;
    const value = document.getElementById("heat-value");
    const middles = distance.buses.map((bus, b) => b);
    const short = (name) => (name.length > 10 ? name.slice(0, 9) + "\u2026" : name);
    const number = (time) => day.starts.findIndex((start, i) => time >= start && time < (day.starts[i + 1] ?? day.end));

    function cells(u) {
      const context = u.ctx;
      context.save();
      day.starts.forEach((start, i) => {
        const left = u.valToPos(start, "x", true);
        const right = u.valToPos(day.starts[i + 1] ?? day.end, "x", true);
        distance.buses.forEach((bus, b) => {
          const voltage = worst(distance, i, b, limits);
          if (voltage == null) return;
          const top = u.valToPos(b - 0.5, "y", true), bottom = u.valToPos(b + 0.5, "y", true);
          context.fillStyle = heat(voltage, limits);
          context.fillRect(left, top, right - left + 0.5, bottom - top + 0.5);
          if (voltage < limits[0] || voltage > limits[1]) cross(context, left, top, right, bottom);
        });
      });
      context.restore();
    }

    function cross(context, left, top, right, bottom) {
      context.strokeStyle = INK;
      context.lineWidth = devicePixelRatio;
      context.beginPath();
      context.moveTo(left, top);
      context.lineTo(right, bottom);
      context.moveTo(left, bottom);
      context.lineTo(right, top);
      context.stroke();
    }

    function tell(u) {
      const b = Math.round(u.posToVal(u.cursor.top, "y"));
      const i = number(u.posToVal(u.cursor.left, "x"));
      const known = u.cursor.left >= 0 && i >= 0 && distance.buses[b] != null;
      const voltage = known ? worst(distance, i, b, limits) : null;
      value.textContent = voltage == null ? "" :
        "bus " + distance.buses[b] + ", " + interval(u, null, null, 2 * i) + ": " + pu(u, voltage);
    }

    add("heat", Math.min(680, Math.max(160, 14 * count)) + 58, {
      tzDate: utc,
      scales: { x: timeScale, y: { dir: -1, range: () => [-0.5, count - 0.5] } },
      axes: [timeAxis(), axis("bus", 62, {
        grid: { show: false },
        splits: (u) => {
          const every = Math.max(1, Math.ceil((13 * devicePixelRatio * count) / u.bbox.height));
          return middles.filter((b) => b % every === 0);
        },
        values: (u, splits) => splits.map((b) => short(distance.buses[b] ?? "")),
      })],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      series: [time, { label: "voltage", paths: () => null, points: { show: false } }],
      hooks: { draw: [cells], setCursor: [tell] },
    }, [times, times.map((t, i) => i % Math.max(1, count))]);
  }

  function drawDevices(devices) {
    const select = document.getElementById("device-choice");
    if (select == null) return;
    const now = (number) => [times, steps(devices[number].told), steps(devices[number].measured)];
    const view = add("device", 240, {
      tzDate: utc,
      scales: { x: timeScale, y: { range: (u) => around([u.data[1], u.data[2], 0], 0.08) } },
      axes: [timeAxis(), axis("injection, kW", 56, { values: plain })],
      cursor: together,
      ...level0,
      series: [
        time,
        line("told", GREEN, 1.5, kw, { dash: [7, 4] }),
        line("measured", BLUE, 2.5, kw),
      ],
    }, now(0));
    select.addEventListener("change", () => view.setData(now(Number(select.value))));
  }

  const roundAxis = () => axis("round", 28, { space: 40, incrs: [1, 2, 5, 10, 20, 50, 100] });
  const roundScale = (rounds) => ({ time: false, range: () => around([rounds.number], 0.02) });
  const roundNumber = { label: "round", value: (u, value) => (value == null ? "" : "round " + value) };
  const dots = { points: { show: true, size: 5 } };
  const level0 = { hooks: { drawAxes: [(u) => level(u, 0)] } };

  function drawConvergence(rounds) {
    const positive = (values) => values.map((value) => (value > 0 ? value : null));
    const tolerance = rounds.tolerance == null ? [] : [rounds.number.map(() => rounds.tolerance)];
    add("convergence", 280, {
      scales: { x: roundScale(rounds), y: { distr: 3 } },
      axes: [roundAxis(), axis("largest difference, kW", 56, { values: plain })],
      cursor: { drag: { x: false, y: false }, y: false },
      series: [
        roundNumber,
        line("offers and requests", BLUE, 2, kw, dots),
        line("plans and trades", ORANGE, 2, kw, { ...dots, dash: [2, 3] }),
        ...tolerance.map(() => line("tolerance", INK, 1.25, kw, { dash: [7, 4] })),
      ],
    }, [rounds.number, positive(rounds.envelope), positive(rounds.balance), ...tolerance]);
  }

  function drawObjective(rounds) {
    const money = (u, value) => (value == null ? "" : minus(value.toFixed(2)) + " " + day.currency);
    const known = ["lower", "upper"].filter((bound) => rounds[bound] != null);
    // The first rounds are far off and would hide how close the last ones are.
    const late = rounds.objective.slice(Math.floor(rounds.objective.length / 3));
    const range = around([late, known.map((bound) => rounds[bound])], 0.08);
    const styles = { lower: ["lower bound", GREEN, [7, 4]], upper: ["agreed", VERMILLION, [2, 3]] };
    add("objective", 280, {
      scales: { x: roundScale(rounds), y: { range: () => range } },
      axes: [roundAxis(), axis("objective, " + day.currency + " (first rounds cut off)", 64, { values: plain })],
      cursor: { drag: { x: false, y: false }, y: false },
      series: [
        roundNumber,
        line("objective", BLUE, 2, money, dots),
        ...known.map((bound) => line(styles[bound][0], styles[bound][1], 1.5, money, { dash: styles[bound][2] })),
      ],
    }, [rounds.number, rounds.objective, ...known.map((bound) => rounds.number.map(() => rounds[bound]))]);
  }

  function drawTrades(trades) {
    const range = [0, Math.max(1, ...trades) * 1.06];
    add("trades", 220, {
      tzDate: utc,
      scales: { x: timeScale, y: { range: () => range } },
      axes: [timeAxis(), axis("traded, kW", 56, { values: plain })],
      cursor: together,
      series: [time, line("traded", BLUE, 2, kw, { fill: SKY + "40" })],
    }, [times, steps(trades)]);
  }

  const perKwh = (u, value) => (value == null ? "" : three(value) + " " + day.currency + "/kWh");
  const priceAxis = () => axis(day.currency + "/kWh", 58, { values: plain });

  function drawEnergyPrices(prices) {
    const range = around([Object.values(prices)], 0.06);
    add("energy-prices", 260, {
      tzDate: utc,
      scales: { x: timeScale, y: { range: () => range } },
      axes: [timeAxis(), priceAxis()],
      cursor: together,
      series: [
        time,
        line("retailer asks", VERMILLION, 1.5, perKwh, { dash: [7, 4] }),
        line("highest", BLUE, 1, perKwh),
        line("mean", BLUE, 2.5, perKwh),
        line("lowest", BLUE, 1, perKwh),
        line("retailer pays", INK, 1.5, perKwh, { dash: [2, 3] }),
      ],
      bands: [{ series: [2, 4], fill: SKY + "59" }],
    }, [times, ...["buy", "highest", "mean", "lowest", "sell"].map((name) => steps(prices[name]))]);
  }

  function drawLimitPrices(name, limit) {
    const range = around([Object.values(limit), 0], 0.06);
    add(name, 260, {
      tzDate: utc,
      scales: { x: timeScale, y: { range: () => range } },
      axes: [timeAxis(), priceAxis()],
      cursor: together,
      ...level0,
      series: [
        time,
        line("price", INK, 2.5, perKwh),
        line("voltage", BLUE, 1.5, perKwh),
        line("line limits", VERMILLION, 1.5, perKwh, { dash: [7, 4] }),
        line("free room", GREEN, 1.5, perKwh, { dash: [2, 3] }),
        line("connection", PURPLE, 1.5, perKwh, { dash: [10, 3, 2, 3] }),
      ],
    }, [times, ...["price", "voltage", "thermal", "freedom", "connection"].map((part) => steps(limit[part]))]);
  }

  Charts.drawAll([
    () => day.voltage && drawVoltage(day.voltage),
    () => day.distance && drawHeat(day.distance, day.voltage.limits),
    () => drawEnvelopes(day.prosumers),
    () => drawDevices(day.devices),
    () => day.distance && drawDistance(day.distance, day.voltage.limits),
    () => day.rounds && drawConvergence(day.rounds),
    () => day.rounds && drawObjective(day.rounds),
    () => day.trades && drawTrades(day.trades),
    () => day.prices && drawEnergyPrices(day.prices),
    () => day.limits && drawLimitPrices("import-prices", day.limits.import),
    () => day.limits && drawLimitPrices("export-prices", day.limits.export),
  ]);
})();
