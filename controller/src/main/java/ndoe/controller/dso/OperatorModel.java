package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.network.LinearNetwork;
import ndoe.controller.network.Linearisation;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;

/**
 * The operator’s robust problem (method, section 3) as variables, costs and rows of a program:
 * envelopes that keep every voltage and line limit for every use of them, weighed against losses
 * and the use of its own assets.
 *
 * <p>Inside: MW, Mvar, MWh, squared per-unit voltage, thousands of the currency.
 */
public final class OperatorModel {
  /** Price of a limit that passive load alone breaks, per unit of the row (method, 3.5). */
  private static final double SLACK_PRICE = 1e3;

  /**
   * Price of offering less than the default envelope, thousands of the currency per MWh of limit;
   * far above the value of freedom, so it happens only where the network leaves no choice.
   */
  private static final double SHORTFALL_PRICE = 10;

  /** Slack that is more than the solver's tolerance, per unit of the row. */
  private static final double NOTICEABLE_SLACK = 1e-6;

  private final OperatorKnowledge operator;
  private final Linearisation network;
  private final AcMargins margins;
  private final RobustRows robustRows;
  private final EnvelopeValue importValue;
  private final EnvelopeValue exportValue;
  private final int intervals;
  private final double hours;
  private final ConvexProgram.Builder program;
  private final Variable[][] importLimit;
  private final Variable[][] exportLimit;
  private final Variable[][] plan;
  private final Limit[][] importTerms;
  private final Limit[][] exportTerms;
  private final OwnAssets assets;
  private final int[][] pointPlaces;
  private final List<Slack> slacks = new ArrayList<>();
  private final List<Variable> shortfalls = new ArrayList<>();
  private final List<List<PricedRow>> pricedRows = new ArrayList<>();

  /** A robust row in the program, for the price of what it holds back. */
  private record PricedRow(BoxedRow boxed, Row row) {}

  private record Slack(LimitKind kind, int interval, Variable variable) {}

  /** A coefficient of a limit in a row. */
  private record Term(Row row, double coefficient) {}

  /** Rows a limit is in beside the robust ones. */
  private record Limit(Variable variable, List<Term> connection, List<Term> value) {}

  /**
   * Adds the problem to a program.
   *
   * @param margins the linear network, and what the AC network was found to need beyond it
   */
  public OperatorModel(
      OperatorKnowledge operator, AcMargins margins, ConvexProgram.Builder program) {
    this(operator, margins, program, Optional.empty());
  }

  /**
   * Adds the problem with envelopes and plans given, so that only its own assets are left to decide
   * and freedom has no value.
   */
  static OperatorModel forAgreed(
      OperatorKnowledge operator,
      AcMargins margins,
      ConvexProgram.Builder program,
      EnvelopePlan agreed) {
    return new OperatorModel(operator, margins, program, Optional.of(agreed));
  }

  private OperatorModel(
      OperatorKnowledge operator,
      AcMargins margins,
      ConvexProgram.Builder program,
      Optional<EnvelopePlan> agreed) {
    this.operator = operator;
    this.network = margins.network();
    this.margins = margins;
    this.robustRows = new RobustRows(operator, margins);
    this.intervals = operator.horizon().intervals();
    this.hours = operator.horizon().intervalHours();
    this.program = program;
    int points = operator.connectionPoints().size();
    this.importLimit = new Variable[intervals][points];
    this.exportLimit = new Variable[intervals][points];
    this.plan = new Variable[intervals][points];
    this.importTerms = new Limit[intervals][points];
    this.exportTerms = new Limit[intervals][points];
    this.assets = new OwnAssets(operator, program);
    this.pointPlaces =
        operator.connectionPoints().stream()
            .map(point -> operator.feeder().at(point.bus()))
            .toArray(int[][]::new);
    importValue = new EnvelopeValue(operator.data(), operator.importCapacityMw());
    exportValue = new EnvelopeValue(operator.data(), operator.exportCapacityMw());
    for (int t = 0; t < intervals; t++) {
      if (agreed.isPresent()) {
        fixEnvelopes(t, agreed.get());
      } else {
        addEnvelopes(t);
      }
      addLosses(t);
      addRobustRows(t);
    }
  }

  /** Import limit of the nth connection point, MW. */
  public Variable importLimit(int t, int n) {
    return importLimit[t][n];
  }

  /** Export limit of the nth connection point, MW. */
  public Variable exportLimit(int t, int n) {
    return exportLimit[t][n];
  }

  /** Planned net import of the nth connection point, MW. */
  public Variable plan(int t, int n) {
    return plan[t][n];
  }

  /** Cost that every limit itself has in the program, thousands per MW and interval. */
  double limitCost() {
    return hours * importValue.linearCost();
  }

  private void addEnvelopes(int t) {
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      String name = "[" + point.prosumer() + "," + t + "]";
      double importCap = point.importCapacityKw() / 1000;
      double exportCap = point.exportCapacityKw() / 1000;
      importLimit[t][n] = program.variable("import" + name, 0, importCap);
      exportLimit[t][n] = program.variable("export" + name, 0, exportCap);
      plan[t][n] = program.variable("plan" + name, -exportCap, importCap);
      Limit imports = new Limit(importLimit[t][n], new ArrayList<>(), new ArrayList<>());
      Limit exports = new Limit(exportLimit[t][n], new ArrayList<>(), new ArrayList<>());
      addFloor("import" + name, imports, point.defaultEnvelope().importLimitKw());
      addFloor("export" + name, exports, point.defaultEnvelope().exportLimitKw());
      Row within = program.row("plan within import" + name, Double.NEGATIVE_INFINITY, 0);
      within.add(plan[t][n], 1).add(importLimit[t][n], -1);
      imports.connection.add(new Term(within, -1));
      Row without = program.row("plan within export" + name, 0, Double.POSITIVE_INFINITY);
      without.add(plan[t][n], 1).add(exportLimit[t][n], 1);
      exports.connection.add(new Term(without, 1));
      importTerms[t][n] = imports;
      exportTerms[t][n] = exports;
    }
    importValue
        .addTo(program, "import[" + t + "]", List.of(importLimit[t]), hours)
        .forEach(row -> importTerms[t][row.n()].value.add(new Term(row.row(), row.coefficient())));
    exportValue
        .addTo(program, "export[" + t + "]", List.of(exportLimit[t]), hours)
        .forEach(row -> exportTerms[t][row.n()].value.add(new Term(row.row(), row.coefficient())));
  }

  private void fixEnvelopes(int t, EnvelopePlan agreed) {
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      EnvelopePlan.PointPlan point = agreed.of(operator.connectionPoints().get(n).prosumer());
      OperatingEnvelope envelope = point.envelopes().get(t);
      importLimit[t][n] = fixed("import", t, n, envelope.importLimitKw());
      exportLimit[t][n] = fixed("export", t, n, envelope.exportLimitKw());
      plan[t][n] = fixed("plan", t, n, point.plannedNetImportKw().at(t));
    }
  }

  private Variable fixed(String name, int t, int n, double kilowatts) {
    return program.variable(name + "[" + n + "," + t + "]", kilowatts / 1000, kilowatts / 1000);
  }

  // Offers keep to the default envelope as a floor, so that a connection point which falls back to
  // it stays inside the certified box while all others use theirs.
  private void addFloor(String name, Limit limit, double defaultKw) {
    if (defaultKw > 0) {
      Variable shortfall = program.variable("shortfall " + name, 0, defaultKw / 1000);
      program.addLinearCost(shortfall, SHORTFALL_PRICE * hours);
      Row floor = program.row("floor " + name, defaultKw / 1000, Double.POSITIVE_INFINITY);
      floor.add(limit.variable, 1).add(shortfall, 1);
      limit.connection.add(new Term(floor, 1));
      shortfalls.add(shortfall);
    }
  }

  // The squares of nominal flows cost losses (method, 3.2 and 3.4).
  private void addLosses(int t) {
    LinearNetwork here = network.importing(t);
    double[] costPerSquare = new double[here.lines()];
    Arrays.setAll(
        costPerSquare, l -> operator.data().lossPricePerKwh() * hours * here.lossesPerSquare(l));
    List<NominalDraw> active = new ArrayList<>();
    List<NominalDraw> reactive = new ArrayList<>();
    for (int n = 0; n < operator.connectionPoints().size(); n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      int[] places = pointPlaces[n];
      active.add(new NominalDraw(places, plan[t][n], 1));
      if (point.tanPhi() != 0) {
        reactive.add(new NominalDraw(places, plan[t][n], point.tanPhi()));
      }
    }
    active.addAll(assets.activeDraws(t));
    reactive.addAll(assets.reactiveDraws(t));
    if (here instanceof LinDistFlow radial) {
      NominalFlows flows = new NominalFlows(radial, program, costPerSquare);
      flows.add("P[" + t + "]", operator.passiveLoadMw(t), active);
      flows.add("Q[" + t + "]", operator.passiveLoadMvar(t), reactive);
    } else {
      new NominalLosses(here, costPerSquare)
          .addTo(
              program,
              "losses[" + t + "]",
              operator.passiveLoadMw(t),
              operator.passiveLoadMvar(t),
              active,
              reactive);
    }
  }

  private void addRobustRows(int t) {
    Variable[] decisions =
        Stream.concat(
                Stream.of(
                        togetherAtBus("import at bus", t, importLimit[t]),
                        togetherAtBus("export at bus", t, exportLimit[t]))
                    .flatMap(Arrays::stream),
                assets.decisions(t))
            .toArray(Variable[]::new);
    double[] lower = lowestDecisions();
    double[] upper = highestDecisions();
    List<PricedRow> kept = new ArrayList<>();
    Map<LimitKind, List<BoxedRow>> byKind = new EnumMap<>(LimitKind.class);
    for (BoxedRow row : robustRows.at(t, operator.passiveLoadMw(t), operator.passiveLoadMvar(t))) {
      byKind.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row);
    }
    byKind.forEach(
        (kind, rows) -> {
          List<BoxedRow> needed = BoxedRow.needed(rows, lower, upper);
          if (!needed.isEmpty()) {
            Variable slack = slack(kind, t);
            needed.forEach(
                boxed -> kept.add(add(boxed, decisions, slack, margins.unavoidable(kind, t))));
          }
        });
    pricedRows.add(kept);
  }

  // Limits at the same bus have the same effect everywhere, so their sum stands for all of them: in
  // the place of the first, and null in those of the others.
  private Variable[] togetherAtBus(String name, int t, Variable[] limits) {
    Map<List<Object>, List<Integer>> alike = new LinkedHashMap<>();
    for (int n = 0; n < limits.length; n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      alike.computeIfAbsent(List.of(point.bus(), point.tanPhi()), key -> new ArrayList<>()).add(n);
    }
    Variable[] together = new Variable[limits.length];
    for (List<Integer> group : alike.values()) {
      int first = group.get(0);
      if (group.size() == 1) {
        together[first] = limits[first];
        continue;
      }
      together[first] =
          program.variable(name + "[" + first + "," + t + "]", 0, Double.POSITIVE_INFINITY);
      Row sum = program.row(name + "[" + first + "," + t + "]", 0, 0).add(together[first], -1);
      group.forEach(n -> sum.add(limits[n], 1));
    }
    return together;
  }

  private PricedRow add(BoxedRow boxed, Variable[] decisions, Variable slack, double unavoidable) {
    Row row =
        program
            .row(boxed.name(), Double.NEGATIVE_INFINITY, boxed.bound() + unavoidable)
            .add(slack, -1);
    for (int i = 0; i < decisions.length; i++) {
      if (boxed.coefficients()[i] != 0 && decisions[i] != null) {
        row.add(decisions[i], boxed.coefficients()[i]);
      }
    }
    return new PricedRow(boxed, row);
  }

  private double[] lowestDecisions() {
    int limits = 2 * operator.connectionPoints().size();
    return DoubleStream.concat(DoubleStream.of(new double[limits]), assets.lowest()).toArray();
  }

  private double[] highestDecisions() {
    return DoubleStream.concat(
            DoubleStream.concat(
                DoubleStream.of(operator.importCapacityMw()),
                DoubleStream.of(operator.exportCapacityMw())),
            assets.highest())
        .toArray();
  }

  private Variable slack(LimitKind kind, int t) {
    Variable slack = program.variable(kind + " slack[" + t + "]", 0, Double.POSITIVE_INFINITY);
    program.addLinearCost(slack, SLACK_PRICE);
    slacks.add(new Slack(kind, t, slack));
    return slack;
  }

  /**
   * Forbids a battery to charge and discharge at once where a solution lets it (method, 4.5).
   *
   * @return whether anything was fixed, so that the program must be solved again
   */
  public boolean forbidBurning(PreparedProgram prepared, Solution solution) {
    return assets.forbidBurning(prepared, solution);
  }

  /** Why the nth connection point’s import limit is not larger, by the duals of a solution. */
  EnvelopePrice importPrice(Solution solution, int t, int n) {
    return price(solution, t, n, importTerms[t][n], importValue);
  }

  /** Why the nth connection point’s export limit is not larger, by the duals of a solution. */
  EnvelopePrice exportPrice(Solution solution, int t, int n) {
    int column = operator.connectionPoints().size() + n;
    return price(solution, t, column, exportTerms[t][n], exportValue);
  }

  private EnvelopePrice price(
      Solution solution, int t, int column, Limit limit, EnvelopeValue ofFreedom) {
    double voltage = 0;
    double thermal = 0;
    for (PricedRow row : pricedRows.get(t)) {
      double held = -solution.dual(row.row()) * row.boxed().coefficients()[column] / hours;
      if (row.boxed().kind() == LimitKind.LINE_RATING) {
        thermal += held;
      } else {
        voltage += held;
      }
    }
    double freedom = ofFreedom.marginalCost(solution.value(limit.variable));
    freedom -= sum(solution, limit.value) / hours;
    double connection = -solution.reducedCost(limit.variable) / hours;
    connection -= sum(solution, limit.connection) / hours;
    return new EnvelopePrice(voltage, thermal, freedom, connection);
  }

  private static double sum(Solution solution, List<Term> terms) {
    return terms.stream().mapToDouble(t -> solution.dual(t.row()) * t.coefficient()).sum();
  }

  /** What a solution decides. */
  public OperatorDecision decision(Solution solution) {
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
        assets.schedules(solution),
        1000 * solution.objective(),
        slacks.stream()
            .map(
                slack ->
                    new BrokenLimit(
                        slack.kind(), slack.interval(), solution.value(slack.variable())))
            .filter(broken -> broken.by() > NOTICEABLE_SLACK)
            .toList(),
        1000 * shortfalls.stream().mapToDouble(solution::value).max().orElse(0));
  }

  // An envelope is never larger than what was found to be safe: whole watts, rounded down.
  private static double roundedDownKw(double megawatts) {
    return Math.max(0, Math.floor(megawatts * 1e6) / 1e3);
  }
}
