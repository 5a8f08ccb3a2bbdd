package ndoe.controller.agent;

import java.time.Duration;

/**
 * How long parties wait for each other; all of it on clocks that only go forward.
 *
 * @param join for everybody to come to the table
 * @param exchange for the answer to one message; whoever misses it is taken to say the same again
 * @param round for all messages of a round between operator and prosumers together
 * @param retry before a message that was not answered is sent again the first time; the pause grows
 *     by half with every time
 * @param plan for everybody to plan inside its envelope
 * @param overall for the whole negotiation; rounds end early enough to plan twice
 */
public record AgentTimings(
    Duration join,
    Duration exchange,
    Duration round,
    Duration retry,
    Duration plan,
    Duration overall) {
  public AgentTimings {
    positive("join", join);
    positive("exchange", exchange);
    positive("round", round);
    positive("retry", retry);
    positive("plan", plan);
    positive("overall", overall);
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be longer than 0: " + value);
    }
  }

  /** For parties on a local network: half a minute to join, 10 s to answer, 10 minutes in all. */
  public static AgentTimings standard() {
    return new AgentTimings(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(40),
        Duration.ofMillis(1500),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10));
  }

  public AgentTimings withOverall(Duration deadline) {
    return new AgentTimings(join, exchange, round, retry, plan, deadline);
  }

  /** Another deadline for an answer, and four times that for a round. */
  public AgentTimings withExchange(Duration deadline) {
    return new AgentTimings(join, deadline, deadline.multipliedBy(4), retry, plan, overall);
  }

  public AgentTimings withJoin(Duration deadline) {
    return new AgentTimings(deadline, exchange, round, retry, plan, overall);
  }

  public AgentTimings withRetry(Duration pause) {
    return new AgentTimings(join, exchange, round, pause, plan, overall);
  }

  public AgentTimings withPlan(Duration deadline) {
    return new AgentTimings(join, exchange, round, retry, deadline, overall);
  }

  /** How long answers of a round may be waited for; the rest of it is the operator’s to decide. */
  public Duration roundAnswers() {
    return round.multipliedBy(9).dividedBy(10);
  }

  /** How long rounds may go on. */
  Duration rounds() {
    Duration left = overall.minus(plan.multipliedBy(3));
    Duration least = overall.dividedBy(4);
    return left.compareTo(least) > 0 ? left : least;
  }
}
