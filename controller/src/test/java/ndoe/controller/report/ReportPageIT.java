package ndoe.controller.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser, when there is one. */
class ReportPageIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Browser browser;

  @BeforeEach
  void needsABrowser() {
    var found = Browser.find(folder);
    if (found.isEmpty()) {
      System.out.println("ReportPageIT skipped: no chromium on PATH");
    }
    assumeTrue(found.isPresent(), "no chromium on PATH");
    browser = found.get();
  }

  @Test
  void drawsEveryChartOfADay() throws Exception {
    assertDraws(18, SyntheticDay.reference().run(folder));
  }

  @Test
  void drawsEveryPhaseOfAnUnbalancedDay() throws Exception {
    assertDraws(18, SyntheticDay.reference().unbalanced(0.002).run(folder));
  }

  @Test
  void drawsEnvelopesOfANegotiationWithoutDevices() throws Exception {
    assertDraws(14, SyntheticDay.reference().negotiated(folder));
  }

  @Test
  void drawsADayThatNobodyNegotiated() throws Exception {
    Path run = SyntheticDay.reference().negotiated(folder);
    for (String table : new String[] {"negotiation", "trades", "prices", "settlement"}) {
      Files.delete(run.resolve(table + ".csv"));
    }
    assertDraws(8, run);
  }

  @Test
  void drawsWhateverTheNamesAre() throws Exception {
    assertDraws(12, SyntheticDay.of(OddNames.in(SyntheticDay.reference().scenario())).run(folder));
  }

  @Test
  void drawsADayThatWasCutOff() throws Exception {
    try (var running = SyntheticDay.reference().running(folder, 5)) {
      assertDraws(18, running.path());
    }
  }

  private void assertDraws(int charts, Path run) throws Exception {
    browser.assertDraws(charts, ReportPage.write(run));
  }
}
