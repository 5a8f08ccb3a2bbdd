package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsPageTest {
  @TempDir Path folder;
  @TempDir Path out;

  private static void change(Path run, Consumer<ObjectNode> change) throws IOException {
    Path file = run.resolve("run.json");
    ObjectNode root = (ObjectNode) new JsonMapper().readTree(Files.readString(file));
    change.accept(root);
    Files.writeString(file, root.toPrettyString());
  }

  private Path named(String name, Path run) throws IOException {
    return Files.move(run, folder.resolve(name));
  }

  @Test
  void putsFiguresSideBySideWithTheirDifferences() throws IOException {
    Path first = named("first", SyntheticDay.reference().run(folder));
    Path second = named("second", SyntheticDay.reference().negotiated(folder));
    change(second, root -> ((ObjectNode) root.path("objective")).put("prosumers", 3380.25 + 12.5));

    String page = Files.readString(RunsPage.write(out, List.of(first, second)));

    assertTrue(page.contains("<td class=n>3380.25</td><td class=n>3392.75</td><td class=n>+12.50"));
    assertTrue(page.contains("lowest voltage measured, pu</th>"));
    assertFalse(page.contains("not of one scenario"));
    List<String> table = Files.readAllLines(out.resolve("compare.csv"));
    assertEquals(3, table.size());
    assertTrue(
        table.get(0).startsWith("run,case,status,certified,network_cost_cny,prosumer_cost_cny"));
    assertTrue(table.get(1).startsWith("first,dso,completed,true,"), table.get(1));
    assertTrue(table.get(2).contains(",3392.75,"), table.get(2));
    assertTrue(table.get(2).endsWith(",,"), "nothing was measured or applied");
  }

  @Test
  void needsNothingFromANetworkAndIsNotBrokenByNames() throws IOException {
    Path first = named("<b>x", SyntheticDay.reference().negotiated(folder));
    Path second =
        named(
            "y",
            SyntheticDay.of(OddNames.in(SyntheticDay.reference().scenario())).negotiated(folder));

    String page = Files.readString(RunsPage.write(out, List.of(first, second)));

    assertFalse(page.contains("<b>x"));
    assertEquals(3, page.split("</script>", -1).length - 1, "data, library and script");
    assertFalse(
        Pattern.compile("<(link|img|iframe|base)\\b|@import|url\\(|\\bsrc=").matcher(page).find());
  }

  @Test
  void saysWhenRunsAreNotOfOneScenarioAndComparesNoMoneyOfTwoCurrencies() throws IOException {
    Path first = named("first", SyntheticDay.reference().negotiated(folder));
    Path second = named("second", SyntheticDay.reference().negotiated(folder));
    change(
        second,
        root ->
            ((ObjectNode) root.path("scenario")).put("currency", "EUR").put("sha256", "another"));

    String page = Files.readString(RunsPage.write(out, List.of(first, second)));

    assertTrue(page.contains("These runs are not of one scenario"));
    assertFalse(page.contains("data-chart=\"cost\""));
    assertTrue(Files.readAllLines(out.resolve("compare.csv")).get(2).contains("true,,,,"));
  }

  @Test
  void theReportTellsWhatOtherCasesOfTheScenarioCost() throws IOException {
    Path own = named("own", SyntheticDay.reference().negotiated(folder));
    Path other = named("static", SyntheticDay.reference().negotiated(folder));
    change(
        own, root -> root.withObjectProperty("objective_parts").put("value of envelopes", -231.7));
    change(
        other,
        root -> {
          root.withObjectProperty("objective_parts").put("value of envelopes", -231.7);
          ((ObjectNode) root.path("objective")).put("prosumers", 4000.25);
        });

    String page =
        Files.readString(ReportPage.write(own, out.resolve("report.html"), List.of(other)));

    assertTrue(page.contains("<h2>Against other cases"));
    assertTrue(page.contains("<td class=n>4000.25</td><td class=n>620.00</td>"), "difference");
  }

  @Test
  void theReportRefusesCostsOfAnotherScenario() throws IOException {
    Path own = named("own", SyntheticDay.reference().negotiated(folder));
    Path other = named("other", SyntheticDay.reference().negotiated(folder));
    change(other, root -> ((ObjectNode) root.path("scenario")).put("sha256", "another"));

    String message =
        assertThrows(
                RunFolderException.class,
                () -> ReportPage.write(own, out.resolve("report.html"), List.of(other)))
            .getMessage();

    assertTrue(message.startsWith(other + " is a run of another scenario"), message);
  }
}
