package ndoe.controller.prosumer;

import java.util.List;
import java.util.Optional;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Offer;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.TradeLink;

/**
 * A prosumer at the negotiating table: answers the operator’s offers and trades with the others,
 * telling nobody more than its messages say (method, sections 6, 7 and 10).
 *
 * <p>Inside: MW, thousands of the currency.
 */
public final class Prosumer implements ProsumerParty {
  private final ProsumerKnowledge prosumer;
  private final ConvexSolver solver;
  private final int intervals;
  private final double hours;
  private final TradeBlock trade;
  private final Optional<List<OperatingEnvelope>> given;
  private ProsumerModel model;
  private PreparedProgram prepared;
  private Terms terms;

  // Outer loop: what the operator offers (z), the multipliers (v), the response (e); MW, import
  // limits, export limits and plan one after another.
  private final double[] target;
  private final double[] multiplier;
  private final double[] response;
  private boolean offered;
  private Solution latest;
  private double ownCost;
  private int requestedRound;
  private int answeredRound;
  private int proposedRound;
  private int proposedCycle;
  private boolean requesting = true;
  private boolean proposing;

  private Prosumer(
      ProsumerKnowledge prosumer,
      List<TradeLink> links,
      Terms terms,
      ConvexSolver solver,
      Optional<List<OperatingEnvelope>> given) {
    this.prosumer = prosumer;
    this.terms = terms;
    this.solver = solver;
    this.intervals = prosumer.horizon().intervals();
    this.hours = prosumer.horizon().intervalHours();
    this.trade =
        terms.tradeMethod() == Terms.TradeMethod.EDGE || links.isEmpty()
            ? new EdgeTrade(prosumer, links, terms)
            : new ThreeBlockTrade(prosumer.horizon(), prosumer.tariff(), terms);
    target = new double[3 * intervals];
    multiplier = new double[3 * intervals];
    response = new double[3 * intervals];
    this.given = given;
    prepare();
  }

  private void prepare() {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    model =
        given.isPresent()
            ? ProsumerModel.addTo(program, prosumer, given.get())
            : ProsumerModel.addTo(program, prosumer);
    if (given.isEmpty()) {
      for (int i = 0; i < 3 * intervals; i++) {
        program.addQuadraticCost(coupled(i), 2 * hours * terms.envelopeWeight());
      }
    }
    trade.addTo(program, model);
    prepared = solver.prepare(program.build());
    latest = null;
  }

  /**
   * One that negotiates its envelope with the operator.
   *
   * @param links its own, with their charges
   */
  public static Prosumer negotiating(
      ProsumerKnowledge prosumer, List<TradeLink> links, Terms terms, ConvexSolver solver) {
    return new Prosumer(prosumer, links, terms, solver, Optional.empty());
  }

  /**
   * One that negotiates its envelope again for a later horizon, from the prices and positions at
   * which it stood.
   */
  public static Prosumer resuming(
      Prosumer before,
      HorizonShift shift,
      ProsumerKnowledge prosumer,
      List<TradeLink> links,
      Terms terms,
      ConvexSolver solver) {
    Prosumer resumed = new Prosumer(prosumer, links, terms, solver, Optional.empty());
    System.arraycopy(shift.moved(before.target), 0, resumed.target, 0, resumed.target.length);
    System.arraycopy(
        shift.moved(before.multiplier), 0, resumed.multiplier, 0, resumed.multiplier.length);
    resumed.trade.resume(before.trade, shift);
    resumed.offered = true;
    resumed.requesting = false;
    return resumed;
  }

  /** One that trades inside envelopes it was given. */
  public static Prosumer inside(
      List<OperatingEnvelope> envelopes,
      ProsumerKnowledge prosumer,
      List<TradeLink> links,
      Terms terms,
      ConvexSolver solver) {
    return new Prosumer(prosumer, links, terms, solver, Optional.of(envelopes));
  }

  @Override
  public ProsumerId id() {
    return prosumer.id();
  }

  /** Goes on by other terms with the same way of trading; prices stay. */
  @Override
  public void continueBy(Terms terms) {
    boolean otherWeight = terms.envelopeWeight() != this.terms.envelopeWeight();
    this.terms = terms;
    if (otherWeight) {
      prepare();
    }
  }

  private Variable coupled(int i) {
    int t = i % intervals;
    return switch (i / intervals) {
      case 0 -> model.importLimit(t);
      case 1 -> model.exportLimit(t);
      default -> model.plan(t);
    };
  }

  /**
   * Takes an offer that answers the latest request: {@code v ← v + 2w²(z̃ − ê)} with {@code ê = α e
   * + (1 − α) z}; {@code z ← z + ν(z̃ − z)} in the single sweep, z̃ otherwise (method, section 7).
   * The operator expects that an offer which answers an earlier request is not acted on, nor a
   * second one that answers the same (method, 10).
   */
  @Override
  public void receive(Offer offer) {
    if (!requesting || offer.round() != requestedRound) {
      return;
    }
    requesting = false;
    answeredRound = offer.round();
    double relaxation = terms.singleSweep() ? 1 : terms.relaxation();
    double step = terms.singleSweep() && offered ? terms.correctionStep() : 1;
    double[] answer = offer.position().toMegawatts();
    for (int i = 0; i < answer.length; i++) {
      if (offered) {
        double relaxed = relaxation * response[i] + (1 - relaxation) * target[i];
        multiplier[i] += 2 * terms.envelopeWeight() * (answer[i] - relaxed);
      }
      target[i] += step * (answer[i] - target[i]);
    }
    offered = true;
  }

  /**
   * Block X: the best plan and envelope at present prices, and what to ask the others for.
   *
   * @param accuracy relative, of the solution
   */
  @Override
  public Optional<TradeRequest> propose(int round, int cycle, double accuracy) {
    for (int i = 0; offered && i < 2 * intervals; i++) {
      prepared.setLinearCost(coupled(i), hours * envelopeCost(i));
    }
    for (int t = 0; t < intervals; t++) {
      double envelope = offered ? envelopeCost(2 * intervals + t) : 0;
      prepared.setLinearCost(model.plan(t), hours * (trade.planCost(t) + envelope));
    }
    trade.setCosts(prepared);
    latest = solved(latest == null ? prepared.solve() : prepared.solveNear(latest, accuracy));
    for (int i = 0; offered && i < response.length; i++) {
      response[i] = latest.value(coupled(i));
    }
    ownCost = latest.objective() - trade.planned(latest);
    for (int i = 0; offered && i < response.length; i++) {
      double linear = envelopeCost(i) + terms.envelopeWeight() * response[i];
      ownCost -= hours * linear * response[i];
    }
    proposedRound = round;
    proposedCycle = cycle;
    proposing = true;
    return Optional.of(
        new TradeRequest(
            round, cycle, id(), trade.desiredPurchaseKw(), trade.desiredPurchaseKwFrom()));
  }

  // −v'e + w²‖z − e‖²
  private double envelopeCost(int i) {
    return -multiplier[i] - 2 * terms.envelopeWeight() * target[i];
  }

  /** Takes what the market cleared, if it is for the latest request. */
  @Override
  public void receive(TradeAnswer answer) {
    if (proposing && answer.round() == proposedRound && answer.cycle() == proposedCycle) {
      proposing = false;
      trade.receive(answer);
    }
  }

  /** The response to the latest offer. */
  @Override
  public Optional<Request> request(int round) {
    requestedRound = round;
    requesting = true;
    return Optional.of(new Request(answeredRound, id(), EnvelopePosition.ofMegawatts(response)));
  }

  /** How far plan and trades are apart. */
  @Override
  public Optional<Report> report(int round) {
    return Optional.of(
        new Report(
            round,
            id().value(),
            1000 * trade.mismatchMw(),
            trade.movement(),
            1000 * (ownCost + trade.retailCost()),
            Double.NaN));
  }

  /** Its share of the lower bound at the present prices (method, section 8). */
  @Override
  public Optional<Report> lowerBound(int round) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    ProsumerModel free = ProsumerModel.addTo(program, prosumer);
    for (int t = 0; t < intervals; t++) {
      program.addLinearCost(free.importLimit(t), -hours * multiplier[t]);
      program.addLinearCost(free.exportLimit(t), -hours * multiplier[intervals + t]);
      program.addLinearCost(free.plan(t), hours * (trade.price(t) - multiplier[2 * intervals + t]));
    }
    Solution solution = solved(solver.solve(program.build()));
    return Optional.of(
        new Report(round, id().value(), 0, 0, Double.NaN, 1000 * solution.objective()));
  }

  /** Local energy price, currency per kWh. */
  public Profile energyPricePerKwh() {
    return Profile.generate(intervals, trade::price);
  }

  @Override
  public Optional<Profile> recordedPricePerKwh() {
    return Optional.of(energyPricePerKwh());
  }

  private Solution solved(Solution solution) {
    if (!solution.usable()) {
      throw new IllegalStateException(
          "the problem of prosumer " + id() + " was not solved: " + solution);
    }
    return solution;
  }
}
