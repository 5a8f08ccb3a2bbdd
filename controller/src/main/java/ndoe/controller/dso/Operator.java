package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
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
  private final LinDistFlow network;
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

  // By connection point: z̃ the latest answer, z the target (the same but in the single sweep), v.
  private final double[][] answer;
  private final double[][] target;
  private final double[][] multiplier;
  private double mismatch;
  private double movement;
  private double cost;

  /**
   * Before the first round.
   *
   * @param margins what the AC network was found to need beyond the linear one
   */
  public Operator(
      OperatorKnowledge operator,
      LinDistFlow network,
      AcMargins margins,
      Terms terms,
      ConvexSolver solver) {
    this.operator = operator;
    this.network = network;
    this.terms = terms;
    this.solver = solver;
    this.intervals = operator.horizon().intervals();
    this.hours = operator.horizon().intervalHours();
    this.points = operator.connectionPoints().size();
    operator.connectionPoints().forEach(point -> positions.put(point.prosumer(), positions.size()));
    answer = new double[points][3 * intervals];
    target = new double[points][3 * intervals];
    multiplier = new double[points][3 * intervals];
    tighten(margins);
  }

  /** Takes other margins from the next answer on; prices stay. */
  public void tighten(AcMargins margins) {
    this.margins = margins;
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    model = new OperatorModel(operator, network, margins, program);
    for (int n = 0; n < points; n++) {
      for (int i = 0; i < 3 * intervals; i++) {
        program.addQuadraticCost(coupled(model, n, i), 2 * hours * terms.envelopeWeight());
      }
    }
    prepared = solver.prepare(program.build());
    latest = null;
  }

  /** Goes on by other terms with the same penalties. */
  public void continueBy(Terms terms) {
    this.terms = terms;
  }

  private Variable coupled(OperatorModel of, int n, int i) {
    int t = i % intervals;
    return switch (i / intervals) {
      case 0 -> of.importLimit(t, n);
      case 1 -> of.exportLimit(t, n);
      default -> of.plan(t, n);
    };
  }

  /** What the operator would offer without hearing anybody. */
  public List<Offer> open(int round) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    OperatorModel alone = new OperatorModel(operator, network, margins, program);
    Solution solution = solved(solver.solve(program.build()));
    for (int n = 0; n < points; n++) {
      for (int i = 0; i < 3 * intervals; i++) {
        answer[n][i] = solution.value(coupled(alone, n, i));
        target[n][i] = answer[n][i];
      }
    }
    return offers(round);
  }

  /**
   * The next offers: {@code min F + v'z + w²‖z − ê‖²} with the requests over-relaxed to ê, then
   * {@code v ← v + 2w²(z − ê)}.
   *
   * @param requests one of every prosumer, in any order
   */
  public List<Offer> answer(int round, List<Request> requests, double accuracy) {
    Map<ProsumerId, Request> byProsumer = new HashMap<>();
    requests.forEach(request -> byProsumer.put(request.from(), request));
    double relaxation = terms.singleSweep() ? 1 : terms.relaxation();
    double weight = terms.envelopeWeight();
    double[][] relaxed = new double[points][3 * intervals];
    double[][] asked = new double[points][];
    for (int n = 0; n < points; n++) {
      ProsumerId id = operator.connectionPoints().get(n).prosumer();
      asked[n] = megawatts(byProsumer.get(id).position());
      for (int i = 0; i < 3 * intervals; i++) {
        relaxed[n][i] = relaxation * asked[n][i] + (1 - relaxation) * target[n][i];
        prepared.setLinearCost(
            coupled(model, n, i),
            ownCost(i) + hours * (multiplier[n][i] - 2 * weight * relaxed[n][i]));
      }
    }
    latest = solved(latest == null ? prepared.solve() : prepared.solveNear(latest, accuracy));
    double step = terms.singleSweep() ? terms.correctionStep() : 1;
    mismatch = 0;
    movement = 0;
    cost = latest.objective();
    for (int n = 0; n < points; n++) {
      for (int i = 0; i < 3 * intervals; i++) {
        answer[n][i] = latest.value(coupled(model, n, i));
        double linear = multiplier[n][i] - 2 * weight * relaxed[n][i];
        cost -= hours * (linear + weight * answer[n][i]) * answer[n][i];
        multiplier[n][i] += 2 * weight * (answer[n][i] - relaxed[n][i]);
        mismatch = Math.max(mismatch, Math.abs(answer[n][i] - asked[n][i]));
        movement = Math.max(movement, 2 * weight * Math.abs(answer[n][i] - target[n][i]));
        target[n][i] += step * (answer[n][i] - target[n][i]);
      }
    }
    return offers(round);
  }

  // Replacing a linear cost takes the value of freedom out, so it comes back here.
  private double ownCost(int i) {
    return i < 2 * intervals ? model.limitCost() : 0;
  }

  private List<Offer> offers(int round) {
    List<Offer> offers = new ArrayList<>();
    for (int n = 0; n < points; n++) {
      offers.add(
          new Offer(
              round,
              operator.connectionPoints().get(n).prosumer(),
              new EnvelopePosition(
                  kilowatts(answer[n], 0),
                  kilowatts(answer[n], intervals),
                  kilowatts(answer[n], 2 * intervals))));
    }
    return offers;
  }

  /** The latest offers as a decision, with the assets that make them safe. */
  public OperatorDecision decision() {
    return model.decision(latest);
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
        Profile.generate(intervals, t -> -multiplier[n][t]),
        Profile.generate(intervals, t -> -multiplier[n][intervals + t]),
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
    OperatorModel free = new OperatorModel(operator, network, margins, program);
    for (int n = 0; n < points; n++) {
      for (int i = 0; i < 3 * intervals; i++) {
        program.addLinearCost(coupled(free, n, i), hours * multiplier[n][i]);
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

  private double[] megawatts(EnvelopePosition position) {
    double[] values = new double[3 * intervals];
    for (int t = 0; t < intervals; t++) {
      values[t] = position.importLimitKw().at(t) / 1000;
      values[intervals + t] = position.exportLimitKw().at(t) / 1000;
      values[2 * intervals + t] = position.netImportKw().at(t) / 1000;
    }
    return values;
  }

  private Profile kilowatts(double[] megawatts, int from) {
    return Profile.generate(intervals, t -> 1000 * megawatts[from + t]);
  }
}
