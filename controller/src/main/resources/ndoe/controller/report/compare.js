(() => {
  "use strict";

  const { BLUE, SKY, ORANGE, VERMILLION } = Charts;
  const { bars, reach, one } = Bars;
  const { cases, prosumers, currency, cost, energy, broken, area, saving } = Charts.data;

  // One picture per case with a bar per prosumer, all of them on one scale.
  function small(name, color, table, format) {
    const range = reach(table);
    return table.map((values, number) => () =>
      bars(name + "-" + number, prosumers, one(cases[number], color, values), { ...format, range }));
  }

  Charts.drawAll([
    () => bars("cost", cases, [
      { label: "prosumers", color: SKY, values: cost.prosumers },
      { label: "network", color: VERMILLION, values: cost.network },
    ], { unit: currency, digits: 0, stacked: true }),
    () => bars("peer-energy", cases, one("P2P energy", BLUE, energy.peer), { unit: "kWh", digits: 0 }),
    () => bars("curtailed", cases, one("curtailed", ORANGE, energy.curtailed), { unit: "kWh", digits: 0 }),
    ...["dispatches", "corners", "random"].map((point) => () =>
      bars("broken-" + point, cases, one("limits broken", VERMILLION, broken[point]), { unit: "limits broken", digits: 0 })),
    ...small("area", BLUE, area, { unit: "MWh", digits: 1 }),
    ...small("saving", ORANGE, saving ?? [], { unit: currency, digits: 0 }),
  ]);
})();
