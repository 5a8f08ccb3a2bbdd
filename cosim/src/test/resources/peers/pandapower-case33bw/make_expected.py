"""Solves the 33-bus feeder with pandapower and writes what cosim is compared with.

    python3 -m venv venv && venv/bin/pip install pandapower==3.5.6
    venv/bin/python make_expected.py

Reads states.csv and injections.csv beside it; writes voltages.csv, lines.csv and losses.csv.
"""

import csv
from pathlib import Path

import pandapower
import pandapower.networks

VERSION = "3.5.6"
HERE = Path(__file__).parent


def rows(name):
    with open(HERE / name, newline="") as file:
        return list(csv.DictReader(file))


def solved(state, injections):
    net = pandapower.networks.case33bw()
    net.ext_grid.vm_pu = float(state["source_voltage_pu"])
    net.load.scaling = float(state["load_scale"])
    for injection in injections:
        if injection["state"] == state["state"]:
            pandapower.create_sgen(
                net,
                int(injection["bus"]) - 1,
                p_mw=float(injection["active_power_kw"]) / 1000,
                q_mvar=float(injection["reactive_power_kvar"]) / 1000,
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
    voltages, lines, losses = [], [], []
    for state in rows("states.csv"):
        name = state["state"]
        net = solved(state, rows("injections.csv"))
        for bus, result in net.res_bus.iterrows():
            voltages.append([name, bus + 1, f"{result.vm_pu:.12f}"])
        for line, result in net.res_line.iterrows():
            if not net.line.in_service[line]:
                continue
            ends = net.line.loc[line]
            powers = (result.p_from_mw, result.q_from_mvar, result.p_to_mw, result.q_to_mvar)
            lines.append(
                [name, ends.from_bus + 1, ends.to_bus + 1]
                + [f"{power * 1000:.9f}" for power in powers]
            )
        in_service = net.res_line[net.line.in_service]
        losses.append(
            [
                name,
                f"{in_service.pl_mw.sum() * 1000:.9f}",
                f"{in_service.ql_mvar.sum() * 1000:.9f}",
            ]
        )
    write("voltages.csv", ["state", "bus", "voltage_pu"], voltages)
    write(
        "lines.csv",
        ["state", "from_bus", "to_bus", "from_kw", "from_kvar", "to_kw", "to_kvar"],
        lines,
    )
    write("losses.csv", ["state", "losses_kw", "losses_kvar"], losses)


if __name__ == "__main__":
    main()
