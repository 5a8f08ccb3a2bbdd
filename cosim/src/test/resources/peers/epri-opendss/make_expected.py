"""Solves the unbalanced feeders with EPRI's own OpenDSS engine.

    python3 -m venv .venv && .venv/bin/pip install py-dss-interface==2.3.0
    .venv/bin/python make_expected.py            writes what is expected
    .venv/bin/python make_expected.py --check    compares with what was written

Reads states.csv and injections.csv beside it and the scripts in feeders/. See README.md.
"""

import csv
import importlib.metadata
import os
import sys
from pathlib import Path

VERSION = "2.3.0"
HERE = Path(__file__).resolve().parent  # before the package changes the working directory
FEEDERS = HERE.parents[5] / "feeders"
CONSTANT_POWER = "model=1 conn=wye vminpu=0.4 vmaxpu=1.6"
TOLERANCES = {
    "voltage_pu": 1e-8,
    "tap_pu": 1e-9,
    "current_a": 1e-4,
    "losses_kw": 1e-4,
    "losses_kvar": 1e-4,
}
KEYS = {"voltages.csv": 2, "taps.csv": 2, "currents.csv": 3, "losses.csv": 1}


def rows(name):
    with open(HERE / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Engine:
    def __init__(self):
        import py_dss_interface

        self.dss = py_dss_interface.DSS()

    def tell(self, command):
        answer = self.dss.text(command)
        if answer and not command.startswith("?"):
            raise SystemExit(f"{command}: {answer}")
        return answer

    def number(self, element, name):
        return float(self.tell(f"? {element}.{name}"))

    def solve(self, control):
        self.tell(f"Set ControlMode={control}")
        self.tell("Solve")
        if not self.dss.solution.converged:
            raise SystemExit("OpenDSS did not converge")

    def settle(self, feeder, load_multiplier):
        """The feeder at this multiple of all loads, its regulators where they come to rest."""
        self.tell("ClearAll")
        self.tell(f'Redirect "{FEEDERS / feeder / "feeder.dss"}"')
        self.tell("Set Tolerance=1e-10")
        for name in self.dss.loads.names:
            load = f"Load.{name}"
            active = self.number(load, "kW") * load_multiplier
            reactive = self.number(load, "kvar") * load_multiplier
            self.tell(f"Edit {load} kW={active!r} kvar={reactive!r}")
        self.solve("Static")

    def exchange(self, injections):
        """The same with constant power at single phases, regulators held."""
        for number, row in enumerate(injections):
            bus = row["node"].split(".")[0]
            self.dss.circuit.set_active_bus(bus)
            kv = self.dss.bus.kv_base
            active, reactive = float(row["active_power_kw"]), float(row["reactive_power_kvar"])
            self.tell(
                f"New Load.exchange{number} bus1={row['node']} phases=1 kV={kv!r} {CONSTANT_POWER}"
                f" kW={-active!r} kvar={-reactive!r}"
            )
        self.solve("Off")

    def currents(self):
        """Largest phase current of each terminal, A, by line or transformer."""
        for element in self.dss.circuit.elements_names:
            if not element.lower().startswith(("line.", "transformer.")):
                continue
            self.dss.circuit.set_active_element(element)
            part = self.dss.cktelement
            magnitudes = part.currents_mag_ang[0::2]
            conductors = len(magnitudes) // part.num_terminals
            for terminal in range(part.num_terminals):
                first = terminal * conductors
                yield element.lower(), terminal + 1, max(magnitudes[first : first + part.num_phases])

    def taps(self):
        for element in self.dss.circuit.elements_names:
            if element.lower().startswith("regcontrol."):
                transformer = self.tell(f"? {element}.transformer").lower()
                self.tell(f"Select Transformer.{transformer}")
                self.tell(f"Transformer.{transformer}.wdg=2")
                yield transformer, self.number(f"Transformer.{transformer}", "tap")


def solved():
    engine = Engine()
    found = {name: [] for name in KEYS}
    for state in rows("states.csv"):
        name = state["state"]
        engine.settle(state["feeder"], float(state["load_multiplier"]))
        engine.exchange([row for row in rows("injections.csv") if row["state"] == name])
        circuit = engine.dss.circuit
        for node, voltage in zip(circuit.nodes_names, circuit.buses_vmag_pu, strict=True):
            found["voltages.csv"].append([name, node.lower(), f"{voltage:.10f}"])
        for transformer, tap in engine.taps():
            found["taps.csv"].append([name, transformer, f"{tap:.5f}"])
        for element, terminal, current in engine.currents():
            found["currents.csv"].append([name, element, str(terminal), f"{current:.6f}"])
        active, reactive = circuit.losses
        found["losses.csv"].append([name, f"{active / 1000:.6f}", f"{reactive / 1000:.6f}"])
    return found


HEADERS = {
    "voltages.csv": ["state", "node", "voltage_pu"],
    "taps.csv": ["state", "transformer", "tap_pu"],
    "currents.csv": ["state", "element", "terminal", "current_a"],
    "losses.csv": ["state", "losses_kw", "losses_kvar"],
}


def differences(name, lines):
    keys = KEYS[name]
    stored = {tuple(row.values())[:keys]: tuple(row.values())[keys:] for row in rows(name)}
    found = {tuple(line[:keys]): tuple(line[keys:]) for line in lines}
    for key in sorted(stored.keys() ^ found.keys()):
        yield f"{name} {key}: only {'stored' if key in stored else 'found'}"
    for key in stored.keys() & found.keys():
        for column, old, new in zip(HEADERS[name][keys:], stored[key], found[key], strict=True):
            if not abs(float(old) - float(new)) <= TOLERANCES[column]:
                yield f"{name} {key} {column}: stored {old}, found {new}"


def quiet():
    """Where to print to; the engine's own messages go nowhere from here on."""
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return ours


def main():
    version = importlib.metadata.version("py-dss-interface")
    if version != VERSION:
        raise SystemExit(f"needs py-dss-interface {VERSION}, found {version}")
    output = quiet()
    found = solved()
    if sys.argv[1:] == ["--check"]:
        wrong = [text for name, lines in found.items() for text in differences(name, lines)]
        print("\n".join(wrong[:20]) if wrong else "EPRI's engine: as stored", file=output)
        raise SystemExit(1 if wrong else 0)
    for name, lines in found.items():
        with open(HERE / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADERS[name])
            writer.writerows(lines)


if __name__ == "__main__":
    main()
