package ndoe.controller.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser, when there is one. */
class RunsPageIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Browser browser;

  @BeforeEach
  void needsABrowser() {
    var found = Browser.find(folder);
    if (found.isEmpty()) {
      System.out.println("RunsPageIT skipped: no chromium on PATH");
    }
    assumeTrue(found.isPresent(), "no chromium on PATH");
    browser = found.get();
  }

  @Test
  void drawsEveryChartOfRunsWithAndWithoutDevices() throws Exception {
    SyntheticDay day = SyntheticDay.reference();

    Path page = RunsPage.write(folder, List.of(day.run(folder), day.negotiated(folder)));

    browser.assertDraws(4 + 8, page);
  }

  @Test
  void drawsRunsOfDifferentScenarios() throws Exception {
    SyntheticDay day = SyntheticDay.reference();
    SyntheticDay other = SyntheticDay.of(OddNames.in(day.scenario()));

    Path page = RunsPage.write(folder, List.of(other.run(folder), day.negotiated(folder)));

    browser.assertDraws(4 + 10, page);
  }
}
