package ndoe.controller.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers browsers: the page, its state, its events, and what is asked of the run. */
final class PageServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
  private static final int MOST_THREADS = 48;
  private static final int MOST_BODY = 4_096;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final HttpServer server;
  private final Doorkeeper door;
  private final Site site;
  private final PageFiles files = new PageFiles();
  private final EventStreams streams;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_THREADS,
          30,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "live page visitor");
            thread.setDaemon(true);
            return thread;
          },
          (task, pool) -> LOG.debug("too many visitors at once"));

  /**
   * What there is to serve.
   *
   * @param snapshot the page’s state, told the visitor’s role
   * @param round offers, requests and prices of a round, if they are kept
   * @param perform does what is asked of the run; throws {@link RunControls.RefusedException}
   */
  record Site(
      Feed feed,
      Function<Role, String> snapshot,
      IntFunction<Optional<String>> round,
      Performance perform) {}

  /** Does what is asked of a run. */
  @FunctionalInterface
  interface Performance {
    void perform(String action, JsonNode asked);
  }

  PageServer(HttpServer server, Doorkeeper door, Site site) {
    this.server = server;
    this.door = door;
    this.site = site;
    streams = new EventStreams(site.feed());
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      protect(exchange.getResponseHeaders());
      if (!door.isMeant(exchange.getRequestHeaders())) {
        say(exchange, 421, "this server goes by another name");
      } else if (exchange.getRequestMethod().equals("POST")) {
        post(exchange);
      } else if (exchange.getRequestMethod().equals("GET")) {
        get(exchange);
      } else {
        say(exchange, 405, "GET and POST only");
      }
    } catch (RuntimeException e) {
      LOG.error("live page", e);
      throw e;
    }
  }

  private static void protect(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private void get(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<Role> visitor = door.visitor(exchange);
    if (path.equals("/") && visitor.isEmpty()) {
      visitor = parameter(exchange, "token").flatMap(door::roleOf);
      visitor.ifPresent(role -> door.welcome(exchange, role));
    } else if (path.equals("/")) {
      Optional<Role> told = parameter(exchange, "token").flatMap(door::roleOf);
      told.ifPresent(role -> door.welcome(exchange, role));
    }
    if (visitor.isEmpty()) {
      stranger(exchange, path);
    } else if (path.equals("/events")) {
      events(exchange);
    } else if (path.equals("/state")) {
      send(exchange, 200, "application/json; charset=utf-8", site.snapshot().apply(visitor.get()));
    } else if (path.matches("/rounds/\\d{1,7}")) {
      round(exchange, Integer.parseInt(path.substring("/rounds/".length())));
    } else {
      file(exchange, path.equals("/") ? "live.html" : path.substring(1));
    }
  }

  private void stranger(HttpExchange exchange, String path) throws IOException {
    if (door.asksForPassword() && path.equals("/")) {
      file(exchange, "login.html");
    } else if (door.asksForPassword() && path.equals("/live.css")) {
      file(exchange, "live.css");
    } else {
      say(exchange, 401, "open the whole address that was printed, with its token");
    }
  }

  private void round(HttpExchange exchange, int number) throws IOException {
    Optional<String> page = site.round().apply(number);
    if (page.isPresent()) {
      send(exchange, 200, "application/json; charset=utf-8", page.get());
    } else {
      say(exchange, 404, "what was said in round " + number + " is not kept");
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    if (!streams.enter()) {
      say(exchange, 503, "%d pages are open already".formatted(EventStreams.MOST));
      return;
    }
    try {
      String known = exchange.getRequestHeaders().getFirst("Last-Event-ID");
      streams.serve(exchange, known == null ? parameter(exchange, "after").orElse("") : known);
    } finally {
      streams.leave();
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
    if (!door.isOwn(exchange.getRequestHeaders())) {
      say(exchange, 403, "only the page itself may ask that");
    } else if (body.length > MOST_BODY) {
      say(exchange, 413, "too long");
    } else if (path.equals("/login")) {
      login(exchange, new String(body, StandardCharsets.UTF_8));
    } else if (path.startsWith("/control/")) {
      control(exchange, path.substring("/control/".length()), body);
    } else {
      say(exchange, 404, "there is no such thing");
    }
  }

  private void login(HttpExchange exchange, String form) throws IOException {
    Optional<Role> role =
        field(form, "password").filter(word -> door.asksForPassword()).flatMap(door::login);
    if (role.isEmpty()) {
      say(exchange, door.isLocked() ? 429 : 401, "wrong password; go back and try again");
      return;
    }
    door.welcome(exchange, role.get());
    exchange.getResponseHeaders().set("Location", "/");
    say(exchange, 303, "welcome");
  }

  private void control(HttpExchange exchange, String action, byte[] body) throws IOException {
    Optional<Role> visitor = door.visitor(exchange);
    if (visitor.isEmpty()) {
      say(exchange, 401, "open the whole address that was printed, with its token");
    } else if (visitor.get() != Role.CONTROL) {
      say(exchange, 403, "this address is only for looking");
    } else {
      try {
        site.perform().perform(action, Json.MAPPER.readTree(body));
        say(exchange, 200, "done");
      } catch (JsonProcessingException e) {
        say(exchange, 400, "not JSON");
      } catch (RunControls.RefusedException e) {
        say(exchange, 409, e.getMessage());
      }
    }
  }

  private static Optional<String> parameter(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery())
        .flatMap(query -> field(query, name));
  }

  private static Optional<String> field(String form, String name) {
    return Arrays.stream(form.split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst();
  }

  private void file(HttpExchange exchange, String name) throws IOException {
    Optional<PageFiles.Content> file = files.file(name);
    if (file.isEmpty()) {
      say(exchange, 404, "there is no such thing");
      return;
    }
    send(exchange, 200, file.get().type(), file.get().plain(), file.get().compressed());
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    boolean large = plain.length > 1_000;
    send(exchange, status, type, plain, large ? PageFiles.compressed(plain) : plain);
  }

  private static void send(
      HttpExchange exchange, int status, String type, byte[] plain, byte[] compressed)
      throws IOException {
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    boolean zip = compressed != plain && accepted != null && accepted.contains("gzip");
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
    if (zip) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    byte[] body = zip ? compressed : plain;
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    streams.close();
    server.stop(1);
    threads.shutdownNow();
  }
}
