package ndoe.controller.operations;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import ndoe.devices.DeviceLinkException;

/**
 * Answers {@code /metrics} in Prometheus’ text format, {@code /health} and {@code /ready} in JSON;
 * on loopback only and for reading only.
 */
final class OperationsServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "operations");
            thread.setDaemon(true);
            return thread;
          });

  private record Answer(int status, String type, byte[] body) {
    static Answer of(int status, String type, String body) {
      return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  @FunctionalInterface
  private interface Page {
    Answer answer() throws IOException;
  }

  private OperationsServer(HttpServer server, PrometheusRegistry registry, Health health) {
    this.server = server;
    Map<String, Page> pages =
        Map.of(
            "/metrics",
            () -> metrics(registry),
            "/health",
            () -> state("healthy", "unhealthy", health.problems().get()),
            "/ready",
            () -> state("ready", "not ready", health.missing().get()));
    server.setExecutor(worker);
    server.createContext("/", exchange -> serve(exchange, pages));
    server.start();
  }

  /**
   * Starts to answer.
   *
   * @param port 0 for one chosen by the system
   * @throws DeviceLinkException if the port is taken
   */
  static OperationsServer start(int port, PrometheusRegistry registry, Health health) {
    try {
      InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return new OperationsServer(HttpServer.create(at, 0), registry, health);
    } catch (IOException e) {
      throw new DeviceLinkException(
          "--metrics: port %d of this machine cannot be listened on: %s; 0 lets the system choose"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  /** Without a path, as {@code http://127.0.0.1:PORT}. */
  String uri() {
    InetSocketAddress at = server.getAddress();
    return "http://%s:%d".formatted(at.getAddress().getHostAddress(), at.getPort());
  }

  private static void serve(HttpExchange exchange, Map<String, Page> pages) throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      Page page = pages.get(exchange.getRequestURI().getPath());
      Answer answer =
          page == null
              ? Answer.of(NOT_FOUND, TEXT, "there are /metrics, /health and /ready\n")
              : head || exchange.getRequestMethod().equals("GET")
                  ? page.answer()
                  : Answer.of(NOT_ALLOWED, TEXT, "only to be read\n");
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
      if (!head) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private static Answer metrics(PrometheusRegistry registry) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return new Answer(OK, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray());
  }

  private static Answer state(String good, String bad, List<String> reasons) {
    ObjectNode said = MAPPER.createObjectNode().put("status", reasons.isEmpty() ? good : bad);
    reasons.forEach(said.putArray("reasons")::add);
    return Answer.of(reasons.isEmpty() ? OK : UNAVAILABLE, JSON, said + "\n");
  }

  @Override
  public void close() {
    server.stop(0);
    worker.shutdownNow();
  }
}
