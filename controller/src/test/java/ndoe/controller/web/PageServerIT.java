package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PageServerIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private PageUnderTest page;

  @BeforeEach
  void start() throws IOException {
    page = new PageUnderTest(RunSubject.of(ReferenceDay.scenario(), "folder"));
  }

  @AfterEach
  void end() {
    page.close();
  }

  private HttpRequest.Builder request(String path, Role role) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(page.origin() + path));
    if (role != null) {
      request.header("Cookie", "ndoe-" + page.port() + "=" + page.door.token(role));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> control(Role role, String origin)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/control/pause", role).POST(HttpRequest.BodyPublishers.ofString("{}"));
    if (origin != null) {
      request.header("Origin", origin);
    }
    return send(request);
  }

  @Test
  void letsNobodyInWithoutTheToken() throws IOException, InterruptedException {
    for (String path : List.of("/", "/state", "/events", "/live.js", "/rounds/7")) {
      assertEquals(401, send(request(path, null)).statusCode(), path);
    }
    assertEquals(401, send(request("/?token=wrong", null)).statusCode());
    assertEquals(401, control(null, page.origin()).statusCode());
    assertEquals(List.of(), page.performed);
  }

  @Test
  void turnsTheTokenIntoACookieThatNoScriptAndNoOtherSiteCanUse()
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(page.address(Role.CONTROL))));
    assertEquals(200, answer.statusCode());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
    assertTrue(page.door.token(Role.CONTROL).length() * 6 >= 128, "bits of the token");
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'") && !policy.contains("unsafe"), policy);
    assertFalse(answer.body().contains("<script>"), "a script inside the page");
  }

  @Test
  void letsThoseWhoMayOnlyLookChangeNothing() throws IOException, InterruptedException {
    assertEquals(200, send(request("/state", Role.VIEW)).statusCode());
    assertEquals(403, control(Role.VIEW, page.origin()).statusCode());
    assertEquals(List.of(), page.performed);
    assertEquals(200, control(Role.CONTROL, page.origin()).statusCode());
    assertEquals(List.of("pause {}"), page.performed);
  }

  @Test
  void refusesWhatAnotherSiteSends() throws IOException, InterruptedException {
    for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1", null}) {
      assertEquals(403, control(Role.CONTROL, origin).statusCode(), String.valueOf(origin));
    }
    assertEquals(List.of(), page.performed);
  }

  @Test
  void refusesANameThatWasMadeToPointHere() throws IOException {
    String request =
        "GET /state HTTP/1.1\r\nHost: rebound.example:%d\r\nCookie: ndoe-%d=%s\r\n\r\n"
            .formatted(page.port(), page.port(), page.door.token(Role.CONTROL));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      assertTrue(reader(socket).readLine().contains(" 421 "));
    }
  }

  @Test
  void saysWhyAControlIsRefusedAndWhatIsNotKept() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request("/control/impossible", Role.CONTROL)
                .header("Origin", page.origin())
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertEquals(409, answer.statusCode());
    assertEquals("not now", answer.body().strip());
    assertEquals("{\"round\":7}", send(request("/rounds/7", Role.VIEW)).body());
    assertEquals(404, send(request("/rounds/8", Role.VIEW)).statusCode());
    assertEquals(404, send(request("/../pom.xml", Role.VIEW)).statusCode());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private Socket stream(String lastEventId) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
    OutputStream out = socket.getOutputStream();
    String request =
        "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: ndoe-%d=%s\r\nLast-Event-ID: %s\r\n\r\n"
            .formatted(page.port(), page.port(), page.door.token(Role.VIEW), lastEventId);
    out.write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static List<String> data(BufferedReader reader, int count) throws IOException {
    List<String> data = new ArrayList<>();
    while (data.size() < count) {
      String line = reader.readLine();
      if (line == null) {
        throw new AssertionError("ended after " + data);
      }
      if (line.startsWith("data: ")) {
        data.add(line.substring("data: ".length()));
      }
    }
    return data;
  }

  @Test
  void goesOnAfterTheLastEventThatArrived() throws IOException {
    long before = page.feed.last();
    for (int i = 0; i < 5; i++) {
      page.feed.publish("phase", "{\"i\":" + i + "}");
    }
    try (Socket socket = stream(page.feed.id(before + 2))) {
      BufferedReader reader = reader(socket);
      assertEquals(List.of("{\"i\":2}", "{\"i\":3}", "{\"i\":4}"), data(reader, 3));
      page.feed.publish("phase", "{\"i\":5}");
      assertEquals(List.of("{\"i\":5}"), data(reader, 1));
    }
  }

  @Test
  void tellsWhoMissedTooMuchToBeginAnew() throws IOException {
    for (String id : List.of("other-1", "nonsense", page.feed.id(999_999))) {
      try (Socket socket = stream(id)) {
        BufferedReader reader = reader(socket);
        String text =
            reader.lines().limit(40).filter(l -> l.startsWith("event:")).findFirst().get();
        assertEquals("event: reset", text, id);
      }
    }
  }

  @Test
  void aVisitorWhoTakesNothingKeepsNobodyWaiting() throws IOException {
    String large = "\"" + "x".repeat(20_000) + "\"";
    long start = page.feed.last();
    try (Socket stuck = stream(page.feed.id(start));
        Socket lively = stream(page.feed.id(start))) {
      long longest = 0;
      for (int i = 0; i < 3_000; i++) {
        long before = System.nanoTime();
        page.feed.publish("event", large);
        longest = Math.max(longest, System.nanoTime() - before);
      }
      System.out.printf(
          "60 MB told to one visitor who reads and one who does not: longest wait %.2f ms%n",
          longest / 1e6);
      assertTrue(longest < TimeUnit.SECONDS.toNanos(5), longest + " ns");
      assertTrue(data(reader(lively), 1).get(0).length() > 1);
      assertFalse(stuck.isClosed());
    }
  }
}
