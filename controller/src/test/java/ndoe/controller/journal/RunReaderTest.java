package ndoe.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReaderTest {
  private static final String HEADER = "interval_start,bus,phase,voltage_pu\n";

  @TempDir Path folder;

  @Test
  void readsEveryWholeLineWhereverTheFileIsCut() throws IOException {
    byte[] whole =
        (HEADER + "2016-06-21T00:00,ü1,1,1.01\n2016-06-21T00:00,\"ü,2\",1,1.02\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      Files.write(folder.resolve("voltages.csv"), part);
      long wholeLines = new String(part, StandardCharsets.UTF_8).lines().count();
      boolean midLine = cut > 0 && part[cut - 1] != '\n';
      long expected = Math.max(0, wholeLines - (midLine ? 1 : 0) - 1);

      assertEquals(expected, RunReader.of(folder).voltages().size(), "cut after " + cut);
    }
  }

  @Test
  void hasNoRowsForATableThatIsNotThere() {
    assertEquals(List.of(), RunReader.of(folder).violations());
  }

  @Test
  void namesFileLineAndColumnOfWhatItDoesNotUnderstand() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("voltages.csv"),
            HEADER + "2016-06-21T00:00,1,1,1.01\n2016-06-21T00:00,1,1,high\n");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).voltages());

    assertEquals(file + ":3: voltage_pu: \"high\" is not a number", wrong.getMessage());
  }

  @Test
  void saysWhichColumnIsMissing() throws IOException {
    Files.writeString(folder.resolve("voltages.csv"), "interval_start,bus\n2016-06-21T00:00,1\n");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).voltages());

    assertTrue(wrong.getMessage().contains(":2: phase: the column is missing"));
  }

  @Test
  void readsRoundsTradesPricesAndPaymentsAsTheyWereWritten() {
    RunReader reader = RunReader.of(SyntheticDay.reference().negotiated(folder));
    LocalDateTime midnight = LocalDateTime.parse("2016-06-21T00:00");

    List<RoundRow> rounds = reader.rounds();
    assertEquals(14, rounds.size());
    assertEquals(OptionalDouble.empty(), rounds.get(12).lowerBound());
    RoundRow last = rounds.get(13);
    assertEquals(OptionalDouble.of(3146.2), last.lowerBound());
    assertEquals(OptionalDouble.of(3148.55), last.upperBound());
    assertEquals(500 * Math.pow(2.0 / 3, 14), last.envelopeMismatchKw(), 1e-6);
    assertEquals(Duration.ofMillis(14 * 240), last.elapsed());
    assertEquals(14 * 49_152, last.payloadBytes());
    assertEquals("nested", last.mode());
    assertEquals(
        new TradeRow(midnight, new ProsumerId("P18"), new ProsumerId("P28"), 30, 0.4, 0.36, 0.04),
        reader.trades().get(0));
    assertEquals(24 * 8, reader.prices().size());
    PriceRow price = reader.prices().get(12 * 8);
    assertEquals(OptionalDouble.of(0.25), price.energyPerKwh());
    assertEquals(OptionalDouble.of(0.046), price.exportLimit().price());
    assertEquals(OptionalDouble.of(-0.004), price.importLimit().freedom());
    assertEquals(
        new PaymentRow("P28", "dso", "network_charge", new BigDecimal("360.00")),
        reader.payments().get(1));
    assertEquals(new TariffRow(midnight, 0.288, 0.2), reader.tariff().get(0));
    assertEquals(OptionalDouble.of(1), reader.run().toleranceKw());
  }

  @Test
  void leavesAPriceEmptyThatWasNotNegotiated() throws IOException {
    Files.writeString(
        folder.resolve("prices.csv"),
        RunFile.PRICES.header() + "\n2016-06-21T00:00,P18,0.3,,,,,,,,,,\n");

    PriceRow price = RunReader.of(folder).prices().get(0);

    assertEquals(OptionalDouble.of(0.3), price.energyPerKwh());
    assertEquals(PriceRow.Limit.NONE, price.exportLimit());
  }

  @Test
  void namesAnAmountThatIsNotOne() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("settlement.csv"), "from,to,purpose,amount\nP18,dso,x,much\n");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).payments());

    assertEquals(
        file + ":2: amount: \"much\" is not an amount with two decimals", wrong.getMessage());
  }

  @Test
  void saysWhenAFolderIsNoRunFolder() {
    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).run());

    assertEquals(folder + " is not a run folder: it has no run.json", wrong.getMessage());
  }

  @Test
  void saysWhatIsMissingFromRunJson() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.json"),
            "{\"status\": \"running\", \"started_at\": \"2026-03-01T09:30:00Z\"}");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).run());

    assertEquals(file + ": command is missing", wrong.getMessage());
  }

  @Test
  void refusesRunJsonThatIsNotJson() throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), "{");

    assertTrue(
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).run())
            .getMessage()
            .startsWith("cannot read " + file));
  }
}
