package ndoe.controller.prosumer;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.ProsumerSite.ElectricVehicle;
import ndoe.feeders.StorageRating;
import ndoe.feeders.Tariff;

/**
 * What a prosumer can still do once the generation is known: the second stage of its problem for
 * one sample, from a given interval to the end of the horizon (method, 4.2).
 *
 * <p>Inside: MW, MWh, thousands of the currency.
 */
final class Recourse {
  /** Price of missing the final state of charge, over the dearest real-time price; per MWh. */
  private static final double FINAL_CHARGE_PRICE_FACTOR = 10;

  /** Charging and discharging at once that is more than the solver's tolerance, MW. */
  private static final double BURNING_MW = 1e-6;

  /** Energy still due that is left out: so little that a program about it has no interior. */
  private static final double NOTHING_MWH = 1e-5;

  private final ProsumerSite site;
  private final Horizon horizon;
  private final Tariff tariff;
  private final PointLimits limits;
  private final Profile generationKw;
  private final DeviceState state;
  private final String suffix;
  private final ConvexProgram.Builder program;
  private final BiConsumer<Variable, Double> cost;
  private final double hours;

  /** Most that can be shifted into the intervals that are left, MWh. */
  private final double mostFlexible;

  private double loadDeviationKw;
  private final Row[] balance;
  private final Variable[] netImport;
  private final Variable[] buy;
  private final Variable[] sell;
  private final Variable[] charge;
  private final Variable[] discharge;
  private final Variable[] curtail;
  private final Variable[] flexible;
  private final Variable[] shed;
  private final Variable[] vehicle;
  private final Variable[] turbine;

  /**
   * Adds the second stage to a program.
   *
   * @param limits of the connection point
   * @param generationKw PV and wind available, kW per interval of the horizon
   * @param state where the devices are at the start of {@code state.interval()}
   * @param cost takes the cost of a variable, thousands of the currency per unit
   */
  Recourse(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      PointLimits limits,
      Profile generationKw,
      DeviceState state,
      String suffix,
      ConvexProgram.Builder program,
      BiConsumer<Variable, Double> cost) {
    this.site = site;
    this.horizon = horizon;
    this.tariff = tariff;
    this.limits = limits;
    this.generationKw = generationKw;
    this.state = state;
    this.suffix = suffix;
    this.program = program;
    this.cost = cost;
    this.hours = horizon.intervalHours();
    this.mostFlexible =
        site.loadKw().cut(state.interval(), horizon.intervals()).stream().sum()
            * 2
            * site.flexibleLoadFraction()
            * hours
            / 1000;
    int intervals = horizon.intervals();
    balance = new Row[intervals];
    netImport = new Variable[intervals];
    buy = new Variable[intervals];
    sell = new Variable[intervals];
    charge = new Variable[intervals];
    discharge = new Variable[intervals];
    curtail = new Variable[intervals];
    flexible = new Variable[intervals];
    shed = new Variable[intervals];
    vehicle = new Variable[intervals];
    turbine = new Variable[intervals];
  }

  /** Solves the second stage of one sample alone; see {@link #hedged}. */
  static Solved alone(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<OperatingEnvelope> envelopes,
      Profile plannedNetImportKw,
      Profile generationKw,
      DeviceState state,
      ConvexSolver solver) {
    List<Sample> certain = List.of(new Sample(1, generationKw));
    return hedged(site, horizon, tariff, envelopes, plannedNetImportKw, certain, state, 0, solver);
  }

  /**
   * Solves for the best decision of the present interval, the same in every sample, with the first
   * stage's plan fixed and the rest of the horizon free to differ.
   *
   * @param plannedNetImportKw the first stage, kW
   * @param samples that agree on the present interval
   * @param loadDeviationKw load of the present interval above its forecast, kW
   * @throws IllegalStateException if the solver found no solution, with its reason
   */
  static Solved hedged(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<OperatingEnvelope> envelopes,
      Profile plannedNetImportKw,
      List<Sample> samples,
      DeviceState state,
      double loadDeviationKw,
      ConvexSolver solver) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    int now = state.interval();
    PointLimits limits = PointLimits.of(program, envelopes);
    Variable[] plan = new Variable[horizon.intervals()];
    for (int t = now; t < horizon.intervals(); t++) {
      double fixed = plannedNetImportKw.at(t) / 1000;
      plan[t] = program.variable("plan[" + t + "]", fixed, fixed);
    }
    List<Recourse> recourses = new ArrayList<>();
    for (Sample sample : samples) {
      Recourse recourse =
          new Recourse(
              site,
              horizon,
              tariff,
              limits,
              sample.generationKw(),
              state,
              "{" + recourses.size() + "}",
              program,
              (variable, cost) -> program.addLinearCost(variable, sample.probability() * cost));
      recourse.loadDeviationKw = loadDeviationKw;
      recourse.addTo(plan);
      recourses.add(recourse);
      recourse.decideLike(recourses.get(0), now);
    }
    PreparedProgram prepared = solver.prepare(program.build());
    Solution solution = prepared.solve();
    while (solution.usable() && anyForbidsBurning(recourses, prepared, solution)) {
      solution = prepared.solve();
    }
    if (!solution.usable()) {
      throw new IllegalStateException(
          "the recourse of prosumer %s from interval %d was not solved: %s"
              .formatted(site.id(), now, solution));
    }
    return new Solved(recourses.get(0), solution);
  }

  private static boolean anyForbidsBurning(
      List<Recourse> recourses, PreparedProgram prepared, Solution solution) {
    boolean burning = false;
    for (Recourse recourse : recourses) {
      burning |= recourse.forbidBurning(prepared, solution);
    }
    return burning;
  }

  /**
   * Charging and discharging at once burns energy, which no battery can; where an optimum would,
   * the smaller of the two is fixed at 0 (method, 4.5).
   *
   * @return whether anything was fixed, so that the program must be solved again
   */
  private boolean forbidBurning(PreparedProgram prepared, Solution solution) {
    boolean burning = false;
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      double charged = value(solution, charge[t]);
      double discharged = value(solution, discharge[t]);
      if (Math.min(charged, discharged) > BURNING_MW) {
        prepared.setBounds(charged < discharged ? charge[t] : discharge[t], 0, 0);
        burning = true;
      }
    }
    return burning;
  }

  /** What is decided before the next interval is known must be the same as in another sample. */
  private void decideLike(Recourse other, int t) {
    if (other == this) {
      return;
    }
    decideAlike(charge[t], other.charge[t]);
    decideAlike(discharge[t], other.discharge[t]);
    decideAlike(flexible[t], other.flexible[t]);
    decideAlike(vehicle[t], other.vehicle[t]);
    decideAlike(turbine[t], other.turbine[t]);
  }

  private void decideAlike(Variable own, Variable other) {
    if (own != null) {
      program.row("same decision " + own, 0, 0).add(own, 1).add(other, -1);
    }
  }

  /** A second stage and its solution. */
  record Solved(Recourse recourse, Solution solution) {

    double cost() {
      return 1000 * solution.objective();
    }

    double netImportKw(int t) {
      return recourse.netImportKw(solution, t);
    }

    double curtailedKw(int t) {
      return schedule(t).curtailedKw();
    }

    DeviceSchedule schedule(int t) {
      return recourse.schedule(solution, t);
    }

    double simultaneousChargeKw() {
      return recourse.simultaneousChargeKw(solution);
    }
  }

  /** Adds variables and rows; {@code plan} holds the first stage’s planned net import, MW. */
  void addTo(Variable[] plan) {
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      addInterval(t, plan[t]);
    }
    site.battery().ifPresent(this::addBattery);
    addFlexibleLoad();
    site.vehicle().ifPresent(this::addVehicle);
  }

  private void addInterval(int t, Variable plan) {
    ConnectionPoint point = site.connectionPoint();
    double exchange = 2 * Math.max(point.importCapacityKw(), point.exportCapacityKw()) / 1000;
    double forecast = site.loadKw().at(t) / 1000;
    double deviation = t == state.interval() ? loadDeviationKw / 1000 : 0;
    double load = Math.max(0, forecast + deviation);
    double generation = generationKw.at(t) / 1000;
    double flexibleLoad = site.flexibleLoadFraction() * forecast;
    double batteryPower = site.battery().map(StorageRating::powerKw).orElse(0.0) / 1000;
    double turbinePower = site.microTurbine().map(m -> m.powerKw()).orElse(0.0) / 1000;
    double wear = site.battery().map(StorageRating::wearPerKwh).orElse(0.0);
    double fuel = site.microTurbine().map(m -> m.costPerKwh()).orElse(0.0);
    buy[t] =
        variable("buy", t, exchange, tariff.realtimeBuyFactor() * tariff.retailBuyPerKwh().at(t));
    sell[t] =
        variable(
            "sell", t, exchange, -tariff.realtimeSellFactor() * tariff.retailSellPerKwh().at(t));
    netImport[t] = limits.netImport("net import" + at(t), t);
    charge[t] = device("charge", t, batteryPower, wear);
    discharge[t] = device("discharge", t, batteryPower, wear);
    curtail[t] = variable("curtail", t, generation, site.curtailmentPricePerKwh());
    double shifted = 2 * flexibleLoad;
    flexible[t] =
        program.variable(
            "flexible" + at(t), mustServeAll() ? shifted : 0, nothingToServe() ? 0 : shifted);
    shed[t] = variable("shed", t, load, site.shedPricePerKwh());
    vehicle[t] = device("vehicle", t, vehiclePower(t), 0);
    turbine[t] = device("turbine", t, turbinePower, fuel);
    double needed = load - flexibleLoad - generation;
    balance[t] = program.row("balance" + at(t), needed, needed);
    balance[t].add(netImport[t], 1).add(curtail[t], -1).add(shed[t], 1).add(flexible[t], -1);
    add(balance[t], discharge[t], 1);
    add(balance[t], charge[t], -1);
    add(balance[t], turbine[t], 1);
    add(balance[t], vehicle[t], -1);
    program
        .row("exchange" + at(t), 0, 0)
        .add(netImport[t], 1)
        .add(plan, -1)
        .add(buy[t], -1)
        .add(sell[t], 1);
  }

  /** Another generation, kW per interval, for a prepared program that holds this second stage. */
  void setGeneration(PreparedProgram prepared, Profile otherKw) {
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      double generation = otherKw.at(t) / 1000;
      double needed = (1 - site.flexibleLoadFraction()) * site.loadKw().at(t) / 1000 - generation;
      prepared.setBounds(balance[t], needed, needed);
      prepared.setBounds(curtail[t], 0, generation);
    }
  }

  private double vehiclePower(int t) {
    LocalTime time = horizon.startOf(t).toLocalTime();
    return site.vehicle().filter(v -> v.pluggedInAt(time)).map(v -> v.powerKw()).orElse(0.0) / 1000;
  }

  // soc_t = soc_{t-1} + Δ(η ch − dis/η) within bounds; what is missing at the end is priced, so
  // that a
  // measured state of charge can never make the problem infeasible.
  private void addBattery(StorageRating rating) {
    double energy = rating.energyKwh() / 1000;
    double lowest = rating.socMinFraction() * energy;
    double highest = rating.socMaxFraction() * energy;
    double now = Math.max(lowest, Math.min(highest, state.batteryEnergyKwh() / 1000));
    Variable before = program.variable("energy" + suffix, now, now);
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      Variable after = program.variable("energy" + at(t), lowest, highest);
      program
          .row("battery balance" + at(t), 0, 0)
          .add(after, 1)
          .add(before, -1)
          .add(charge[t], -hours * rating.efficiency())
          .add(discharge[t], hours / rating.efficiency());
      before = after;
    }
    double dearest = tariff.retailBuyPerKwh().stream().max().orElse(0);
    Variable missing = program.variable("missing charge" + suffix, 0, Double.POSITIVE_INFINITY);
    cost.accept(missing, FINAL_CHARGE_PRICE_FACTOR * tariff.realtimeBuyFactor() * (1 + dearest));
    double target = rating.socInitialFraction() * energy;
    Row end = program.row("final charge" + suffix, target, Double.POSITIVE_INFINITY);
    end.add(before, 1).add(missing, 1);
  }

  private boolean nothingToServe() {
    return state.flexibleEnergyKwh() / 1000 < NOTHING_MWH;
  }

  /** Then each flexible load is fixed: a row that leaves it no choice would have no inside. */
  private boolean mustServeAll() {
    return !nothingToServe() && state.flexibleEnergyKwh() / 1000 > mostFlexible - NOTHING_MWH;
  }

  private void addFlexibleLoad() {
    if (nothingToServe() || mustServeAll()) {
      return;
    }
    double served = state.flexibleEnergyKwh() / 1000;
    Row row = program.row("flexible energy" + suffix, served, served);
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      row.add(flexible[t], hours);
    }
  }

  private void addVehicle(ElectricVehicle data) {
    double due = state.vehicleEnergyKwh() / 1000;
    if (due < NOTHING_MWH) {
      return;
    }
    Variable unserved = program.variable("unserved vehicle" + suffix, 0, due);
    cost.accept(unserved, data.unservedPricePerKwh());
    Row row = program.row("vehicle energy" + suffix, due, Double.POSITIVE_INFINITY);
    row.add(unserved, 1);
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      add(row, vehicle[t], hours * ElectricVehicle.CHARGING_EFFICIENCY);
    }
  }

  /** What a device does; null where there is none, so that it does not burden the program. */
  private Variable device(String name, int t, double most, double pricePerMwh) {
    return most > 0 ? variable(name, t, most, pricePerMwh) : null;
  }

  private static void add(Row row, Variable device, double coefficient) {
    if (device != null) {
      row.add(device, coefficient);
    }
  }

  private static double value(Solution solution, Variable device) {
    return device == null ? 0 : solution.value(device);
  }

  /** A variable from 0 to {@code most} that costs this much per MWh, thousands of the currency. */
  private Variable variable(String name, int t, double most, double pricePerMwh) {
    Variable variable = program.variable(name + at(t), 0, most);
    if (pricePerMwh != 0) {
      cost.accept(variable, hours * pricePerMwh);
    }
    return variable;
  }

  private String at(int t) {
    return suffix + "[" + t + "]";
  }

  /** Physical exchange of an interval in a solution, kW, positive when drawing. */
  double netImportKw(Solution solution, int t) {
    return 1000 * solution.value(netImport[t]);
  }

  /** What the devices do in an interval of a solution. */
  DeviceSchedule schedule(Solution solution, int t) {
    return new DeviceSchedule(
        netImportKw(solution, t),
        1000 * (value(solution, discharge[t]) - value(solution, charge[t])),
        1000 * value(solution, vehicle[t]),
        1000 * solution.value(flexible[t]),
        1000 * value(solution, turbine[t]),
        1000 * solution.value(curtail[t]),
        1000 * solution.value(shed[t]));
  }

  /**
   * Largest power that charges and discharges at the same time, kW; 0 in an optimum (method, 4.5).
   */
  double simultaneousChargeKw(Solution solution) {
    double largest = 0;
    for (int t = state.interval(); t < horizon.intervals(); t++) {
      largest =
          Math.max(
              largest, 1000 * Math.min(value(solution, charge[t]), value(solution, discharge[t])));
    }
    return largest;
  }
}
