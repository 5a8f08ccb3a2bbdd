package ndoe.controller.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.MqttLink;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/** The operator’s side at the broker: operator, market platform and coordinator in one process. */
public final class OperatorAgent {
  private final Scenario scenario;
  private final String negotiation;
  private final MqttLink link;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final int mostRounds;

  /**
   * Before a negotiation.
   *
   * @param scenario the operator’s part of it is enough
   * @param negotiation its name, part of every topic
   * @param link of the operator’s account
   */
  public OperatorAgent(
      Scenario scenario,
      String negotiation,
      MqttLink link,
      ConvexSolver solver,
      AcValidator judge) {
    this(scenario, negotiation, link, solver, judge, Integer.MAX_VALUE);
  }

  private OperatorAgent(
      Scenario scenario,
      String negotiation,
      MqttLink link,
      ConvexSolver solver,
      AcValidator judge,
      int mostRounds) {
    this.scenario = scenario;
    this.negotiation = negotiation;
    this.link = link;
    this.solver = solver;
    this.judge = judge;
    this.mostRounds = mostRounds;
  }

  /** The same, with rounds that end after so many as if time had run out. */
  public OperatorAgent endingAfter(int rounds) {
    return new OperatorAgent(scenario, negotiation, link, solver, judge, rounds);
  }

  /**
   * What came of a negotiation.
   *
   * @param dropped who is left at its default envelope, and why
   * @param unconfirmed who did not say that it heard of its envelope
   */
  public record Outcome(
      Agreement agreement,
      Map<ProsumerId, String> dropped,
      List<ProsumerId> unconfirmed,
      Traffic traffic,
      Duration elapsed) {}

  /** Negotiates with whoever comes to the table and publishes the envelopes. */
  public Outcome negotiate(Settings settings, AgentTimings timings, NegotiationListener listener) {
    return negotiate(settings, timings, listener, new Traffic());
  }

  /** The same, counting where somebody else can look at it meanwhile. */
  Outcome negotiate(
      Settings settings, AgentTimings timings, NegotiationListener listener, Traffic traffic) {
    long start = System.nanoTime();
    try (DistantProsumers prosumers =
            new DistantProsumers(scenario, negotiation, link, timings, mostRounds, traffic);
        Negotiation table =
            new Negotiation(scenario, solver, judge, settings, prosumers, listener)) {
      Agreement agreement = table.agree(Case.NDOE);
      List<ProsumerId> unconfirmed = prosumers.publish(agreement);
      return new Outcome(
          agreement,
          prosumers.reasons(),
          unconfirmed,
          traffic,
          Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
