package ndoe.controller.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import ndoe.controller.OtherScenarios;
import ndoe.controller.message.Post;
import ndoe.controller.network.LinearNetwork;
import ndoe.controller.network.Linearisation;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Negotiations whose linear network is taken from the engine. */
class UnbalancedFeedersIT {
  private static final AcValidator JUDGE = new AcValidator(OpenDssPowerFlow::positiveSequence);

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"ieee13", "lowvoltage"})
  void agreeOnCertifiedEnvelopesWithoutShrinkingThem(String feeder) {
    Scenario scenario = OtherScenarios.shortDayOf(feeder, temp, 10, 4);
    assertFalse(scenario.feeder().isBalanced());
    Agreement agreement;
    try (Negotiation negotiation =
        new Negotiation(
            scenario,
            new InteriorPointSolver(),
            JUDGE,
            Settings.defaults(50),
            new Post(),
            NegotiationListener.SILENT)) {
      agreement = negotiation.agree(Case.NDOE);
    }
    assertTrue(agreement.certified(), () -> agreement.verdict().toString());
    assertTrue(agreement.effort().agreed());
    assertEquals(1, agreement.shrinkFactor());
    assertTrue(agreement.bounds().orElseThrow().gapFraction() < 0.01);
    assertSomethingIsHeldBack(agreement.envelopes(), scenario);
  }

  /** Else the network would not matter and the test would say nothing. */
  private static void assertSomethingIsHeldBack(EnvelopePlan envelopes, Scenario scenario) {
    double offered = mean(envelopes, e -> e.importLimitKw() + e.exportLimitKw());
    double capacity =
        scenario.connectionPoints().stream()
            .mapToDouble(point -> point.importCapacityKw() + point.exportCapacityKw())
            .average()
            .orElseThrow();
    assertTrue(offered < 0.95 * capacity, offered + " of " + capacity);
    assertTrue(offered > 0.2 * capacity, offered + " of " + capacity);
  }

  @Test
  void onTheBalancedFeederBothLinearNetworksGiveTheSameEnvelopes() {
    EnvelopePlan radial = operatorAlone(hours(text -> text), network -> network);
    EnvelopePlan engine = operatorAlone(engineHours(), UnbalancedFeedersIT::held);
    for (ToDoubleFunction<OperatingEnvelope> limit :
        List.<ToDoubleFunction<OperatingEnvelope>>of(
            OperatingEnvelope::importLimitKw, OperatingEnvelope::exportLimitKw)) {
      assertEquals(mean(radial, limit), mean(engine, limit), 0.01 * mean(radial, limit));
    }
  }

  @Test
  void tangentsThatFollowTheCornersLeaveNoLessFreedom() {
    ToDoubleFunction<OperatingEnvelope> area = e -> e.importLimitKw() + e.exportLimitKw();
    double held = mean(operatorAlone(engineHours(), UnbalancedFeedersIT::held), area);
    double followed = mean(operatorAlone(engineHours(), network -> network), area);
    assertTrue(followed > 0.998 * held, followed + " after " + held);
  }

  private interface Change {
    String of(String text);
  }

  private Scenario hours(Change change) {
    return OtherScenarios.changed(
        temp,
        text ->
            change.of(text.replace("T00:00", "T10:00").replace("intervals: 24", "intervals: 3")));
  }

  private Scenario engineHours() {
    return hours(text -> text.replace("feeder.dss\"", "feeder.dss\"\n  model: opendss"));
  }

  private interface Networks {
    Linearisation of(Linearisation network);
  }

  private static EnvelopePlan operatorAlone(Scenario scenario, Networks networks) {
    Participants all = Participants.of(scenario);
    Participants participants =
        new Participants(scenario, all.operator(), networks.of(all.network()), all.prosumers());
    OperatorAlone.Settled settled =
        new OperatorAlone(
                participants, new InteriorPointSolver(), JUDGE, NegotiationListener.SILENT)
            .settle();
    Verdict verdict =
        JUDGE.validate(
            participants.securityCase(
                settled.decision().envelopes(), settled.decision().assets(), List.of(), 20));
    assertTrue(verdict instanceof Verdict.Certificate, verdict::toString);
    return settled.decision().envelopes();
  }

  /** Tangents that stay where nobody exchanges anything. */
  private static Linearisation held(Linearisation network) {
    return new Linearisation() {
      @Override
      public int buses() {
        return network.buses();
      }

      @Override
      public int lines() {
        return network.lines();
      }

      @Override
      public LinearNetwork importing(int interval) {
        return network.importing(interval);
      }

      @Override
      public LinearNetwork exporting(int interval) {
        return network.exporting(interval);
      }

      @Override
      public Linearisation around(EnvelopePlan envelopes, List<AssetSchedule> assets) {
        return this;
      }
    };
  }

  private static double mean(EnvelopePlan plan, ToDoubleFunction<OperatingEnvelope> of) {
    return plan.points().stream()
        .flatMap(point -> point.envelopes().stream())
        .mapToDouble(of)
        .average()
        .orElseThrow();
  }
}
