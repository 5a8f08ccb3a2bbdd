package ndoe.controller.operations;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;

/** What negotiating takes, over all negotiations of the process. */
public final class NegotiationMetrics implements NegotiationListener {
  private static final double[] ROUND_SECONDS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};

  private final Counter rounds;
  private final Counter messages;
  private final Counter bytes;
  private final Histogram roundSeconds;
  private long messagesBefore;
  private long bytesBefore;
  private double elapsedBefore;

  NegotiationMetrics(PrometheusRegistry registry) {
    rounds =
        Counter.builder()
            .name("ndoe_negotiation_rounds")
            .help("Exchanges of offers and requests between operator and prosumers.")
            .register(registry);
    messages =
        Counter.builder()
            .name("ndoe_negotiation_messages")
            .help("Messages of the parties to each other.")
            .register(registry);
    bytes =
        Counter.builder()
            .name("ndoe_negotiation_bytes")
            .help("Size of these messages.")
            .register(registry);
    roundSeconds =
        Histogram.builder()
            .name("ndoe_negotiation_round_duration_seconds")
            .help("How long a round took.")
            .classicOnly()
            .classicUpperBounds(ROUND_SECONDS)
            .register(registry);
  }

  /** A round counts what was carried since its negotiation began; the next one begins at 0. */
  @Override
  public synchronized void round(Round round) {
    double elapsed = round.elapsed().toNanos() / 1e9;
    boolean anew = round.number() == 1 || round.messages() < messagesBefore;
    rounds.inc();
    messages.inc(anew ? round.messages() : round.messages() - messagesBefore);
    bytes.inc(anew ? round.payloadBytes() : Math.max(0, round.payloadBytes() - bytesBefore));
    roundSeconds.observe(anew ? elapsed : Math.max(0, elapsed - elapsedBefore));
    messagesBefore = round.messages();
    bytesBefore = round.payloadBytes();
    elapsedBefore = elapsed;
  }
}
