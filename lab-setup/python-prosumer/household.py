"""What one prosumer knows and wants: its part of a scenario, and the best day for its forecast.

PV, wind, a battery and load of which a part can be shifted; the forecast is the most typical of past
days. Inside: MW, MWh and thousands of the currency, so that a price per MWh in thousands is the price
per kWh.
"""

import csv
import datetime
import gzip
import pathlib

import clarabel
import numpy as np
import scipy.sparse as sparse
import yaml

BLOCKS = ("imports", "exports", "plan", "charge", "discharge", "energy", "curtail", "flexible",
          "shed", "bought", "sold", "missing")  # the unknowns, one value per interval of each
NO_BATTERY = {"power_kw": 0, "energy_kwh": 0, "efficiency": 1,
              "soc": {"min": 0, "max": 0, "initial": 0}}


class Household:
    def __init__(self, file, prosumer):
        part = yaml.safe_load(pathlib.Path(file).read_text(encoding="utf-8"))
        self.site = next((s for s in part["prosumers"] if s["id"] == prosumer), None)
        if self.site is None:
            raise SystemExit(f"{file}: prosumers: found no {prosumer}")
        for device in {"ev", "micro_turbine"} & self.site.keys():
            raise SystemExit(f"{file}: {prosumer}: this example cannot plan a device it has: {device}")
        horizon, tariff = part["horizon"], part["tariff"]
        self.start = datetime.datetime.fromisoformat(str(horizon["start"]))
        self.minutes, self.intervals = horizon["interval_minutes"], horizon["intervals"]
        self.links, self.hours = part["links"], self.minutes / 60
        self.buy_price = self.prices(tariff["retail_buy_per_kwh"])
        self.sell_price = self.prices(tariff["retail_sell_per_kwh"])
        self.missing_price = 10 * tariff["realtime_buy_factor"] * (1 + self.buy_price.max())
        rows = Profiles(pathlib.Path(file).with_name(part["profiles"]), self)
        self.load = rows.of(self.site["load"], 0)
        history = rows.days(part.get("uncertainty", {}).get("history_days", 60))
        plants = [self.site[plant] for plant in ("pv", "wind") if plant in self.site]
        past = np.array([sum((rows.of(plant, day) for plant in plants), np.zeros(self.intervals))
                         for day in history])
        apart = np.linalg.norm(past[:, None] - past, axis=2).sum(axis=1)
        self.generation = past[apart.argmin()]  # the medoid: the day nearest to all others
        self.describe_bounds()
        self.describe_rows()

    def prices(self, entry):
        """Per interval; an entry is one price or holds from a time of day until the next."""
        if not isinstance(entry, list):
            return np.full(self.intervals, float(entry))
        times = [(self.start + datetime.timedelta(minutes=self.minutes * t)).strftime("%H:%M")
                 for t in range(self.intervals)]
        return np.array([[e["price"] for e in entry if e["from"] <= time][-1] for time in times])

    def describe_bounds(self):
        site, limit = self.site, self.site["connection_limit_kw"]
        self.battery = battery = site.get("battery", NO_BATTERY)
        self.shiftable = site.get("flexible_load_fraction", 0) * self.load
        power, energy = battery["power_kw"] / 1e3, battery["energy_kwh"] / 1e3
        wear = battery.get("wear_per_kwh", 0)
        self.cost = self.x(self.hours, charge=wear, discharge=wear, shed=site["shed_price_per_kwh"],
                           curtail=site.get("curtailment_price_per_kwh", 0))
        self.cost += self.x(missing=self.missing_price)
        self.lower = self.x(plan=-np.inf, energy=battery["soc"]["min"] * energy)
        self.upper = self.x(
            imports=limit["import"] / 1e3, exports=limit["export"] / 1e3, plan=np.inf, charge=power,
            discharge=power, energy=battery["soc"]["max"] * energy, curtail=self.generation,
            flexible=2 * self.shiftable, shed=self.load, bought=np.inf, sold=np.inf, missing=np.inf)

    def describe_rows(self):
        one, hours, eta = np.eye(self.intervals), self.hours, self.battery["efficiency"]
        first = self.battery["soc"]["initial"] * self.battery["energy_kwh"] / 1e3
        self.equal = [
            (self.rows(plan=one, curtail=-one, shed=one, flexible=-one, discharge=one, charge=-one),
             self.load - self.shiftable - self.generation),
            (self.rows(energy=one - np.eye(self.intervals, k=-1), charge=-hours * eta * one,
                       discharge=hours / eta * one), first * one[0]),
            (self.rows(flexible=np.ones((1, self.intervals))), [self.shiftable.sum()])]
        self.at_most = [
            (self.rows(plan=one, imports=-one), np.zeros(self.intervals)),
            (self.rows(plan=-one, exports=-one), np.zeros(self.intervals)),
            (self.rows(energy=-one[-1:], missing=-one[-1:]), [-first])]
        self.retail = self.rows(plan=one, bought=-one, sold=one)

    def x(self, factor=1.0, **blocks):
        return np.concatenate([factor * np.broadcast_to(blocks.get(name, 0.0), self.intervals)
                               for name in BLOCKS])

    def rows(self, **blocks):
        nothing = np.zeros((len(next(iter(blocks.values()))), self.intervals))
        return sparse.csr_matrix(np.hstack([blocks.get(name, nothing) for name in BLOCKS]))

    def best(self, linear, weight):
        """Import limit, export limit and plan at prices of them; what the day costs without these."""
        x = self.solved(self.cost + self.hours * self.x(**linear), self.hours * self.x(**weight),
                        self.upper, self.equal)
        return x[:3], self.cost @ x.ravel()

    def inside(self, imports, exports, purchase):
        """Plan and cost inside an envelope, with trades firm and the rest bought or sold at retail."""
        upper = np.concatenate([imports, exports, self.upper[2 * self.intervals:]])
        cost = self.cost + self.x(self.hours, bought=self.buy_price, sold=-self.sell_price)
        x = self.solved(cost, self.x(), upper, self.equal + [(self.retail, purchase)])
        return np.clip(x[2], -exports, imports), cost @ x.ravel()

    def solved(self, cost, quadratic, upper, equal):
        unit = sparse.identity(len(cost), format="csr")
        above, below = np.isfinite(upper), np.isfinite(self.lower)
        at_most = self.at_most + [(unit[above], upper[above]), (-unit[below], -self.lower[below])]
        rows, sides = zip(*(equal + at_most))
        equalities, all_of_them = sum(len(side) for _, side in equal), sum(map(len, sides))
        cones = [clarabel.ZeroConeT(equalities), clarabel.NonnegativeConeT(all_of_them - equalities)]
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        found = clarabel.DefaultSolver(
            sparse.diags(quadratic).tocsc(), cost, sparse.vstack(rows).tocsc(), np.concatenate(sides),
            cones, settings).solve()
        if str(found.status) not in ("Solved", "AlmostSolved"):
            raise ArithmeticError(f"the plan was not found: {found.status}")
        return np.reshape(found.x, (len(BLOCKS), self.intervals))


class Profiles:
    """Columns of the profile file, each divided by its maximum over the whole file."""

    def __init__(self, file, horizon):
        with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
            table = list(csv.reader(text))
        self.columns = {name: np.array(values, dtype=float)
                        for name, *values in zip(*table) if name != "time"}
        first, second = (datetime.datetime.fromisoformat(row[0]) for row in table[1:3])
        step = datetime.timedelta(minutes=horizon.minutes) / (second - first)
        self.shape = (horizon.intervals, int(step))
        self.day, self.offset = int(datetime.timedelta(days=1) / (second - first)), int(
            (horizon.start - first) / (second - first))
        self.length = len(table) - 1

    def first(self, day):
        return self.offset + day * self.day

    def days(self, count):
        """The nearest days before and after that the file holds whole; never the day itself."""
        touched = -(-self.shape[0] * self.shape[1] // self.day)
        near = [d for away in range(touched, self.length // self.day) for d in (-away, away)]
        whole = [d for d in near
                 if self.first(d) >= 0 and self.first(d) + np.prod(self.shape) <= self.length]
        return sorted(whole[:count])

    def of(self, plant, day):
        """MW per interval, so many days later."""
        values = self.columns[plant["profile"]]
        part = values[self.first(day):self.first(day) + np.prod(self.shape)]
        return plant["peak_kw"] / 1e3 / values.max() * part.reshape(self.shape).mean(axis=1)
