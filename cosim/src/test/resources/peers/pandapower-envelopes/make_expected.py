"""Solves the corners of the reference day's envelopes with pandapower.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python make_expected.py

Reads the reference scenario and its profiles in feeders/ieee33, and envelopes.csv and dso-assets.csv
beside it. Writes voltages.csv, lines.csv and losses.csv. See README.md.
"""

import csv
import gzip
from pathlib import Path

import pandapower
import pandapower.networks
import yaml

VERSION = "3.5.6"
HERE = Path(__file__).resolve().parent
SCENARIO = HERE.parents[5] / "feeders" / "ieee33" / "ieee33-improved.yaml"


def rows(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def hourly_means(path, column):
    """Mean of each hour, as a fraction of the column's maximum over the file."""
    quarters, largest = {}, 0.0
    for row in rows(path):
        value = float(row[column])
        largest = max(largest, value)
        quarters.setdefault(row["time"][:13] + ":00", []).append(value)
    return {hour: sum(values) / len(values) / largest for hour, values in quarters.items()}


def exchange(corner, envelopes):
    """Net injection of every prosumer at a corner of the envelopes, kW by bus."""
    if corner == "import":
        return [(row["bus"], -float(row["import_limit_kw"])) for row in envelopes]
    return [(row["bus"], float(row["export_limit_kw"])) for row in envelopes]


def solved(source_voltage_pu, load_scale, prosumers, assets):
    net = pandapower.networks.case33bw()
    net.ext_grid.vm_pu = source_voltage_pu
    net.load.scaling = load_scale
    replaced = {int(bus) - 1 for bus, _ in prosumers}
    net.load.loc[net.load.bus.isin(replaced), "scaling"] = 0.0
    for bus, active_kw in prosumers:
        pandapower.create_sgen(net, int(bus) - 1, p_mw=active_kw / 1000, q_mvar=0.0)
    for row in assets:
        pandapower.create_sgen(
            net,
            int(row["bus"]) - 1,
            p_mw=float(row["active_power_kw"]) / 1000,
            q_mvar=float(row["reactive_power_kvar"]) / 1000,
        )
    # 1e-9 MVA is the mismatch at every bus.
    pandapower.runpp(net, algorithm="nr", init="flat", tolerance_mva=1e-9, numba=False)
    return net


def write(name, header, lines):
    with open(HERE / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def main():
    if pandapower.__version__ != VERSION:
        raise SystemExit(f"needs pandapower {VERSION}, found {pandapower.__version__}")
    scenario = yaml.safe_load(SCENARIO.read_text(encoding="utf-8"))
    if any(prosumer.get("power_factor_tan_phi") for prosumer in scenario["prosumers"]):
        raise SystemExit("reactive power of prosumers is not modelled here")
    passive = scenario["feeder"]["passive_load"]
    shape = hourly_means(SCENARIO.parent / scenario["profiles"], passive["profile"])
    envelopes = list(rows(HERE / "envelopes.csv"))
    assets = list(rows(HERE / "dso-assets.csv"))
    voltages, lines, losses = [], [], []
    for start in sorted({row["interval_start"] for row in envelopes}):
        for corner in ("import", "export"):
            net = solved(
                scenario["feeder"]["source_voltage_pu"],
                passive.get("scale", 1.0) * shape[start],
                exchange(corner, [row for row in envelopes if row["interval_start"] == start]),
                [row for row in assets if row["interval_start"] == start],
            )
            for bus, result in net.res_bus.iterrows():
                voltages.append([start, corner, bus + 1, f"{result.vm_pu:.12f}"])
            in_service = net.res_line[net.line.in_service]
            for line, flow in in_service.iterrows():
                near = (flow.p_from_mw**2 + flow.q_from_mvar**2) ** 0.5
                far = (flow.p_to_mw**2 + flow.q_to_mvar**2) ** 0.5
                to_bus = net.line.to_bus[line] + 1
                lines.append([start, corner, to_bus, f"{max(near, far) * 1000:.6f}"])
            sums = (in_service.pl_mw.sum(), in_service.ql_mvar.sum())
            losses.append([start, corner] + [f"{total * 1000:.6f}" for total in sums])
    write("voltages.csv", ["interval_start", "corner", "bus", "voltage_pu"], voltages)
    write("lines.csv", ["interval_start", "corner", "to_bus", "loading_kva"], lines)
    write("losses.csv", ["interval_start", "corner", "losses_kw", "losses_kvar"], losses)


if __name__ == "__main__":
    main()
