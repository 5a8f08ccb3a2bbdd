package ndoe.controller.operations;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.loop.RunListener;
import ndoe.controller.negotiation.NegotiationListener;

/**
 * The metrics and the health of one process, on a port of loopback until closed. A process that
 * does not ask for it collects nothing.
 */
public final class Operations implements AutoCloseable {
  /** In the run folder: where to look, and who answers there. */
  public static final String FILE = "operations.json";

  private final OperationsServer server;
  private final RunListener runListener;
  private final NegotiationListener negotiationListener;

  private Operations(
      OperationsServer server, RunListener runListener, NegotiationListener negotiationListener) {
    this.server = server;
    this.runListener = runListener;
    this.negotiationListener = negotiationListener;
  }

  /**
   * Of a run; hears from its folder what is recorded and by {@link #runListener} how it gets on.
   *
   * @param port 0 for one chosen by the system
   * @param clock for the age of values
   * @throws ndoe.devices.DeviceLinkException if the port is taken
   */
  public static Operations ofRun(int port, RunFolder folder, Clock clock) {
    PrometheusRegistry registry = new PrometheusRegistry();
    ProcessMetrics.register(registry);
    RunWatch watch =
        new RunWatch(
            new DayMetrics(registry),
            new DeviceMetrics(registry, clock),
            new NegotiationMetrics(registry),
            System::nanoTime);
    OperationsServer server = OperationsServer.start(port, registry, watch.health());
    watch.attach(folder, at -> announce(at, server.uri()));
    return new Operations(server, watch, watch);
  }

  /**
   * Of a party at a broker.
   *
   * @param connected whether it has its link to the broker
   * @param ready whether it has what it works for, such as a certified envelope
   * @param waitsFor what that is, in words
   */
  public static Operations ofParty(
      int port, BooleanSupplier connected, BooleanSupplier ready, String waitsFor) {
    PrometheusRegistry registry = new PrometheusRegistry();
    ProcessMetrics.register(registry);
    NegotiationMetrics negotiation = new NegotiationMetrics(registry);
    registerParty(registry, connected, ready);
    Health health = PartyHealth.of(connected, ready, waitsFor);
    return new Operations(
        OperationsServer.start(port, registry, health), new RunListener() {}, negotiation);
  }

  /** What a party at a broker tells beside its process and its negotiation. */
  static void registerParty(
      PrometheusRegistry registry, BooleanSupplier connected, BooleanSupplier ready) {
    ProcessMetrics.gauge(
        registry,
        "ndoe_broker_connected",
        "1 if the link to the broker is up.",
        () -> connected.getAsBoolean() ? 1 : 0);
    ProcessMetrics.gauge(
        registry, "ndoe_ready", "1 if /ready says so.", () -> ready.getAsBoolean() ? 1 : 0);
  }

  /** Tells this how the run gets on. */
  public RunListener runListener() {
    return runListener;
  }

  /** Tells this how a negotiation without a run gets on. */
  public NegotiationListener negotiationListener() {
    return negotiationListener;
  }

  /** Without a path, as {@code http://127.0.0.1:PORT}. */
  public String uri() {
    return server.uri();
  }

  private static void announce(Path folder, String uri) {
    try {
      Files.writeString(
          folder.resolve(FILE),
          new JsonMapper()
                  .createObjectNode()
                  .put("metrics", uri + "/metrics")
                  .put("health", uri + "/health")
                  .put("ready", uri + "/ready")
                  .put("process", ProcessHandle.current().pid())
              + "\n");
    } catch (IOException e) {
      throw new RunFolderException("cannot write %s: %s".formatted(folder.resolve(FILE), e), e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
