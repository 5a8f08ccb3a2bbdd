package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * The operator at the negotiating table: offers envelopes its network can carry and moves them
 * towards what prosumers ask for (method, section 7). Every offer it ever makes satisfies its
 * robust network rows.
 *
 * <p>Inside: MW, thousands of the currency.
 */
public final class Operator {
  private final OperatorKnowledge operator;
  private Terms terms;
  private final ConvexSolver solver;
  private final int intervals;
  private final double hours;
  private final int points;

  private final Map<ProsumerId, Integer> positions = new HashMap<>();

  private AcMargins margins;
  private OperatorModel model;
  private PreparedProgram prepared;
  private Solution latest;
  private boolean[][] fixed;

  private OperatorDecision decision;
  private final Counterpart[] counterparts;
  private double mismatch;
  private double movement;
  private double cost;

  /**
   * Before the first round.
   *
   * @param margins the linear network, and what the AC network was found to need beyond it
   */
  public Operator(OperatorKnowledge operator, AcMargins margins, Terms terms, ConvexSolver solver) {
    this.operator = operator;
    this.terms = terms;
    this.solver = solver;
    this.intervals = operator.horizon().intervals();
    this.hours = operator.horizon().intervalHours();
    this.points = operator.connectionPoints().size();
    operator.connectionPoints().forEach(point -> positions.put(point.prosumer(), positions.size()));
    counterparts = new Counterpart[points];
    tighten(margins);
  }

  /** One that negotiates again for a later horizon, from the prices and offers it stood at. */
  public static Operator resuming(
      Operator before,
      HorizonShift shift,
      OperatorKnowledge operator,
      AcMargins margins,
      Terms terms,
      ConvexSolver solver) {
    Operator resumed = new Operator(operator, margins, terms, solver);
    for (int n = 0; n < resumed.points; n++) {
      resumed.counterparts[n] = before.counterparts[n].resumed(shift);
    }
    return resumed;
  }

  /** Takes other margins from the next answer on; prices stay. */
  public void tighten(AcMargins margins) {
    this.margins = margins;
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    model = new OperatorModel(operator, margins, program);
    for (int n = 0; n < points; n++) {
      for (int i = 0; i < 3 * intervals; i++) {
        program.addQuadraticCost(coupled(model, n, i), 2 * hours * terms.envelopeWeight());
      }
    }
    prepared = solver.prepare(program.build());
    latest = null;
    fixed = new boolean[points][3 * intervals];
  }

  /** Goes on by other terms; prices stay. */
  public void continueBy(Terms terms) {
    boolean otherWeight = terms.envelopeWeight() != this.terms.envelopeWeight();
    this.terms = terms;
    if (otherWeight) {
      tighten(margins);
    }
  }

  private Variable coupled(OperatorModel of, int n, int i) {
    int t = i % intervals;
    return switch (i / intervals) {
      case 0 -> of.importLimit(t, n);
      case 1 -> of.exportLimit(t, n);
      default -> of.plan(t, n);
    };
  }

  /**
   * What the operator would offer without hearing anybody; when it resumes, what it stood at, which
   * nobody acts on.
   */
  public List<Offer> open() {
    if (counterparts.length > 0 && counterparts[0] != null) {
      for (int n = 0; n < points; n++) {
        for (int i = 0; i < 3 * intervals; i++) {
          double linear =
              counterparts[n].multiplier(i)
                  - 2 * terms.envelopeWeight() * counterparts[n].target(i);
          prepared.setLinearCost(coupled(model, n, i), ownCost(i) + hours * linear);
        }
      }
      latest = solved(prepared.solve());
      decision = model.decision(latest);
      return offers();
    }
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    OperatorModel alone = new OperatorModel(operator, margins, program);
    Solution solution = solved(solver.solve(program.build()));
    for (int n = 0; n < points; n++) {
      counterparts[n] = new Counterpart(values(alone, solution, n));
    }
    decision = alone.decision(solution);
    return offers();
  }

  private double[] values(OperatorModel of, Solution solution, int n) {
    double[] values = new double[3 * intervals];
    Arrays.setAll(values, i -> solution.value(coupled(of, n, i)));
    return values;
  }

  /**
   * The next offers: {@code min F + v'z + w²‖z − ê‖²} with the requests over-relaxed to ê, then
   * {@code v ← v + 2w²(z − ê)}. Who was not heard is assumed to ask for the same again; after three
   * rounds it keeps its last offer until it is heard.
   *
   * @param requests that arrived, at most one of every prosumer, in any order
   */
  public List<Offer> answer(int round, List<Request> requests, double accuracy) {
    hear(round, requests);
    double relaxation = terms.singleSweep() ? 1 : terms.relaxation();
    double weight = terms.envelopeWeight();
    double[][] linear = new double[points][3 * intervals];
    for (int n = 0; n < points; n++) {
      Counterpart counterpart = counterparts[n];
      for (int i = 0; i < 3 * intervals; i++) {
        linear[n][i] = counterpart.multiplier(i) - 2 * weight * counterpart.relaxed(i, relaxation);
        prepared.setLinearCost(coupled(model, n, i), ownCost(i) + hours * linear[n][i]);
        bound(n, i);
      }
    }
    latest = solved(latest == null ? prepared.solve() : prepared.solveNear(latest, accuracy));
    decision = model.decision(latest);
    mismatch = 0;
    movement = 0;
    cost = latest.objective();
    for (int n = 0; n < points; n++) {
      double[] answer = values(model, latest, n);
      for (int i = 0; i < 3 * intervals; i++) {
        cost -= hours * (linear[n][i] + weight * answer[i]) * answer[i];
        if (!counterparts[n].held()) {
          mismatch = Math.max(mismatch, Math.abs(answer[i] - counterparts[n].asked(i)));
          double moved = Math.abs(answer[i] - counterparts[n].target(i));
          movement = Math.max(movement, 2 * weight * moved);
        }
      }
      counterparts[n].offer(answer, terms);
    }
    return offers();
  }

  private void hear(int round, List<Request> requests) {
    Map<ProsumerId, Request> byProsumer = new HashMap<>();
    requests.forEach(request -> byProsumer.put(request.from(), request));
    for (int n = 0; n < points; n++) {
      Request request = byProsumer.get(operator.connectionPoints().get(n).prosumer());
      if (request == null) {
        counterparts[n].hear(round, Optional.empty(), new double[0]);
      } else {
        counterparts[n].hear(round, Optional.of(request), request.position().toMegawatts());
      }
    }
  }

  /**
   * From the next answer on, a prosumer nobody counts on has its default envelope, or what of it
   * its last offer left it: no envelope that is decided now will ever reach it.
   */
  public void leaveAtDefault(ProsumerId prosumer) {
    int n = positions.get(prosumer);
    if (counterparts[n].left()) {
      return;
    }
    OperatingEnvelope smallest = operator.connectionPoints().get(n).defaultEnvelope();
    double[] position = new double[3 * intervals];
    for (int i = 0; i < 2 * intervals; i++) {
      double limitKw = i < intervals ? smallest.importLimitKw() : smallest.exportLimitKw();
      position[i] = Math.min(counterparts[n].heldAt(i), limitKw / 1000);
    }
    counterparts[n].leaveAt(position);
    fixed[n] = new boolean[3 * intervals];
  }

  // What a silent prosumer last received stays safe together with all later offers to others.
  private void bound(int n, int i) {
    boolean held = counterparts[n].held();
    if (held == fixed[n][i]) {
      return;
    }
    fixed[n][i] = held;
    double at = counterparts[n].heldAt(i);
    ConnectionPoint point = operator.connectionPoints().get(n);
    double imports = point.importCapacityKw() / 1000;
    double exports = point.exportCapacityKw() / 1000;
    double lowest = i < 2 * intervals ? 0 : -exports;
    double highest = i / intervals == 1 ? exports : imports;
    prepared.setBounds(coupled(model, n, i), held ? at : lowest, held ? at : highest);
  }

  // Replacing a linear cost takes the value of freedom out, so it comes back here.
  private double ownCost(int i) {
    return i < 2 * intervals ? model.limitCost() : 0;
  }

  private List<Offer> offers() {
    List<Offer> offers = new ArrayList<>();
    for (int n = 0; n < points; n++) {
      offers.add(
          new Offer(
              counterparts[n].heardRound(),
              operator.connectionPoints().get(n).prosumer(),
              EnvelopePosition.ofMegawatts(counterparts[n].answer())));
    }
    return offers;
  }

  /** The latest offers as a decision, with the assets that make them safe. */
  public OperatorDecision decision() {
    return decision;
  }

  /**
   * Whether a battery charges and discharges at once in the latest decision; from now on it cannot
   * there, and rounds have to go on.
   */
  public boolean forbidBurning() {
    return model.forbidBurning(prepared, latest);
  }

  /** What holds back a prosumer’s limits in the latest offer, per interval. */
  public EnvelopePrices prices(ProsumerId prosumer) {
    int n = positions.get(prosumer);
    List<EnvelopePrice> imports = new ArrayList<>();
    List<EnvelopePrice> exports = new ArrayList<>();
    for (int t = 0; t < intervals; t++) {
      imports.add(model.importPrice(latest, t, n));
      exports.add(model.exportPrice(latest, t, n));
    }
    return new EnvelopePrices(
        prosumer,
        Profile.generate(intervals, t -> -counterparts[n].multiplier(t)),
        Profile.generate(intervals, t -> -counterparts[n].multiplier(intervals + t)),
        imports,
        exports);
  }

  /** How far offers and requests are apart. */
  public Report report(int round) {
    return new Report(round, "dso", 1000 * mismatch, movement, 1000 * cost, Double.NaN);
  }

  /** Its share of the lower bound at the present prices (method, section 8), in the currency. */
  public Report lowerBound(int round) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    OperatorModel free = new OperatorModel(operator, margins, program);
    for (int n = 0; n < points; n++) {
      for (int i = 0; i < 3 * intervals; i++) {
        program.addLinearCost(coupled(free, n, i), hours * counterparts[n].multiplier(i));
      }
    }
    Solution solution = solved(solver.solve(program.build()));
    return new Report(round, "dso", 0, 0, Double.NaN, 1000 * solution.objective());
  }

  private Solution solved(Solution solution) {
    if (!solution.usable()) {
      throw new OperatorProblemException("the operator's problem was not solved: " + solution);
    }
    return solution;
  }
}
