"""Solves the operator's and the prosumers' problems of the reference day, independently of the Java code.

Reads feeders/ieee33 (scenario, profiles, feeder script) and writes beside itself
operator.json, operator.csv, operator-assets.csv and prosumers.json. See README.md for what they mean.

Requires (Python 3.11 or newer; requirements.txt holds the same pins):
    numpy==2.4.6 scipy==1.17.1 PyYAML==6.0.3 cvxpy==1.9.3 clarabel==0.11.1 highspy==1.15.1

Units inside: MW, Mvar, MWh, per unit on 12.66 kV and 1 MVA, money in thousands of the currency.
"""

import copy
import csv
import datetime as dt
import gzip
import json
import math
import re
from pathlib import Path

import cvxpy as cp
import numpy as np
import yaml
from scipy.optimize import linprog

HERE = Path(__file__).resolve().parent
FEEDER_FOLDER = HERE.parents[5] / "feeders" / "ieee33"
SCENARIO_FILE = FEEDER_FOLDER / "ieee33-improved.yaml"

BASE_KV, BASE_MVA = 12.66, 1.0
POLYGON_EDGES = 12
SVC_CURVATURE = 0.01  # thousands per Mvar² and hour, method 3.2
SLACK_PRICE = 1e3  # thousands per unit of violation and hour, method 3.5
SHORTFALL_PRICE = 10.0  # thousands per MW below the default envelope and hour
EV_CHARGING_EFFICIENCY = 0.95
TEST_IMPORT_KW, TEST_EXPORT_KW = 600.0, 300.0
TIE_KW = 1e-9  # two summed distances closer than this are equal; two-day clusters are exact ties
SWAP_ORDER = "first"  # or "best", see README.md
TIGHT = {"tol_gap_abs": 1e-12, "tol_gap_rel": 1e-12, "tol_feas": 1e-12, "max_iter": 400}


# ---------------------------------------------------------------- data


class Profiles:
    """Normalised 15-minute profiles: each column divided by its maximum over the whole file."""

    def __init__(self, path):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.times = [dt.datetime.fromisoformat(row[0]) for row in rows[1:]]
        values = np.array([[float(x) for x in row[1:]] for row in rows[1:]])
        assert all(b - a == dt.timedelta(minutes=15) for a, b in zip(self.times, self.times[1:]))
        self.columns = {name: values[:, i] / values[:, i].max() for i, name in enumerate(rows[0][1:])}

    def means(self, column, start, intervals, minutes):
        first = int((start - self.times[0]) / dt.timedelta(minutes=15))
        per_interval = minutes // 15
        part = self.columns[column][first : first + intervals * per_interval]
        assert first >= 0 and len(part) == intervals * per_interval
        return part.reshape(intervals, per_interval).mean(axis=1)

    def whole_days(self):
        days = {}
        for time in self.times:
            days[time.date()] = days.get(time.date(), 0) + 1
        return [day for day, count in sorted(days.items()) if count == 96]


def read_feeder(path):
    """Lines (name, from, to, r pu, x pu) and loads (bus -> MW, Mvar) of the OpenDSS script."""
    lines, loads = [], {}
    z_base = BASE_KV**2 / BASE_MVA
    for text in path.read_text(encoding="utf-8").splitlines():
        values = dict(re.findall(r"(\w+)=(\S+)", text))
        if text.startswith("New Line."):
            name = text.split()[1].removeprefix("Line.")
            lines.append((name, values["bus1"], values["bus2"], float(values["r1"]) / z_base, float(values["x1"]) / z_base))
        elif text.startswith("New Load."):
            loads[values["bus1"]] = (float(values["kW"]) / 1e3, float(values["kvar"]) / 1e3)
    return lines, loads


def downstream_matrix(lines):
    """Buses but the substation, and D[l, b] = 1 if bus b is fed through line l."""
    buses = [line[2] for line in lines]
    feeding = {line[2]: index for index, line in enumerate(lines)}
    fed = np.zeros((len(lines), len(buses)))
    for column, bus in enumerate(buses):
        while bus in feeding:
            fed[feeding[bus], column] = 1
            bus = lines[feeding[bus]][1]
    return buses, fed


class Day:
    def __init__(self, scenario, profiles):
        horizon = scenario["horizon"]
        self.start = dt.datetime.fromisoformat(horizon["start"])
        self.intervals, self.minutes = horizon["intervals"], horizon["interval_minutes"]
        self.hours = self.minutes / 60
        self.starts = [self.start + dt.timedelta(minutes=self.minutes * t) for t in range(self.intervals)]
        self.profiles = profiles
        tariff = scenario["tariff"]
        steps = sorted((step["from"], step["price"]) for step in tariff["retail_buy_per_kwh"])
        self.buy = np.array([[price for since, price in steps if since <= f"{time:%H:%M}"][-1] for time in self.starts])
        self.sell = np.full(self.intervals, tariff["retail_sell_per_kwh"])
        self.realtime_buy = tariff["realtime_buy_factor"] * self.buy
        self.realtime_sell = tariff["realtime_sell_factor"] * self.sell

    def megawatts(self, source, start=None):
        if source is None:
            return np.zeros(self.intervals)
        means = self.profiles.means(source["profile"], start or self.start, self.intervals, self.minutes)
        return means * source["peak_kw"] / 1e3


# ---------------------------------------------------------------- operator, method 3


def backoff_factor(risk):
    epsilon = risk["violation_probability"]
    return {
        "cantelli": math.sqrt((1 - epsilon) / epsilon),
        "unimodal": math.sqrt(4 / (9 * epsilon) - 1),
        "none": 0.0,
    }[risk["mode"]]


def storage(battery, power, hours, charge, discharge, energy):
    """Method 3.3 and 4.2; power in MW. State of charge at the end of each interval in `energy` (rows: intervals)."""
    capacity, efficiency, soc = battery["energy_kwh"] / 1e3, battery["efficiency"], battery["soc"]
    initial = soc["initial"] * capacity
    stored = hours * (efficiency * charge - discharge / efficiency)
    return [
        energy[0] == initial + stored[0],
        energy[1:] == energy[:-1] + stored[1:],
        energy >= soc["min"] * capacity,
        energy <= soc["max"] * capacity,
        energy[-1] == initial,
        charge >= 0,
        charge <= power,
        discharge >= 0,
        discharge <= power,
    ]


def binding(rows):
    """How many rows have a price above 1e-6 thousands of the currency per unit."""
    return int(sum((row.dual_value > 1e-6).sum() for row in rows))


def without_floor(scenario):
    """The operator's problem of the method alone."""
    scenario = copy.deepcopy(scenario)
    scenario["prosumer_defaults"]["default_envelope_kw"] = {"import": 0, "export": 0}
    return scenario


def stressed(scenario):
    """A variant that uses what the reference day leaves idle: line ratings, the battery, reactive power of prosumers."""
    scenario = without_floor(scenario)
    dso, ratings = scenario["dso"], scenario["feeder"]["line_ratings_kva"]
    dso["loss_price_per_kwh"] = 20.0
    dso["risk"]["mode"] = "unimodal"
    dso["batteries"][0] |= {"bus": "18", "wear_per_kwh": 0.0001}
    scenario["feeder"]["line_ratings_kva"] = {line: 0.7 * rating for line, rating in ratings.items()}
    scenario["prosumer_defaults"]["power_factor_tan_phi"] = 0.2
    return scenario


def solve_operator(scenario, day):
    feeder, dso = scenario["feeder"], scenario["dso"]
    lines, loads = read_feeder(FEEDER_FOLDER / feeder["dss"])
    buses, fed = downstream_matrix(lines)
    r, x = (np.array([line[i] for line in lines]) for i in (3, 4))
    big_r, big_x = 2 * fed.T @ (r[:, None] * fed), 2 * fed.T @ (x[:, None] * fed)
    rating = np.array([feeder["line_ratings_kva"].get(line[0], feeder["line_ratings_kva"]["default"]) for line in lines]) / 1e3
    v0 = feeder["source_voltage_pu"]
    limits = feeder["voltage_limits_pu"]

    members = scenario["prosumers"]
    defaults = scenario["prosumer_defaults"]
    cap_import, cap_export = (defaults["connection_limit_kw"][key] / 1e3 for key in ("import", "export"))
    phi = defaults["power_factor_tan_phi"]
    at = np.zeros((len(buses), len(members)))
    for column, member in enumerate(members):
        at[buses.index(member["bus"]), column] = 1
        loads.pop(member["bus"], None)  # the prosumer replaces the script's load
    nominal_p, nominal_q = (np.array([loads.get(bus, (0, 0))[i] for bus in buses]) for i in (0, 1))
    passive = feeder["passive_load"]
    shape = day.profiles.means(passive["profile"], day.start, day.intervals, day.minutes) * passive["scale"]
    load_p, load_q = np.outer(nominal_p, shape), np.outer(nominal_q, shape)  # rows: buses, columns: intervals

    # Margins, 3.6: common correlation, reactive errors at the load's nominal ratio, lines active only.
    kappa = backoff_factor(dso["risk"])
    correlation = np.full((len(buses),) * 2, passive["correlation"])
    np.fill_diagonal(correlation, 1.0)
    ratio = np.divide(nominal_q, nominal_p, out=np.zeros_like(nominal_q), where=nominal_p > 0)
    per_error = big_r + big_x * ratio[None, :]
    voltage_margin, line_margin = np.zeros_like(load_p), np.zeros((len(lines), day.intervals))
    for t in range(day.intervals):
        deviation = passive["forecast_error_fraction"] * load_p[:, t]
        sigma = deviation[:, None] * correlation * deviation[None, :]
        voltage_margin[:, t] = kappa * np.sqrt(np.einsum("bi,ij,bj->b", per_error, sigma, per_error))
        line_margin[:, t] = kappa * np.sqrt(np.einsum("li,ij,lj->l", fed, sigma, fed))

    shape_n = (len(members), day.intervals)
    imports, exports, plan = (cp.Variable(shape_n) for _ in range(3))
    svcs = dso["static_var_compensators"]
    svc_rating = np.array([[svc["rating_kvar"] / 1e3] for svc in svcs])
    svc_at = np.array([[float(bus == svc["bus"]) for svc in svcs] for bus in buses])
    svc_q = cp.Variable((len(svcs), day.intervals))
    rules = [imports >= 0, imports <= cap_import, exports >= 0, exports <= cap_export, plan <= imports, plan >= -exports]
    rules += [svc_q >= -svc_rating, svc_q <= svc_rating]

    # An offer below the default envelope is possible, at a price far above the value of freedom.
    floor = defaults["default_envelope_kw"]
    short_import, short_export = cp.Variable(shape_n, nonneg=True), cp.Variable(shape_n, nonneg=True)
    rules += [imports + short_import >= floor["import"] / 1e3, exports + short_export >= floor["export"] / 1e3]

    own_p, wear, batteries = 0, 0, []
    for battery in dso["batteries"]:
        charge, discharge, energy = (cp.Variable(day.intervals) for _ in range(3))
        rules += storage(battery, battery["power_kw"] / 1e3, day.hours, charge, discharge, energy)
        column = np.array([[float(bus == battery["bus"])] for bus in buses])
        own_p = own_p + column @ cp.reshape(charge - discharge, (1, day.intervals), order="C")
        wear += battery["wear_per_kwh"] * cp.sum(charge + discharge)
        batteries.append((battery, charge, discharge))

    base_p = load_p + own_p
    base_q = load_q - svc_at @ svc_q
    flow_p = fed @ (base_p + at @ plan)
    flow_q = fed @ (base_q + phi * (at @ plan))

    # Robust rows, 3.5.
    rho = big_r @ at + phi * (big_x @ at)
    rho_up, rho_down = np.maximum(rho, 0), np.maximum(-rho, 0)
    own_voltage = v0**2 - big_r @ base_p - big_x @ base_q
    slack_high, slack_low = cp.Variable(load_p.shape, nonneg=True), cp.Variable(load_p.shape, nonneg=True)
    slack_line = cp.Variable((len(lines), day.intervals), nonneg=True)
    high_row = own_voltage + rho_up @ exports + rho_down @ imports <= limits["max"] ** 2 - voltage_margin + slack_high
    low_row = own_voltage - rho_up @ imports - rho_down @ exports >= limits["min"] ** 2 + voltage_margin - slack_low
    line_rows = []
    right_side = rating[:, None] * math.cos(math.pi / POLYGON_EDGES) - line_margin
    for edge in range(POLYGON_EDGES):
        theta = 2 * math.pi * edge / POLYGON_EDGES
        h = math.cos(theta) + phi * math.sin(theta)
        line_rows.append(
            math.cos(theta) * (fed @ base_p)
            + math.sin(theta) * (fed @ base_q)
            + fed @ at @ (max(h, 0) * imports + max(-h, 0) * exports)
            <= right_side + slack_line
        )

    value = dso["envelope_value"]
    root_r = np.sqrt(r)[:, None]
    parts = {
        "losses": dso["loss_price_per_kwh"] * (cp.sum_squares(cp.multiply(root_r, flow_p)) + cp.sum_squares(cp.multiply(root_r, flow_q))) / v0**2,
        "battery_wear": wear,
        "svc": 0.5 * SVC_CURVATURE * cp.sum_squares(svc_q),
        "envelope_value": 0.5 * value["curvature"] * (cp.sum_squares(imports) + cp.sum_squares(exports)) - value["slope"] * cp.sum(imports + exports),
        "shortfall": SHORTFALL_PRICE * (cp.sum(short_import) + cp.sum(short_export)),
        "slack": SLACK_PRICE * (cp.sum(slack_high) + cp.sum(slack_low) + cp.sum(slack_line)),
    }
    problem = cp.Problem(cp.Minimize(day.hours * sum(parts.values())), [*rules, high_row, low_row, *line_rows])
    problem.solve(solver=cp.CLARABEL, **TIGHT)
    assert problem.status == cp.OPTIMAL, problem.status
    slack = max(float(s.value.max()) for s in (slack_high, slack_low, slack_line))
    assert slack < 1e-7, slack

    names = [member["id"] for member in members]
    result = {
        "solver": "clarabel",
        "objective_cny": problem.value * 1e3,
        "objective_parts_cny": {name: float(part.value) * day.hours * 1e3 for name, part in parts.items()},
        "largest_slack": slack,
        "largest_shortfall_kw": 1e3 * max(float(short_import.value.max()), float(short_export.value.max())),
        "limits_at_the_floor": int((imports.value < floor["import"] / 1e3 + 1e-7).sum() + (exports.value < floor["export"] / 1e3 + 1e-7).sum()),
        "backoff_factor": kappa,
        "binding_rows": {"high_voltage": binding([high_row]), "low_voltage": binding([low_row]), "lines": binding(line_rows)},
        "import_area_kwh": float(imports.value.sum()) * day.hours * 1e3,
        "export_area_kwh": float(exports.value.sum()) * day.hours * 1e3,
        "largest_simultaneous_charge_and_discharge_kw": max(float(np.minimum(c.value, g.value).max()) * 1e3 for _, c, g in batteries),
    }
    envelope_rows = [
        (f"{day.starts[t]:%Y-%m-%dT%H:%M}", names[n], *(f"{1e3 * v.value[n, t]:.6f}" for v in (imports, exports, plan)))
        for t in range(day.intervals)
        for n in range(len(names))
    ]
    asset_rows = []
    for t in range(day.intervals):
        time = f"{day.starts[t]:%Y-%m-%dT%H:%M}"
        asset_rows += [(time, svc["id"], "0.000000", f"{1e3 * svc_q.value[i, t]:.6f}") for i, svc in enumerate(svcs)]
        asset_rows += [(time, b["id"], f"{1e3 * (g.value[t] - c.value[t]):.6f}", "0.000000") for b, c, g in batteries]
    return result, envelope_rows, asset_rows


# ---------------------------------------------------------------- samples and ambiguity, method 4.3


def history(day, count, profiles):
    """The whole days nearest to the horizon's date, itself left out, the earlier first at equal distance; in time order."""
    today = day.start.date()
    others = [d for d in profiles.whole_days() if d != today]
    return sorted(sorted(others, key=lambda d: (abs((d - today).days), d))[:count])


def first_best(candidates, cost):
    """The candidate of least cost; of equal ones (to rounding) the first."""
    best, least = None, math.inf
    for candidate in candidates:
        if (value := cost(candidate)) < least - TIE_KW:
            best, least = candidate, value
    return best, least


def best_swaps(chosen, current, cost, days):
    """SWAP as Kaufman and Rousseeuw give it: of all exchanges the best, until none improves."""
    while True:
        swaps = ([*chosen[:i], d, *chosen[i + 1 :]] for d in days if d not in chosen for i in range(len(chosen)))
        best, least = first_best(swaps, cost)
        if least >= current - TIE_KW:
            return chosen, current
        chosen, current = best, least


def first_swaps(chosen, current, cost, days):
    """SWAP that takes every improvement at once: medoids in the order BUILD chose them, for each the days in order."""
    before = math.inf
    while current < before:
        before = current
        for i in range(len(chosen)):
            for d in days:
                swapped = [*chosen[:i], d, *chosen[i + 1 :]]
                if d not in chosen and (value := cost(swapped)) < current - TIE_KW:
                    chosen, current = swapped, value
    return chosen, current


SWAP_ORDERS = {"best": best_swaps, "first": first_swaps}


def medoids(trajectories, count, swap_order):
    """Partitioning around medoids: greedy BUILD, then SWAP until none improves; the earlier day wins a tie."""
    distance = np.sqrt(((trajectories[:, None, :] - trajectories[None, :, :]) ** 2).sum(axis=2))
    days = range(len(trajectories))

    def cost(chosen):
        return distance[:, chosen].min(axis=1).sum()

    chosen = []
    for _ in range(count):
        chosen, current = first_best(([*chosen, d] for d in days if d not in chosen), cost)
    chosen, current = SWAP_ORDERS[swap_order](chosen, current, cost, days)
    chosen = sorted(chosen)
    nearest = distance[:, chosen].argmin(axis=1)
    weights = np.bincount(nearest, minlength=count) / len(trajectories)
    return chosen, weights, current


def valid_radii(samples, days, confidence):
    each = 1 - (1 - confidence) / 2
    theta_inf = math.sqrt(math.log(2 * samples / (1 - each)) / (2 * days))
    theta_one = math.sqrt(2 / days * math.log((2**samples - 2) / (1 - each)))
    return theta_one, theta_inf


def published_radii(samples, days, confidence):
    logarithm = math.log(2 * samples / (1 - confidence))
    return samples / (2 * days) * logarithm, logarithm / (2 * days)


def worst_expectation(costs, weights, theta_one, theta_inf):
    """Linear program over p and s >= |p - p0|, the primal of the reformulation used below."""
    count = len(costs)
    identity = np.eye(count)
    rows = np.block([[identity, -identity], [-identity, -identity], [np.zeros((1, count)), np.ones((1, count))]])
    right = np.concatenate([weights, -weights, [theta_one]])
    total = np.concatenate([np.ones(count), np.zeros(count)])[None, :]
    bounds = [(0, None)] * count + [(0, theta_inf)] * count
    answer = linprog(np.concatenate([-costs, np.zeros(count)]), rows, right, total, [1.0], bounds, method="highs")
    return -answer.fun


# ---------------------------------------------------------------- prosumer, method 4.1, 4.2, 4.4


class ProsumerModel:
    def __init__(self, member, defaults, day, samples):
        self.hours, count, intervals = day.hours, len(samples), day.intervals
        cap = max(defaults["connection_limit_kw"].values()) / 1e3
        e_import, e_export = TEST_IMPORT_KW / 1e3, TEST_EXPORT_KW / 1e3
        load = day.megawatts(member["load"])
        flexible = defaults["flexible_load_fraction"] * load

        def variable():
            return cp.Variable((intervals, count), nonneg=True)

        def column(values):
            return np.repeat(np.asarray(values)[:, None], count, axis=1)

        # First stage: one value per interval.
        bought, sold = cp.Variable(intervals, nonneg=True), cp.Variable(intervals, nonneg=True)
        plan = bought - sold
        self.first_stage = day.hours * (day.buy @ bought - day.sell @ sold)
        self.rules = [bought <= e_import, sold <= e_export, plan <= e_import, plan >= -e_export]

        # Second stage: a column per sample.
        rb, rs, curtailed, shed, flex = (variable() for _ in range(5))
        self.curtailed, self.shed, self.rb, self.rs = curtailed, shed, rb, rs
        net = cp.reshape(plan, (intervals, 1), order="C") @ np.ones((1, count)) + rb - rs
        generation = samples.T
        supply = net + generation - curtailed + shed
        demand = column(load - flexible) + flex
        cost = (
            defaults["curtailment_price_per_kwh"] * cp.sum(curtailed, axis=0)
            + defaults["shed_price_per_kwh"] * cp.sum(shed, axis=0)
            + day.realtime_buy @ rb
            - day.realtime_sell @ rs
        )
        self.rules += [
            net <= e_import,
            net >= -e_export,
            rb <= 2 * cap,
            rs <= 2 * cap,
            curtailed <= generation,
            shed <= column(load),
            flex <= 2 * column(flexible),
            cp.sum(flex, axis=0) == flexible.sum(),
        ]
        if "battery" in member:
            battery = {**defaults["battery"], **member["battery"]}
            charge, discharge, energy = (cp.Variable((intervals, count)) for _ in range(3))
            self.rules += storage(battery, battery["power_kw"] / 1e3, day.hours, charge, discharge, energy)
            supply += discharge - charge
            cost += battery["wear_per_kwh"] * cp.sum(charge + discharge, axis=0)
        if "micro_turbine" in member:
            turbine = variable()
            self.rules.append(turbine <= member["micro_turbine"]["power_kw"] / 1e3)
            supply += turbine
            cost += member["micro_turbine"]["cost_per_kwh"] * cp.sum(turbine, axis=0)
        self.unserved = None
        if "ev" in member:
            ev = member["ev"]
            clocks = [f"{time:%H:%M}" for time in day.starts]
            overnight = ev["arrive"] > ev["depart"]
            plugged = [(c >= ev["arrive"] or c < ev["depart"]) if overnight else ev["arrive"] <= c < ev["depart"] for c in clocks]
            charging, self.unserved = variable(), cp.Variable(count, nonneg=True)
            self.rules += [
                charging <= column(np.array(plugged) * ev["power_kw"] / 1e3),
                EV_CHARGING_EFFICIENCY * day.hours * cp.sum(charging, axis=0) >= ev["required_kwh"] / 1e3 - self.unserved,
            ]
            demand = demand + charging
            cost += ev["unserved_price_per_kwh"] * self.unserved / day.hours
        self.rules.append(supply == demand)
        self.recourse = day.hours * cost

    def solve(self, weights, radius):
        """Radius: a pair (1-norm, infinity norm), or None for every distribution over the samples."""
        count = len(weights)
        q = cp.Variable(count)
        rules = [*self.rules, q >= self.recourse]
        if radius is None:
            eta = cp.Variable()
            rules.append(eta >= q)
            expectation = eta
        elif radius == (0, 0):
            expectation = weights @ q
        else:
            # max over p of p'q by its linear dual: each of these variables prices one row of the set.
            eta, mu = cp.Variable(), cp.Variable(nonneg=True)
            a, b, nu = (cp.Variable(count, nonneg=True) for _ in range(3))
            rules += [eta + a - b >= q, a + b <= mu + nu]
            expectation = eta + weights @ (a - b) + radius[0] * mu + radius[1] * cp.sum(nu)
        problem = cp.Problem(cp.Minimize(self.first_stage + expectation), rules)
        second_opinion = problem.solve(solver=cp.CLARABEL)
        problem.solve(solver=cp.HIGHS)
        assert problem.status == cp.OPTIMAL, problem.status
        assert abs(second_opinion - problem.value) < 1e-6 * max(1, abs(problem.value)), "two solvers disagree"
        costs = self.recourse.value
        if radius is None:
            worst = costs.max()
        elif radius == (0, 0):
            worst = weights @ costs
        else:
            worst = worst_expectation(costs, weights, *radius)
        assert abs(self.first_stage.value + worst - problem.value) < 1e-7, "dual and primal of the worst case disagree"
        return problem.value


def solve_prosumer(scenario, member, day, days):
    uncertainty, defaults = scenario["uncertainty"], scenario["prosumer_defaults"]
    trajectories = np.array(
        [
            sum(day.megawatts(member.get(source), dt.datetime.combine(date, day.start.time())) for source in ("pv", "wind"))
            for date in days
        ]
    )
    chosen, weights, _ = medoids(trajectories * 1e3, uncertainty["scenarios"], SWAP_ORDER)
    totals = {order: medoids(trajectories * 1e3, uncertainty["scenarios"], order)[2] for order in SWAP_ORDERS}
    theta_one, theta_inf = valid_radii(len(chosen), len(days), uncertainty["confidence"])
    model = ProsumerModel(member, defaults, day, trajectories[chosen])
    stochastic, robust = model.solve(weights, (0, 0)), model.solve(weights, None)
    valid = model.solve(weights, (theta_one, theta_inf))
    assert stochastic <= valid + 1e-9 <= robust + 2e-9
    return {
        "id": member["id"],
        "cost_cny": {"stochastic": stochastic * 1e3, "valid": valid * 1e3, "robust": robust * 1e3},
        "first_stage_cost_cny": float(model.first_stage.value) * 1e3,
        "largest_shed_kw": float(model.shed.value.max()) * 1e3,
        "ev_unserved_kwh": 0.0 if model.unserved is None else float(model.unserved.value.max()) * 1e3,
        "radius": {
            "valid": {"1_norm": theta_one, "infinity_norm": theta_inf},
            "published": dict(zip(("1_norm", "infinity_norm"), published_radii(len(chosen), len(days), uncertainty["confidence"]))),
        },
        "sample_dates": [days[i].isoformat() for i in chosen],
        "sample_weights": [float(w) for w in weights],
        "sample_energy_kwh": [float(e) for e in trajectories[chosen].sum(axis=1) * day.hours * 1e3],
        "total_distance_kw": {order: float(total) for order, total in totals.items()},
    }


def main():
    scenario = yaml.safe_load(SCENARIO_FILE.read_text(encoding="utf-8"))
    profiles = Profiles(FEEDER_FOLDER / scenario["profiles"])
    day = Day(scenario, profiles)

    for name, variant in (
        ("operator", scenario),
        ("operator-without-floor", without_floor(scenario)),
        ("operator-stressed", stressed(scenario)),
    ):
        result, envelopes, assets = solve_operator(variant, day)
        write_json(f"{name}.json", result)
        write_csv(f"{name}.csv", "interval_start,prosumer,import_limit_kw,export_limit_kw,planned_net_import_kw", envelopes)
        write_csv(f"{name}-assets.csv", "interval_start,asset,active_power_kw,reactive_power_kvar", assets)
        print(name, json.dumps(result))

    days = history(day, scenario["uncertainty"]["history_days"], profiles)
    answers = []
    for member in scenario["prosumers"]:
        answers.append(solve_prosumer(scenario, member, day, days))
        print(json.dumps(answers[-1]))
    write_json(
        "prosumers.json",
        {
            "solver": "highs, checked by clarabel",
            "import_limit_kw": TEST_IMPORT_KW,
            "export_limit_kw": TEST_EXPORT_KW,
            "history": {"first": days[0].isoformat(), "last": days[-1].isoformat(), "days": len(days)},
            "prosumers": answers,
        },
    )


def write_json(name, value):
    (HERE / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def write_csv(name, header, rows):
    text = "".join(",".join(row) + "\n" for row in [(header,), *rows])
    (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
