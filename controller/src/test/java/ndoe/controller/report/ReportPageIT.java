package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser, when there is one. */
class ReportPageIT {
  private static final long DEADLINE_SECONDS = 90;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @BeforeEach
  void needsABrowser() {
    if (browser().isEmpty()) {
      System.out.println("ReportPageIT skipped: no chromium on PATH");
    }
    assumeTrue(browser().isPresent(), "no chromium on PATH");
  }

  @Test
  void drawsEveryChartOfADay() throws Exception {
    assertDraws(10, SyntheticDay.reference().run(folder));
  }

  @Test
  void drawsEveryPhaseOfAnUnbalancedDay() throws Exception {
    assertDraws(10, SyntheticDay.reference().unbalanced(0.002).run(folder));
  }

  @Test
  void drawsEnvelopesOfANegotiationWithoutDevices() throws Exception {
    assertDraws(8, SyntheticDay.reference().negotiated(folder));
  }

  @Test
  void drawsWhateverTheNamesAre() throws Exception {
    assertDraws(4, SyntheticDay.of(OddNames.in(SyntheticDay.reference().scenario())).run(folder));
  }

  @Test
  void drawsADayThatWasCutOff() throws Exception {
    try (var running = SyntheticDay.reference().running(folder, 5)) {
      assertDraws(10, running.path());
    }
  }

  private void assertDraws(int charts, Path run) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("browser.log");
    open(ReportPage.write(run), dom, log);
    String root = Files.readString(dom);
    String said = Files.readString(log);

    List<String> console = said.lines().filter(line -> line.contains("CONSOLE")).toList();
    assertEquals(List.of(), console);
    assertEquals(Integer.toString(charts), attribute(root, "data-charts-wanted"), said);
    assertEquals(Integer.toString(charts), attribute(root, "data-charts-drawn"), said);
    assertEquals("0", attribute(root, "data-script-errors"), said);
  }

  private void open(Path page, Path dom, Path log) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                browser().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "the browser hangs");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String attribute(String html, String name) {
    Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(html);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            directory ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
