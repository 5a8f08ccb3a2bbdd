package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatorData;
import ndoe.feeders.Profile;
import ndoe.feeders.StorageRating;

/**
 * The operator’s own compensators and batteries in its program (method, 3.2 and 3.3). Inside: MW,
 * Mvar, MWh, thousands of the currency.
 */
final class OwnAssets {
  /** Cost of static var compensation, per Mvar² and h, thousands of the currency (method, 3.2). */
  static final double SVC_COST = 0.01;

  /** Charging and discharging at once that is more than the solver's tolerance, MW. */
  private static final double BURNING_MW = 1e-5;

  private final OperatorData data;
  private final int[][] compensatorPlaces;
  private final int[][] batteryPlaces;
  private final int intervals;
  private final double hours;
  private final double[] startMwh;
  private final Variable[][] compensation;
  private final Variable[][] charge;
  private final Variable[][] discharge;

  OwnAssets(OperatorKnowledge operator, ConvexProgram.Builder program) {
    data = operator.data();
    Feeder feeder = operator.feeder();
    compensatorPlaces =
        data.staticVarCompensators().stream()
            .map(svc -> feeder.at(svc.bus()))
            .toArray(int[][]::new);
    batteryPlaces =
        data.batteries().stream().map(each -> feeder.at(each.bus())).toArray(int[][]::new);
    intervals = operator.horizon().intervals();
    hours = operator.horizon().intervalHours();
    startMwh = operator.batteryEnergyKwh().stream().mapToDouble(kwh -> kwh / 1000).toArray();
    compensation = new Variable[intervals][data.staticVarCompensators().size()];
    charge = new Variable[intervals][data.batteries().size()];
    discharge = new Variable[intervals][data.batteries().size()];
    for (int t = 0; t < intervals; t++) {
      add(t, program);
    }
    addBatteryEnergy(program);
  }

  private void add(int t, ConvexProgram.Builder program) {
    for (int v = 0; v < compensation[t].length; v++) {
      double rating = compensatorMvar(v);
      compensation[t][v] = program.variable("svc[" + v + "," + t + "]", -rating, rating);
      program.addQuadraticCost(compensation[t][v], SVC_COST * hours);
    }
    for (int s = 0; s < charge[t].length; s++) {
      double wear = data.batteries().get(s).rating().wearPerKwh();
      charge[t][s] = program.variable("charge[" + s + "," + t + "]", 0, batteryMw(s));
      discharge[t][s] = program.variable("discharge[" + s + "," + t + "]", 0, batteryMw(s));
      program.addLinearCost(charge[t][s], wear * hours);
      program.addLinearCost(discharge[t][s], wear * hours);
    }
  }

  private double compensatorMvar(int v) {
    return data.staticVarCompensators().get(v).ratingKvar() / 1000;
  }

  private double batteryMw(int s) {
    return data.batteries().get(s).rating().powerKw() / 1000;
  }

  // s_t = s_{t-1} + Δ(η c − g/η), within bounds, back to the start at the end (method, 3.3).
  private void addBatteryEnergy(ConvexProgram.Builder program) {
    for (int s = 0; s < data.batteries().size(); s++) {
      StorageRating rating = data.batteries().get(s).rating();
      double energy = rating.energyKwh() / 1000;
      double due = rating.socInitialFraction() * energy;
      double start = startMwh[s];
      Variable before = program.variable("energy[" + s + "]", start, start);
      for (int t = 0; t < intervals; t++) {
        boolean last = t == intervals - 1;
        Variable after =
            program.variable(
                "energy[" + s + "," + t + "]",
                last ? due : rating.socMinFraction() * energy,
                last ? due : rating.socMaxFraction() * energy);
        program
            .row("battery balance[" + s + "," + t + "]", 0, 0)
            .add(after, 1)
            .add(before, -1)
            .add(charge[t][s], -hours * rating.efficiency())
            .add(discharge[t][s], hours / rating.efficiency());
        before = after;
      }
    }
  }

  /** What they decide in an interval: compensation, charging, discharging. */
  Stream<Variable> decisions(int t) {
    return Stream.of(compensation[t], charge[t], discharge[t]).flatMap(Arrays::stream);
  }

  /** Least of each decision, Mvar or MW. */
  DoubleStream lowest() {
    return DoubleStream.concat(
        compensators().map(rating -> -rating),
        DoubleStream.generate(() -> 0).limit(2L * batteries()));
  }

  /** Most of each decision, Mvar or MW. */
  DoubleStream highest() {
    return DoubleStream.concat(
        compensators(), DoubleStream.concat(batteryPowers(), batteryPowers()));
  }

  private DoubleStream compensators() {
    return data.staticVarCompensators().stream().mapToDouble(svc -> svc.ratingKvar() / 1000);
  }

  private DoubleStream batteryPowers() {
    return data.batteries().stream().mapToDouble(battery -> battery.rating().powerKw() / 1000);
  }

  private int batteries() {
    return data.batteries().size();
  }

  /** What they add to the active power drawn at the buses. */
  List<NominalDraw> activeDraws(int t) {
    List<NominalDraw> draws = new ArrayList<>();
    for (int s = 0; s < charge[t].length; s++) {
      draws.add(new NominalDraw(batteryPlaces[s], charge[t][s], 1));
      draws.add(new NominalDraw(batteryPlaces[s], discharge[t][s], -1));
    }
    return draws;
  }

  /** What they add to the reactive power drawn at the buses. */
  List<NominalDraw> reactiveDraws(int t) {
    List<NominalDraw> draws = new ArrayList<>();
    for (int v = 0; v < compensation[t].length; v++) {
      draws.add(new NominalDraw(compensatorPlaces[v], compensation[t][v], -1));
    }
    return draws;
  }

  /**
   * A battery may lower a voltage by charging and discharging at once, which none can do. Where it
   * would, the smaller of the two is fixed at 0 (method, 4.5).
   *
   * @return whether anything was fixed, so that the program must be solved again
   */
  boolean forbidBurning(PreparedProgram prepared, Solution solution) {
    boolean burning = false;
    for (int t = 0; t < intervals; t++) {
      for (int s = 0; s < charge[t].length; s++) {
        double charged = solution.value(charge[t][s]);
        double discharged = solution.value(discharge[t][s]);
        if (Math.min(charged, discharged) > BURNING_MW) {
          prepared.setBounds(charged < discharged ? charge[t][s] : discharge[t][s], 0, 0);
          burning = true;
        }
      }
    }
    return burning;
  }

  /** What a solution has them do, kW and kvar, injection positive. */
  List<AssetSchedule> schedules(Solution solution) {
    List<AssetSchedule> schedules = new ArrayList<>();
    Profile zero = Profile.constant(0, intervals);
    for (int i = 0; i < data.staticVarCompensators().size(); i++) {
      int v = i;
      var compensator = data.staticVarCompensators().get(v);
      Profile kvar = Profile.generate(intervals, t -> 1000 * solution.value(compensation[t][v]));
      schedules.add(new AssetSchedule(compensator.id(), compensator.bus(), zero, kvar));
    }
    for (int i = 0; i < data.batteries().size(); i++) {
      int s = i;
      var battery = data.batteries().get(s);
      Profile kw =
          Profile.generate(
              intervals,
              t -> 1000 * (solution.value(discharge[t][s]) - solution.value(charge[t][s])));
      schedules.add(new AssetSchedule(battery.id(), battery.bus(), kw, zero));
    }
    return schedules;
  }
}
