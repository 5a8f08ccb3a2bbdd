package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunStatus;
import ndoe.controller.journal.SyntheticDay;
import ndoe.cosim.validation.Verdict;
import ndoe.cosim.validation.Violation;
import ndoe.devices.DeviceId;
import ndoe.devices.mqtt.SiteEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=application/json id=data>(.*?)</script>", Pattern.DOTALL);

  @TempDir Path runs;

  @Test
  void staysSmallForEightProsumersAndADay() throws IOException {
    Path page = ReportPage.write(SyntheticDay.reference().run(runs));

    assertTrue(Files.size(page) < 400_000, "bytes: " + Files.size(page));
  }

  @Test
  void needsNothingFromANetwork() throws IOException {
    String page = page(SyntheticDay.reference().run(runs));

    assertFalse(
        Pattern.compile("<(link|img|iframe|base)\\b|@import|url\\(|\\bsrc=").matcher(page).find());
    assertTrue(page.contains("default-src 'none'"));
  }

  @Test
  void carriesTheLicenseOfTheChartLibrary() throws IOException {
    String page = page(SyntheticDay.reference().negotiated(runs));

    assertTrue(page.contains("The MIT License (MIT)"));
    assertTrue(page.contains("Charts by uPlot " + ChartLibrary.load().version()));
  }

  @Test
  void tellsTheDayInNumbers() throws IOException {
    String page = page(SyntheticDay.reference().run(runs));

    assertTrue(page.contains("192 of 192"), "intervals inside");
    assertTrue(page.contains("383 of 384 setpoints were applied and read back"));
    assertTrue(page.contains("no acknowledgment within 2 s"));
    assertTrue(page.contains("✓ certified"));
    assertTrue(page.contains("Import is positive"));
    assertTrue(page.contains("per unit (pu) of 12.66 kV"));
    JsonNode data = data(page);
    assertEquals(24, data.path("starts").size());
    assertEquals(24, data.path("voltage").path("lowest").size());
    assertEquals(33, data.path("distance").path("buses").size());
    assertEquals("1", data.path("distance").path("buses").path(0).asText());
    assertEquals(-1, data.path("distance").path("previous").path(0).asInt());
    assertEquals(1, data.path("distance").path("phases").size(), "balanced: one phase tells all");
    assertEquals(8, data.path("prosumers").size());
    assertTrue(data.path("prosumers").path(0).path("export").path(0).asDouble() < 0);
  }

  @Test
  void tellsHowFaultsEnded() throws IOException {
    RunFolder folder = SyntheticDay.reference().running(runs, 15);
    folder.event(
        new SiteEvent(
            SiteEvent.Severity.ALARM,
            Optional.of(new DeviceId("d3-battery")),
            "lost <b>power</b>",
            Instant.parse("2026-03-01T09:31:00Z")));
    folder.end(RunStatus.COMPLETED, 0, "");
    folder.close();

    String page = page(folder.path());

    assertTrue(page.contains("that a device did not confirm: 1; without an end here: 0."));
    assertTrue(page.contains("<td>confirmed again in the interval from 14:00</td>"));
    assertTrue(page.contains("<p class=summary>1, alarms among them: 1.</p>"));
    assertTrue(page.contains("<td>lost &lt;b&gt;power&lt;/b&gt;</td>"));
  }

  @Test
  void tellsWhoGotWhatAndWhetherDevicesDidWhatTheyWereTold() throws IOException {
    String page = page(SyntheticDay.reference().run(runs));

    assertTrue(page.contains("Jain’s index of the shares of what the connections could carry is"));
    assertTrue(page.contains("0.125 when one has all"));
    assertTrue(page.contains(" of 384 measured intervals of devices are inside"), "compliance");
    assertTrue(page.contains("33 buses, the nearest to the substation on top, over 24 intervals"));
    assertEquals(16, data(page).path("devices").size());
    assertEquals(499.98, data(page).path("devices").path(0).path("told").path(5).asDouble());
  }

  @Test
  void countsVoltagesBeyondALimitInTheMap() throws IOException {
    Path run = SyntheticDay.reference().run(runs);
    Path table = run.resolve("voltages.csv");
    Files.writeString(
        table,
        Files.readString(table).replaceFirst("(?m)^(2016-06-21T03:00,18,1),.*$", "$1,0.9321"));

    String page = page(run);

    assertTrue(page.contains("1 values are beyond a limit."));
    assertTrue(page.contains("<th scope=row>18</th><td class=n>0.9321</td>"), "row of the bus");
  }

  @Test
  void tellsWhatWasNegotiatedTradedAndPaid() throws IOException {
    String page = page(SyntheticDay.reference().negotiated(runs));

    JsonNode data = data(page);
    assertEquals(14, data.path("rounds").path("envelope").size());
    assertEquals(1, data.path("rounds").path("tolerance").asDouble());
    assertEquals(3146.2, data.path("rounds").path("lower").asDouble());
    assertEquals(30, data.path("trades").path(0).asDouble());
    assertEquals(0.25, data.path("prices").path("lowest").path(0).asDouble());
    assertEquals(0.285, data.path("prices").path("mean").path(0).asDouble());
    assertEquals(0.32, data.path("prices").path("highest").path(0).asDouble());
    assertEquals(0.288, data.path("prices").path("buy").path(0).asDouble());
    assertEquals(0.2, data.path("prices").path("sell").path(0).asDouble());
    assertEquals(0.046, data.path("limits").path("export").path("price").path(12).asDouble());
    assertEquals(0.05, data.path("limits").path("export").path("voltage").path(12).asDouble());
    assertTrue(page.contains("a gap of 0.065"), "gap");
    assertTrue(page.contains("Prosumers sell each other 9000 kWh, in 1 pairs"), "energy");
    assertTrue(page.contains("the balances add up to 0.00"), "settlement");
    assertTrue(page.contains("<td class=n>−3612.34</td>"), "balance of the buyer");
  }

  @Test
  void leavesOutWhatNobodyNegotiated() throws IOException {
    Path run = SyntheticDay.reference().negotiated(runs);
    for (String table : new String[] {"negotiation", "trades", "prices", "settlement", "tariff"}) {
      Files.delete(run.resolve(table + ".csv"));
    }

    String page = page(run);

    for (String heading : new String[] {"Negotiation", "Trades", "Settlement", "Envelope prices"}) {
      assertFalse(page.contains("<h2>" + heading), heading);
    }
    assertFalse(data(page).has("rounds") || data(page).has("prices") || data(page).has("trades"));
  }

  @Test
  void showsEveryPhaseOfAnUnbalancedFeeder() throws IOException {
    JsonNode data = data(page(SyntheticDay.reference().unbalanced(0.002).run(runs)));

    assertEquals(3, data.path("distance").path("phases").size());
  }

  @Test
  void isNotBrokenByNamesThatLookLikeMarkup() throws IOException {
    SyntheticDay day = SyntheticDay.of(OddNames.in(SyntheticDay.reference().scenario()));
    String page = page(day.run(runs));

    assertFalse(page.contains("<b>x"));
    assertEquals(3, page.split("</script>", -1).length - 1, "data, library and script");
    assertTrue(page.contains("&lt;/script&gt;&lt;b&gt;x &amp; &#39;y&#39; &quot;z&quot; &lt;!--"));
    assertEquals(2, data(page).path("prosumers").size());
  }

  @Test
  void leavesOutWhatANegotiationWithoutDevicesCannotKnow() throws IOException {
    String page = page(SyntheticDay.reference().negotiated(runs));

    assertTrue(page.contains("No device was measured in this run"));
    assertTrue(page.contains("No voltages were recorded"));
    assertTrue(page.contains("No device was given a setpoint in this run"));
    assertFalse(data(page).has("voltage"));
    assertFalse(page.contains("data-chart=\"voltage\""));
    assertTrue(page.contains("data-chart=\"envelope-7\""));
  }

  @Test
  void tellsARunThatWasCutOff() throws IOException {
    RunFolder folder = SyntheticDay.reference().running(runs, 5);
    Path table = folder.path().resolve("measurements.csv");
    String rows = Files.readString(table);
    Files.writeString(table, rows.substring(0, rows.length() - 20));

    String page = page(folder.path());
    folder.close();

    assertTrue(page.contains("still running, or cut off"));
    assertTrue(page.contains("39 of 39"));
    assertTrue(data(page).path("voltage").path("lowest").path(5).isNull());
  }

  @Test
  void listsBrokenLimitsWorstFirstAndSaysWhenThereAreMore() throws IOException {
    Violation broken =
        new Violation(13, "export-corner", Violation.Kind.OVER_VOLTAGE, "33", 1.0512, 1.05);
    RunFolder folder = SyntheticDay.reference().running(runs, 0);
    folder.judged(new Verdict.Violated(900, Collections.nCopies(1_000, broken)));
    folder.end(RunStatus.COMPLETED, 3, "1000 limits are broken");
    folder.close();

    String page = page(folder.path());

    assertTrue(page.contains("✕ not certified"));
    assertTrue(page.contains("<p class=message>1000 limits are broken</p>"));
    assertTrue(page.contains("<td class=n>1.0512</td><td class=n>1.0500</td><td>pu</td>"));
    assertTrue(page.contains("The first 200 of 1000; all are in violations.csv."));
  }

  @Test
  void refusesAFolderThatHoldsNoRun() {
    assertThrows(RunFolderException.class, () -> ReportPage.write(runs));
  }

  private static String page(Path folder) throws IOException {
    return Files.readString(ReportPage.write(folder));
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data = DATA.matcher(page);
    assertTrue(data.find());
    return new JsonMapper().readTree(data.group(1));
  }
}
