package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The Chromium that is installed, with everything its pages complained about. */
final class LiveBrowser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking");

  private static final int PATIENCE_MILLIS = 90_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private LiveBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips the test, with a line, where no Chromium is on the path. */
  static LiveBrowser start() {
    Optional<Path> program =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(
                directory ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      System.out.println("skipped: no chromium on the path to look at the live page with");
    }
    assumeTrue(program.isPresent(), "no chromium on the path");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program.get())
                    .setArgs(ARGUMENTS));
    return new LiveBrowser(playwright, browser);
  }

  /** An empty page of a visitor who was never there before. */
  Page visitor(int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setIgnoreHTTPSErrors(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("uncaught: " + error));
    return page;
  }

  /** What pages wrote to their console as errors and warnings. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Fails on any violation that axe finds, by its default rules. */
  static void assertAccessible(Page page) {
    page.evaluate(axe());
    Object violations =
        page.evaluate(
            "async () => (await axe.run()).violations.map(v => v.id + ': ' +"
                + " v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))");
    assertEquals(List.of(), violations);
  }

  private static String axe() {
    try (InputStream script =
        LiveBrowser.class.getClassLoader().getResourceAsStream("axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on what the browser does is recorded. */
  void record(Page page) {
    browser.startTracing(
        page, new Browser.StartTracingOptions().setCategories(List.of("toplevel", "__metadata")));
  }

  /**
   * Ends the record.
   *
   * @return processor time of each task of a page’s main thread, ms, the longest first; other work
   *     on the machine does not count
   */
  List<Double> taskMillis() {
    JsonNode events;
    try {
      events = Json.MAPPER.readTree(browser.stopTracing()).path("traceEvents");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> pages = new HashSet<>();
    for (JsonNode event : events) {
      if (event.path("args").path("name").asText().equals("CrRendererMain")) {
        pages.add(event.path("pid") + "/" + event.path("tid"));
      }
    }
    List<Double> millis = new ArrayList<>();
    for (JsonNode event : events) {
      boolean task = event.path("name").asText().endsWith("RunTask") && event.has("tdur");
      if (task && pages.contains(event.path("pid") + "/" + event.path("tid"))) {
        millis.add(event.path("tdur").asDouble() / 1e3);
      }
    }
    millis.sort(Comparator.reverseOrder());
    return millis;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
