package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.Operator;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Post;
import ndoe.controller.message.Terms;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.trading.Market;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * Brings the parties of a scenario to an agreement: negotiate, compare with the AC network, tighten
 * and negotiate on, publish, settle. Read this page first.
 */
public final class Negotiation implements AutoCloseable {
  private static final double ACCURACY = 1e-7;

  /** Certified gap above which the parties go on with tighter tolerances (method, 7.2). */
  private static final double WIDEST_GAP = 0.005;

  private static final int MOST_SHARPENED = 2;

  private final Participants participants;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Settings settings;
  private final Terms terms;
  private final NegotiationListener listener;
  private final ExecutorService workers;
  private final Post post;
  private final Prosumers prosumers;
  private final Publication publication;
  private Optional<Standing> standing = Optional.empty();

  /** With everybody in this process. */
  public Negotiation(
      Scenario scenario,
      ConvexSolver solver,
      AcValidator judge,
      Settings settings,
      Post post,
      NegotiationListener listener) {
    this(Participants.of(scenario), solver, judge, settings, post, listener);
  }

  /** With everybody in this process, storages holding what they hold. */
  Negotiation(
      Participants participants,
      ConvexSolver solver,
      AcValidator judge,
      Settings settings,
      Post post,
      NegotiationListener listener) {
    Scenario scenario = participants.scenario();
    this.participants = participants;
    this.solver = solver;
    this.judge = judge;
    this.settings = settings.fittedTo(scenario);
    this.terms = this.settings.terms();
    this.post = post;
    this.listener = listener;
    this.workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    this.prosumers = new PresentProsumers(participants, solver, workers);
    this.publication =
        new Publication(participants, solver, judge, this.settings, prosumers, listener);
  }

  /**
   * With the operator and the market in this process and the prosumers elsewhere; decides the case
   * {@link Case#NDOE} only.
   *
   * @param scenario of its prosumers nothing is read but where they are connected
   */
  public Negotiation(
      Scenario scenario,
      ConvexSolver solver,
      AcValidator judge,
      Settings settings,
      Prosumers prosumers,
      NegotiationListener listener) {
    this.participants = Participants.operatorOf(scenario);
    this.solver = solver;
    this.judge = judge;
    this.settings = settings.fittedTo(scenario);
    this.terms = this.settings.terms();
    this.post = new Post();
    this.listener = listener;
    this.workers = Executors.newFixedThreadPool(Math.max(1, scenario.prosumers().size()));
    this.prosumers = prosumers;
    this.publication =
        new Publication(participants, solver, judge, this.settings, prosumers, listener);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  /** Decides; the answer is certified unless it is said otherwise. */
  public Agreement agree(Case decidedBy) {
    return switch (decidedBy) {
      case NDOE -> negotiate();
      case CENTRAL -> decideForAll();
      case DSO, STATIC -> operatorDecides(decidedBy);
      case P2P -> publish(decidedBy, tradeInside(capacities(), participants.noMargins(), 0, 0, 0));
      case NOP2P -> publish(decidedBy, Deal.withoutTrade(capacities(), participants));
    };
  }

  private Agreement publish(Case decidedBy, Deal deal) {
    return publication.publish(decidedBy, deal, OptionalDouble.empty());
  }

  private Agreement operatorDecides(Case decidedBy) {
    OperatorAlone.Settled settled =
        new OperatorAlone(participants, solver, judge, listener).settle();
    return publish(
        decidedBy,
        decidedBy == Case.STATIC
            ? tradeInside(settled, Envelopes.smallestOverTheDay(offered(settled)))
            : tradeInside(settled));
  }

  private static EnvelopePlan offered(OperatorAlone.Settled settled) {
    return EnvelopePlanFile.asWritten(settled.decision().envelopes());
  }

  private Deal tradeInside(OperatorAlone.Settled settled) {
    return tradeInside(settled, offered(settled));
  }

  private Deal tradeInside(OperatorAlone.Settled settled, EnvelopePlan envelopes) {
    return tradeInside(
        envelopes,
        settled.margins(),
        settled.passes(),
        settled.decision().largestSlack(),
        settled.decision().largestShortfallKw());
  }

  /** Where everybody stands after negotiating in this process. */
  Optional<Standing> standing() {
    return standing;
  }

  /**
   * Negotiates for a later horizon, everybody from where it stood (method, 12.1).
   *
   * @param shift from that horizon to this one
   */
  Agreement renew(Standing before, HorizonShift shift) {
    AcFeedback feedback = new AcFeedback(participants.operator(), before.feedback(), shift);
    Operator operator =
        Operator.resuming(
            before.operator(), shift, participants.operator(), feedback.margins(), terms, solver);
    Market market = participants.market(settings).resume(before.market(), shift);
    PresentProsumers present = new PresentProsumers(participants, solver, workers);
    Rounds rounds =
        new Rounds(
            operator,
            present.gatherAgain(before, shift, terms),
            market,
            terms,
            post,
            workers,
            listener);
    rounds.resume();
    Checked checked = agree(rounds, operator, feedback);
    stands(operator, present, market, feedback);
    Effort effort = rounds.effort(feedback.passes(), checked.agreed());
    return publish(Case.NDOE, deal(operator, market, rounds, checked.margins(), Map.of(), effort));
  }

  private void stands(
      Operator operator, PresentProsumers present, Market market, AcFeedback feedback) {
    standing =
        Optional.of(
            new Standing(
                participants.scenario().horizon(),
                operator,
                present.atTheTable(),
                market,
                feedback));
  }

  private Agreement negotiate() {
    OperatorAlone.Settled settled =
        new OperatorAlone(participants, solver, judge, listener).settle();
    if (settled.hopeless()) {
      return publish(Case.NDOE, tradeInside(settled));
    }
    Operator operator = new Operator(participants.operator(), settled.margins(), terms, solver);
    Market market = participants.market(settings);
    Rounds rounds =
        new Rounds(operator, prosumers.gather(terms), market, terms, post, workers, listener);
    rounds.endWhen(prosumers::outOfTime);
    AcFeedback feedback =
        new AcFeedback(participants.operator(), settled.margins(), settled.feedback());
    Checked checked = agree(rounds, operator, feedback);
    boolean agreed = checked.agreed();
    Map<ProsumerId, Double> fallback =
        prosumers.costsAlone(Envelopes.smallestOverTheDay(settled.decision().envelopes()));
    for (int sharpened = 0; ; sharpened++) {
      Effort effort = rounds.effort(settled.passes() + feedback.passes(), agreed);
      Agreement agreement = publish(operator, market, rounds, checked.margins(), fallback, effort);
      boolean wide = agreement.bounds().filter(b -> b.gapFraction() > WIDEST_GAP).isPresent();
      if (!wide || !agreed || sharpened == MOST_SHARPENED || prosumers.outOfTime()) {
        if (prosumers instanceof PresentProsumers present) {
          stands(operator, present, market, feedback);
        }
        return agreement;
      }
      rounds.sharpen();
      agreed = rounds.agree(feedback.passes());
    }
  }

  /**
   * What was agreed on, compared with the AC feeder.
   *
   * @param margins they agreed under
   * @param agreed or the rounds ended before
   */
  private record Checked(AcMargins margins, boolean agreed) {}

  /** Agrees, compares with the AC feeder, and again until that holds too. */
  private Checked agree(Rounds rounds, Operator operator, AcFeedback feedback) {
    AcMargins used = feedback.margins();
    boolean agreed = rounds.agree(1);
    while (!compared(feedback, operator.decision())
        && !feedback.exhausted()
        && !prosumers.outOfTime()) {
      used = feedback.margins();
      rounds.tighten(used);
      agreed = rounds.agree(feedback.passes() + 1);
    }
    return new Checked(used, agreed);
  }

  /** Publishes; when somebody falls silent over that, again without it. */
  private Agreement publish(
      Operator operator,
      Market market,
      Rounds rounds,
      AcMargins margins,
      Map<ProsumerId, Double> fallbackCost,
      Effort effort) {
    while (true) {
      Set<ProsumerId> without = Set.copyOf(prosumers.dropped());
      without.forEach(market::withdraw);
      Deal deal = deal(operator, market, rounds, margins, fallbackCost, effort);
      OptionalDouble lowerBound =
          deal.leavesNoChoice() || !without.isEmpty()
              ? OptionalDouble.empty()
              : rounds.lowerBound();
      Agreement agreement = publication.publish(Case.NDOE, deal, lowerBound);
      if (prosumers.dropped().equals(without)) {
        return agreement;
      }
    }
  }

  private Deal deal(
      Operator operator,
      Market market,
      Rounds rounds,
      AcMargins margins,
      Map<ProsumerId, Double> fallbackCost,
      Effort effort) {
    OperatorDecision decision = operator.decision();
    return new Deal(
        EnvelopePlanFile.asWritten(decision.envelopes()),
        margins,
        rounds.trading().close(),
        market.trades(),
        market.networkCharges(),
        rounds.trading().prices(),
        participants.ids().stream().map(operator::prices).toList(),
        fallbackCost,
        effort,
        decision.largestSlack(),
        decision.largestShortfallKw());
  }

  private boolean compared(AcFeedback feedback, OperatorDecision decision) {
    boolean closed = OperatorAlone.compared(feedback, decision, participants, judge);
    listener.agreementChecked(feedback.passes(), feedback.change(), feedback.secure());
    return closed;
  }

  private Agreement decideForAll() {
    AcFeedback feedback = new AcFeedback(participants.operator(), participants.network());
    AcMargins used = feedback.margins();
    CentralOptimum.Optimum optimum = central(used);
    while (!compared(feedback, optimum.decision()) && !feedback.exhausted()) {
      used = feedback.margins();
      optimum = central(used);
    }
    Deal deal =
        new Deal(
            EnvelopePlanFile.asWritten(optimum.decision().envelopes()),
            used,
            optimum.purchaseKw(),
            optimum.trades(),
            optimum.networkCharges(participants.scenario().horizon().intervalHours()),
            optimum.energyPricePerKwh(),
            List.of(),
            Map.of(),
            new Effort(feedback.passes(), 0, 0, true, 0, 0),
            optimum.decision().largestSlack(),
            optimum.decision().largestShortfallKw());
    return publication.publish(
        Case.CENTRAL,
        deal,
        deal.leavesNoChoice() ? OptionalDouble.empty() : OptionalDouble.of(optimum.objective()));
  }

  private CentralOptimum.Optimum central(AcMargins margins) {
    return new CentralOptimum(participants, margins, solver).solve();
  }

  /** Prosumers trade inside envelopes that are given. */
  private Deal tradeInside(
      EnvelopePlan envelopes, AcMargins margins, int passes, double slack, double shortfallKw) {
    if (participants.scenario().tradeLinks().isEmpty()) {
      return Deal.withoutTrade(envelopes, participants);
    }
    Market market = participants.market(settings);
    Trading trading =
        new Trading(
            participants.prosumers().stream().map(p -> inside(envelopes, p)).toList(),
            market,
            terms,
            post,
            workers);
    boolean agreed = trading.agree(ACCURACY);
    return new Deal(
        envelopes,
        margins,
        trading.close(),
        market.trades(),
        market.networkCharges(),
        trading.prices(),
        List.of(),
        Map.of(),
        new Effort(passes, 0, trading.cycles(), agreed, post.messages(), post.payloadBytes()),
        slack,
        shortfallKw);
  }

  private Prosumer inside(EnvelopePlan envelopes, ProsumerKnowledge prosumer) {
    return Prosumer.inside(
        envelopes.of(prosumer.id()).envelopes(),
        prosumer,
        participants.linksOf(prosumer.id()),
        terms,
        solver);
  }

  private EnvelopePlan capacities() {
    return Envelopes.capacities(
        participants.scenario().horizon(), participants.scenario().connectionPoints());
  }
}
