package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.controller.ReferenceDay;
import ndoe.controller.report.OddNames;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=application/json id=data>(.*?)</script>", Pattern.DOTALL);
  private static final Set<ComparedCase> ALL = EnumSet.allOf(ComparedCase.class);

  @TempDir Path folder;

  private String page(Scenario scenario, Set<ComparedCase> cases) throws IOException {
    ComparisonPage.write(folder, SyntheticComparison.of(scenario, cases));
    return Files.readString(folder.resolve("compare.html"));
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data = DATA.matcher(page);
    assertTrue(data.find());
    return new JsonMapper().readTree(data.group(1));
  }

  @Test
  void tellsEveryCaseInNumbers() throws IOException {
    String page = page(ReferenceDay.scenario(), ALL);

    JsonNode data = data(page);
    assertEquals(8, data.path("cases").size());
    assertEquals("ndoe-no-charges", data.path("cases").path(7).asText());
    assertEquals(137, data.path("cost").path("network").path(4).asDouble());
    assertEquals(123_456, data.path("broken").path("corners").path(1).asInt());
    assertEquals(5 + 7, data.path("area").path(3).path(7).asDouble());
    assertEquals(4 * 40, data.path("saving").path(4).path(2).asDouble());
    assertTrue(page.contains("over voltage 1.1234 pu at 18"));
    assertTrue(page.contains("✓ every case that respects the network is certified"));
  }

  @Test
  void needsNothingFromANetwork() throws IOException {
    String page = page(ReferenceDay.scenario(), ALL);

    assertFalse(
        Pattern.compile("<(link|img|iframe|base)\\b|@import|url\\(|\\bsrc=").matcher(page).find());
    assertTrue(page.contains("default-src 'none'"));
    assertTrue(page.contains("The MIT License (MIT)"));
    assertTrue(page.length() < 200_000, "characters: " + page.length());
  }

  @Test
  void leavesOutSavingsWhenThereIsNothingToMeasureThemAgainst() throws IOException {
    String page = page(ReferenceDay.scenario(), EnumSet.of(ComparedCase.DSO, ComparedCase.NDOE));

    assertFalse(page.contains("data-chart=\"saving-0\""));
    assertFalse(data(page).has("saving"));
    assertTrue(page.contains("data-chart=\"area-1\""));
  }

  @Test
  void isNotBrokenByNamesThatLookLikeMarkup() throws IOException {
    String page = page(OddNames.in(ReferenceDay.scenario()), ALL);

    assertFalse(page.contains("<b>x"));
    assertEquals(3, page.split("</script>", -1).length - 1, "data, library and script");
  }
}
