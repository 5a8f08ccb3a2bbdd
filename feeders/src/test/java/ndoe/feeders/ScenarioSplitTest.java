package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference scenario taken apart. */
class ScenarioSplitTest {
  private static final Path WHOLE = Path.of("ieee33/ieee33-improved.yaml");

  @TempDir private static Path folder;

  private static Scenario whole;
  private static List<Path> parts;

  @BeforeAll
  static void split() {
    whole = ScenarioFile.read(WHOLE);
    parts = ScenarioSplit.write(WHOLE, folder);
  }

  @Test
  void everyPartyGetsAFile() {
    assertEquals(1 + whole.prosumers().size(), parts.size());
    assertEquals("dso.yaml", parts.get(0).getFileName().toString());
  }

  @Test
  void operatorReadsFromItsPartWhatItReadFromTheWhole() {
    for (Path file : List.of(parts.get(0), WHOLE)) {
      Scenario part = ScenarioFile.readOperatorPart(file);
      assertEquals(whole.feeder(), part.feeder());
      assertEquals(whole.passiveLoads(), part.passiveLoads());
      assertEquals(whole.connectionPoints(), part.connectionPoints());
      assertEquals(whole.tradeLinks(), part.tradeLinks());
      assertEquals(whole.operator(), part.operator());
      assertEquals(whole.tariff(), part.tariff());
      assertEquals(whole.horizon(), part.horizon());
      assertEquals(whole.seed(), part.seed());
    }
  }

  @Test
  void operatorSeesNothingBehindAMeter() {
    for (Path file : List.of(parts.get(0), WHOLE)) {
      for (ProsumerSite site : ScenarioFile.readOperatorPart(file).prosumers()) {
        assertEquals(Optional.empty(), site.battery());
        assertEquals(Optional.empty(), site.pv());
        assertEquals(0, site.loadKw().stream().sum());
        assertEquals(List.of(), site.generationHistoryKw());
      }
    }
  }

  @Test
  void prosumerReadsFromItsPartWhatItReadFromTheWhole() {
    for (ProsumerSite site : whole.prosumers()) {
      for (Path file : List.of(folder.resolve(site.id() + ".yaml"), WHOLE)) {
        ProsumerPart part = ScenarioFile.readProsumerPart(file, site.id());
        assertEquals(site.loadKw(), part.site().loadKw());
        assertEquals(site.pv(), part.site().pv());
        assertEquals(site.wind(), part.site().wind());
        assertEquals(site.battery(), part.site().battery());
        assertEquals(site.vehicle(), part.site().vehicle());
        assertEquals(site.microTurbine(), part.site().microTurbine());
        assertEquals(site.generationHistoryKw(), part.site().generationHistoryKw());
        assertEquals(site.flexibleLoadFraction(), part.site().flexibleLoadFraction());
        assertEquals(site.shedPricePerKwh(), part.site().shedPricePerKwh());
        assertEquals(whole.tariff(), part.tariff());
        assertEquals(whole.horizon(), part.horizon());
        assertEquals(whole.uncertainty(), part.uncertainty());
      }
    }
  }

  @Test
  void partOfAProsumerHoldsItsOwnLinksAndNeitherNetworkNorOtherSites() throws Exception {
    ProsumerId own = new ProsumerId("P10");
    Path file = folder.resolve("P10.yaml");
    List<TradeLink> links = ScenarioFile.readProsumerPart(file, own).links().orElseThrow();
    assertEquals(
        whole.tradeLinks().stream()
            .filter(link -> link.first().equals(own) || link.second().equals(own))
            .toList(),
        links);
    String text = Files.readString(file);
    for (String others : List.of("feeder", "bus", "dso:", "micro_turbine", "wind", "pv1")) {
      assertFalse(text.contains(others), others);
    }
    assertTrue(text.contains("energy_kwh: 200"));
  }

  @Test
  void profilesOfAPartAreItsColumnsOnly() {
    Path profiles = folder.resolve("P10-profiles.csv.gz");
    assertEquals(
        List.of("mv_urban_p", "pv7"),
        ProfileFile.read(profiles, java.util.Set.of()).columns().stream().sorted().toList());
  }

  @Test
  void saysWhichProsumersAPartHas() {
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () -> ScenarioFile.readProsumerPart(folder.resolve("P10.yaml"), new ProsumerId("P33")));
    assertEquals(1, refused.problems().size());
    assertTrue(refused.getMessage().contains("no P33 here"), refused.getMessage());
  }
}
