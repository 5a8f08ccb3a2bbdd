package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** A real browser that opens pages, when there is one. */
public final class Browser {
  private static final long DEADLINE_SECONDS = 90;

  private final Path program;
  private final Path folder;

  private Browser(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Finds a browser on the path.
   *
   * @param folder for what it leaves behind
   */
  public static Optional<Browser> find(Path folder) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            directory ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new Browser(program, folder));
  }

  /** Opens a page and fails unless it draws this many charts without complaining. */
  public void assertDraws(int charts, Path page) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("browser.log");
    open(page, dom, log);
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
                program.toString(),
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
}
