package ndoe.controller.study;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import ndoe.controller.ReferenceDay;
import ndoe.controller.report.Browser;
import ndoe.controller.report.OddNames;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser, when there is one. */
class ComparisonPageIT {
  private static final Set<ComparedCase> ALL = EnumSet.allOf(ComparedCase.class);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Browser browser;

  @BeforeEach
  void needsABrowser() {
    var found = Browser.find(folder);
    if (found.isEmpty()) {
      System.out.println("ComparisonPageIT skipped: no chromium on PATH");
    }
    assumeTrue(found.isPresent(), "no chromium on PATH");
    browser = found.get();
  }

  @Test
  void drawsEveryChartOfAllCases() throws Exception {
    assertDraws(6 + 2 * 8, ReferenceDay.scenario(), ALL);
  }

  @Test
  void drawsOneCaseThatBreaksNothing() throws Exception {
    assertDraws(6 + 1, ReferenceDay.scenario(), EnumSet.of(ComparedCase.NDOE));
  }

  @Test
  void drawsWhateverTheNamesAre() throws Exception {
    assertDraws(6 + 2 * 8, OddNames.in(ReferenceDay.scenario()), ALL);
  }

  private void assertDraws(int charts, Scenario scenario, Set<ComparedCase> cases)
      throws Exception {
    ComparisonPage.write(folder, SyntheticComparison.of(scenario, cases));
    browser.assertDraws(charts, folder.resolve("compare.html"));
  }
}
