package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.OperatorData;
import ndoe.feeders.Profile;
import ndoe.feeders.StorageRating;

/**
 * The operator’s robust problem (method, section 3): envelopes that keep every voltage and line
 * limit for every use of them, weighed against losses and the use of its own assets.
 *
 * <p>Inside: MW, Mvar, MWh, squared per-unit voltage, thousands of the currency.
 */
public final class OperatorProblem {
  /** Edges of the polygon inside a line’s rating circle (method, 3.5). */
  private static final int POLYGON_EDGES = 12;

  /** Cost of static var compensation, per Mvar² and h, thousands of the currency (method, 3.2). */
  static final double SVC_COST = 0.01;

  /** Price of a limit that passive load alone breaks, per unit of the row (method, 3.5). */
  private static final double SLACK_PRICE = 1e3;

  /**
   * Price of offering less than the default envelope, thousands of the currency per MWh of limit;
   * far above the value of freedom, so it happens only where the network leaves no choice.
   */
  private static final double SHORTFALL_PRICE = 10;

  /** Charging and discharging at once that is more than the solver's tolerance, MW. */
  private static final double BURNING_MW = 1e-5;

  private final OperatorKnowledge operator;
  private final LinDistFlow network;
  private final RiskMargins risk;
  private final AcMargins margins;
  private final Map<BusId, Integer> positions;
  private final int intervals;
  private final double hours;

  private final ConvexProgram.Builder program = new ConvexProgram.Builder();
  private final Variable[][] importLimit;
  private final Variable[][] exportLimit;
  private final Variable[][] plan;
  private final Variable[][] compensation;
  private final Variable[][] charge;
  private final Variable[][] discharge;
  private final List<Variable> slacks = new ArrayList<>();
  private final List<Variable> shortfalls = new ArrayList<>();

  private OperatorProblem(OperatorKnowledge operator, LinDistFlow network, AcMargins margins) {
    this.operator = operator;
    this.network = network;
    this.margins = margins;
    this.risk = new RiskMargins(operator, network);
    this.positions = operator.feeder().busPositions();
    this.intervals = operator.horizon().intervals();
    this.hours = operator.horizon().intervalHours();
    int points = operator.connectionPoints().size();
    int compensators = operator.data().staticVarCompensators().size();
    int batteries = operator.data().batteries().size();
    this.importLimit = new Variable[intervals][points];
    this.exportLimit = new Variable[intervals][points];
    this.plan = new Variable[intervals][points];
    this.compensation = new Variable[intervals][compensators];
    this.charge = new Variable[intervals][batteries];
    this.discharge = new Variable[intervals][batteries];
  }

  /**
   * Solves for envelopes the linear network can carry.
   *
   * @param margins what the AC network was found to need beyond it
   * @throws OperatorProblemException if the solver found no solution, with its reason
   */
  public static OperatorDecision solve(
      OperatorKnowledge operator, LinDistFlow network, AcMargins margins, ConvexSolver solver) {
    OperatorProblem problem = new OperatorProblem(operator, network, margins);
    PreparedProgram prepared = solver.prepare(problem.build());
    Solution solution = prepared.solve();
    while (solution.usable() && problem.forbidBurning(prepared, solution)) {
      solution = prepared.solve();
    }
    if (!solution.usable()) {
      throw new OperatorProblemException("the operator's problem was not solved: " + solution);
    }
    return problem.decision(solution);
  }

  /**
   * A battery may lower a voltage by charging and discharging at once, which none can do. Where it
   * would, the smaller of the two is fixed at 0 (method, 4.5).
   */
  private boolean forbidBurning(PreparedProgram prepared, Solution solution) {
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

  /** The program itself, for a second solver to check the first. */
  static ConvexProgram program(OperatorKnowledge operator, LinDistFlow network, AcMargins margins) {
    return new OperatorProblem(operator, network, margins).build();
  }

  private ConvexProgram build() {
    for (int t = 0; t < intervals; t++) {
      addEnvelopes(t);
      addAssets(t);
      addLosses(t);
      addVoltageLimits(t);
      addLineLimits(t);
    }
    addBatteryEnergy();
    return program.build();
  }

  private void addEnvelopes(int t) {
    double slope = operator.data().envelopeValueSlope() * hours;
    double curvature = operator.data().envelopeValueCurvature() * hours;
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      String name = "[" + point.prosumer() + "," + t + "]";
      double importCap = point.importCapacityKw() / 1000;
      double exportCap = point.exportCapacityKw() / 1000;
      importLimit[t][n] = program.variable("import" + name, 0, importCap);
      exportLimit[t][n] = program.variable("export" + name, 0, exportCap);
      plan[t][n] = program.variable("plan" + name, -exportCap, importCap);
      for (Variable limit : List.of(importLimit[t][n], exportLimit[t][n])) {
        program.addLinearCost(limit, -slope).addQuadraticCost(limit, curvature);
      }
      addFloor("import" + name, importLimit[t][n], point.defaultEnvelope().importLimitKw());
      addFloor("export" + name, exportLimit[t][n], point.defaultEnvelope().exportLimitKw());
      program
          .row("plan within import" + name, Double.NEGATIVE_INFINITY, 0)
          .add(plan[t][n], 1)
          .add(importLimit[t][n], -1);
      program
          .row("plan within export" + name, 0, Double.POSITIVE_INFINITY)
          .add(plan[t][n], 1)
          .add(exportLimit[t][n], 1);
    }
  }

  // Offers keep to the default envelope as a floor, so that a connection point which falls back to
  // it
  // stays inside the certified box while all others use theirs.
  private void addFloor(String name, Variable limit, double defaultKw) {
    if (defaultKw > 0) {
      Variable shortfall = program.variable("shortfall " + name, 0, defaultKw / 1000);
      program.addLinearCost(shortfall, SHORTFALL_PRICE * hours);
      program
          .row("floor " + name, defaultKw / 1000, Double.POSITIVE_INFINITY)
          .add(limit, 1)
          .add(shortfall, 1);
      shortfalls.add(shortfall);
    }
  }

  private void addAssets(int t) {
    OperatorData data = operator.data();
    for (int v = 0; v < data.staticVarCompensators().size(); v++) {
      double rating = data.staticVarCompensators().get(v).ratingKvar() / 1000;
      compensation[t][v] = program.variable("svc[" + v + "," + t + "]", -rating, rating);
      program.addQuadraticCost(compensation[t][v], SVC_COST * hours);
    }
    for (int s = 0; s < data.batteries().size(); s++) {
      StorageRating rating = data.batteries().get(s).rating();
      double power = rating.powerKw() / 1000;
      charge[t][s] = program.variable("charge[" + s + "," + t + "]", 0, power);
      discharge[t][s] = program.variable("discharge[" + s + "," + t + "]", 0, power);
      program.addLinearCost(charge[t][s], rating.wearPerKwh() * hours);
      program.addLinearCost(discharge[t][s], rating.wearPerKwh() * hours);
    }
  }

  // s_t = s_{t-1} + Δ(η c − g/η), within bounds, back to the start at the end (method, 3.3).
  private void addBatteryEnergy() {
    for (int s = 0; s < operator.data().batteries().size(); s++) {
      StorageRating rating = operator.data().batteries().get(s).rating();
      double energy = rating.energyKwh() / 1000;
      double initial = rating.socInitialFraction() * energy;
      Variable before = program.variable("energy[" + s + "]", initial, initial);
      for (int t = 0; t < intervals; t++) {
        boolean last = t == intervals - 1;
        Variable after =
            program.variable(
                "energy[" + s + "," + t + "]",
                last ? initial : rating.socMinFraction() * energy,
                last ? initial : rating.socMaxFraction() * energy);
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

  // P_l = Σ_b D[l,b]·(PL_b + Σ d̄ + c − g), Q_l likewise (method, 3.4); their squares cost losses
  // (3.2).
  private void addLosses(int t) {
    double sourceSquared = Math.pow(operator.feeder().sourceVoltagePu(), 2);
    Variable[] active = new Variable[network.lines()];
    Variable[] reactive = new Variable[network.lines()];
    Row[] activeRow = new Row[network.lines()];
    Row[] reactiveRow = new Row[network.lines()];
    double[] activeLoad = passiveLoad(t, true);
    double[] reactiveLoad = passiveLoad(t, false);
    for (int l = 0; l < network.lines(); l++) {
      double cost =
          operator.data().lossPricePerKwh() * hours * network.resistancePu(l) / sourceSquared;
      double p = activeLoad[network.fedBus(l)];
      double q = reactiveLoad[network.fedBus(l)];
      active[l] = free("P[" + l + "," + t + "]");
      reactive[l] = free("Q[" + l + "," + t + "]");
      activeRow[l] = program.row("P flow[" + l + "," + t + "]", p, p).add(active[l], 1);
      reactiveRow[l] = program.row("Q flow[" + l + "," + t + "]", q, q).add(reactive[l], 1);
      for (Variable flow : List.of(active[l], reactive[l])) {
        program.addQuadraticCost(flow, 2 * cost);
      }
    }
    for (int l = 0; l < network.lines(); l++) {
      int parent = network.parentLine(l);
      if (parent >= 0) {
        activeRow[parent].add(active[l], -1);
        reactiveRow[parent].add(reactive[l], -1);
      }
    }
    int[] lineInto = new int[network.buses()];
    for (int l = 0; l < network.lines(); l++) {
      lineInto[network.fedBus(l)] = l;
    }
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      int line = lineInto[positions.get(point.bus())];
      activeRow[line].add(plan[t][n], -1);
      reactiveRow[line].add(plan[t][n], -point.tanPhi());
    }
    for (int v = 0; v < compensation[t].length; v++) {
      BusId bus = operator.data().staticVarCompensators().get(v).bus();
      reactiveRow[lineInto[positions.get(bus)]].add(compensation[t][v], 1);
    }
    for (int s = 0; s < charge[t].length; s++) {
      BusId bus = operator.data().batteries().get(s).bus();
      activeRow[lineInto[positions.get(bus)]].add(charge[t][s], -1).add(discharge[t][s], 1);
    }
  }

  // The exact robust counterpart over the box: two rows per bus (method, 3.5).
  private void addVoltageLimits(int t) {
    double[] activeLoad = passiveLoad(t, true);
    double[] reactiveLoad = passiveLoad(t, false);
    double maxSquared = Math.pow(operator.feeder().voltageLimits().maxPu(), 2);
    double minSquared = Math.pow(operator.feeder().voltageLimits().minPu(), 2);
    Variable slackHigh = slack("over-voltage slack[" + t + "]");
    Variable slackLow = slack("under-voltage slack[" + t + "]");
    for (int b = 1; b < network.buses(); b++) {
      double base = network.squaredVoltagePu(b, activeLoad, reactiveLoad);
      double margin = risk.squaredVoltage(b, t);
      String name = "[" + operator.feeder().buses().get(b) + "," + t + "]";
      Row high =
          program
              .row(
                  "over-voltage" + name,
                  Double.NEGATIVE_INFINITY,
                  maxSquared - margins.high(t, b) - margin - base)
              .add(slackHigh, -1);
      Row low =
          program
              .row(
                  "under-voltage" + name,
                  minSquared + margins.low(t, b) + margin - base,
                  Double.POSITIVE_INFINITY)
              .add(slackLow, 1);
      for (int n = 0; n < operator.connectionPoints().size(); n++) {
        ConnectionPoint point = operator.connectionPoints().get(n);
        int at = positions.get(point.bus());
        double rho = network.dropPerMw(b, at) + point.tanPhi() * network.dropPerMvar(b, at);
        addWorstCase(
            high, Math.max(rho, 0), exportLimit[t][n], Math.max(-rho, 0), importLimit[t][n]);
        addWorstCase(
            low, -Math.max(rho, 0), importLimit[t][n], -Math.max(-rho, 0), exportLimit[t][n]);
      }
      for (Row row : List.of(high, low)) {
        addAssetEffects(row, t, b);
      }
    }
  }

  private static void addWorstCase(
      Row row, double first, Variable firstLimit, double second, Variable secondLimit) {
    if (first != 0) {
      row.add(firstLimit, first);
    }
    if (second != 0) {
      row.add(secondLimit, second);
    }
  }

  private void addAssetEffects(Row row, int t, int bus) {
    OperatorData data = operator.data();
    for (int v = 0; v < compensation[t].length; v++) {
      int at = positions.get(data.staticVarCompensators().get(v).bus());
      row.add(compensation[t][v], network.dropPerMvar(bus, at));
    }
    for (int s = 0; s < charge[t].length; s++) {
      double drop = network.dropPerMw(bus, positions.get(data.batteries().get(s).bus()));
      row.add(charge[t][s], -drop).add(discharge[t][s], drop);
    }
  }

  // cosθ·P⁰ + sinθ·Q⁰ + Σ D·(h⁺ ē_imp + h⁻ ē_exp) ≤ S̄ cos(π/|A|) (method, 3.5).
  private void addLineLimits(int t) {
    double[] activeLoad = passiveLoad(t, true);
    double[] reactiveLoad = passiveLoad(t, false);
    Variable slack = slack("line slack[" + t + "]");
    for (int l = 0; l < network.lines(); l++) {
      double rating = operator.feeder().lines().get(l).ratingKva() / 1000;
      double available =
          (rating - margins.ratingMva(t, l)) * Math.cos(Math.PI / POLYGON_EDGES)
              - risk.ratingMva(l, t);
      double p = network.flow(l, activeLoad);
      double q = network.flow(l, reactiveLoad);
      for (int a = 0; a < POLYGON_EDGES; a++) {
        double cos = Math.cos(2 * Math.PI * a / POLYGON_EDGES);
        double sin = Math.sin(2 * Math.PI * a / POLYGON_EDGES);
        Row row =
            program
                .row(
                    "rating[" + operator.feeder().lines().get(l).id() + "," + a + "," + t + "]",
                    Double.NEGATIVE_INFINITY,
                    available - cos * p - sin * q)
                .add(slack, -1);
        addLineEffects(row, t, l, cos, sin);
      }
    }
  }

  private void addLineEffects(Row row, int t, int line, double cos, double sin) {
    OperatorData data = operator.data();
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      if (network.feeds(line, positions.get(point.bus()))) {
        double h = cos + point.tanPhi() * sin;
        addWorstCase(row, Math.max(h, 0), importLimit[t][n], Math.max(-h, 0), exportLimit[t][n]);
      }
    }
    for (int v = 0; v < compensation[t].length; v++) {
      if (network.feeds(line, positions.get(data.staticVarCompensators().get(v).bus()))) {
        row.add(compensation[t][v], -sin);
      }
    }
    for (int s = 0; s < charge[t].length; s++) {
      if (network.feeds(line, positions.get(data.batteries().get(s).bus()))) {
        row.add(charge[t][s], cos).add(discharge[t][s], -cos);
      }
    }
  }

  private Variable free(String name) {
    return program.variable(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private Variable slack(String name) {
    Variable slack = program.variable(name, 0, Double.POSITIVE_INFINITY);
    program.addLinearCost(slack, SLACK_PRICE);
    slacks.add(slack);
    return slack;
  }

  /** Passive load drawn at every bus, MW or Mvar. */
  private double[] passiveLoad(int t, boolean active) {
    double[] drawn = new double[network.buses()];
    for (var load : operator.passiveLoads()) {
      Profile profile = active ? load.activePowerKw() : load.reactivePowerKvar();
      drawn[positions.get(load.bus())] += profile.at(t) / 1000;
    }
    return drawn;
  }

  private OperatorDecision decision(Solution solution) {
    List<EnvelopePlan.PointPlan> points = new ArrayList<>();
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      List<OperatingEnvelope> envelopes = new ArrayList<>();
      double[] planned = new double[intervals];
      for (int t = 0; t < intervals; t++) {
        OperatingEnvelope envelope =
            new OperatingEnvelope(
                roundedDownKw(solution.value(importLimit[t][n])),
                roundedDownKw(solution.value(exportLimit[t][n])));
        envelopes.add(envelope);
        planned[t] =
            Math.max(
                -envelope.exportLimitKw(),
                Math.min(envelope.importLimitKw(), 1000 * solution.value(plan[t][n])));
      }
      points.add(
          new EnvelopePlan.PointPlan(
              point.prosumer(), point.bus(), envelopes, Profile.of(planned)));
    }
    return new OperatorDecision(
        new EnvelopePlan(operator.horizon(), points),
        schedules(solution),
        1000 * solution.objective(),
        slacks.stream().mapToDouble(solution::value).max().orElse(0),
        1000 * shortfalls.stream().mapToDouble(solution::value).max().orElse(0));
  }

  // An envelope is never larger than what was found to be safe: whole watts, rounded down.
  private static double roundedDownKw(double megawatts) {
    return Math.max(0, Math.floor(megawatts * 1e6) / 1e3);
  }

  private List<AssetSchedule> schedules(Solution solution) {
    List<AssetSchedule> schedules = new ArrayList<>();
    Profile zero = Profile.constant(0, intervals);
    var compensators = operator.data().staticVarCompensators();
    for (int i = 0; i < compensators.size(); i++) {
      int v = i;
      Profile kvar = Profile.generate(intervals, t -> 1000 * solution.value(compensation[t][v]));
      schedules.add(
          new AssetSchedule(compensators.get(v).id(), compensators.get(v).bus(), zero, kvar));
    }
    var batteries = operator.data().batteries();
    for (int i = 0; i < batteries.size(); i++) {
      int s = i;
      Profile kw =
          Profile.generate(
              intervals,
              t -> 1000 * (solution.value(discharge[t][s]) - solution.value(charge[t][s])));
      schedules.add(new AssetSchedule(batteries.get(s).id(), batteries.get(s).bus(), kw, zero));
    }
    return schedules;
  }
}
