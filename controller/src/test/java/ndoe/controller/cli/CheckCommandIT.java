package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.controller.ReferenceDay;
import ndoe.controller.ShortDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandIT {
  private static final Path LAB = Path.of("..", "lab-setup");

  @TempDir Path temp;

  private Path scenario(String text, String replacement) throws IOException {
    Path file = ShortDay.write(temp, 10, 3);
    String known = Files.readString(file);
    String changed = known.replace(text, replacement);
    assertFalse(changed.equals(known), "nothing to replace: " + text);
    return Files.writeString(file, changed);
  }

  @Test
  void saysWhatARightScenarioAsksFor() {
    Spoken spoken = Spoken.by("check", ReferenceDay.FILE);
    assertEquals(0, spoken.exitCode(), spoken.out());
    assertTrue(spoken.out().startsWith("OK "), spoken.out());
    assertTrue(spoken.line("feeder:").contains("33 buses, 32 lines, 12.66 kV"), spoken.out());
    assertTrue(spoken.line("feeder:").contains("OpenDSS reads its script alike"), spoken.out());
    assertTrue(spoken.line("horizon:").contains("24 intervals of 60 min"), spoken.out());
    assertTrue(spoken.line("prosumers:").contains("8: P18 at 18"), spoken.out());
    assertTrue(spoken.line("devices:").contains("35:"), spoken.out());
    assertTrue(spoken.line("passive load alone").contains("to 1.0300 pu"), spoken.out());
  }

  @Test
  void checksUnbalancedFeedersToo() {
    Spoken spoken = Spoken.by("check", Path.of("..", "feeders", "ieee13", "ieee13.yaml"));
    assertEquals(0, spoken.exitCode(), spoken.out());
    assertTrue(spoken.line("feeder:").contains("read and solved by OpenDSS"), spoken.out());
  }

  @Test
  void explainsEveryProblemAtOnceWithASuggestion() throws IOException {
    Path file = scenario("loss_price_per_kwh: 0.5", "los_price_per_kwh: -0.5");
    Files.writeString(file, Files.readString(file).replace("seed: 20160621", "sead: 1"));
    Spoken spoken = Spoken.by("check", file);
    assertEquals(2, spoken.exitCode());
    assertTrue(spoken.line("los_price").contains("did you mean loss_price_per_kwh?"), spoken.out());
    assertTrue(spoken.line("sead").contains("did you mean seed?"), spoken.out());
    assertTrue(spoken.out().contains("short.yaml:"), spoken.out());
  }

  @Test
  void warnsWherePassiveLoadAloneBreaksALimit() throws IOException {
    Spoken spoken = Spoken.by("check", scenario("    scale: 1.0", "    scale: 3.0"));
    assertEquals(0, spoken.exitCode(), spoken.out());
    String warning = spoken.line("WARN  passive load alone");
    assertTrue(warning.contains("1 of 3 intervals"), spoken.out());
    assertTrue(warning.contains("at 2016-06-21T12:00: bus 17 has 0.947"), spoken.out());
  }

  @Test
  void warnsWhereTheDefaultEnvelopesTogetherBreakALimit() throws IOException {
    Path file =
        scenario(
            "default_envelope_kw: {import: 100, export: 50}",
            "default_envelope_kw: {import: 100, export: 900}");
    Spoken spoken = Spoken.by("check", file);
    assertTrue(
        spoken.line("WARN  everybody exporting").contains("the limit is 1.05"), spoken.out());
    assertFalse(spoken.out().contains("WARN  everybody importing"), spoken.out());
  }

  @Test
  void warnsOfALoadThatItsConnectionCannotCarry() throws IOException {
    Path file = scenario("connection_limit_kw: {import: 1000", "connection_limit_kw: {import: 110");
    Spoken spoken = Spoken.by("check", file);
    assertTrue(spoken.line("load of prosumer P25").contains("is 110"), spoken.out());
  }

  @Test
  void checksFleetsAgainstTheScenarioGivenWithThem() throws IOException {
    Path fleet = LAB.resolve("fleets/mixed.yaml");
    Spoken right = Spoken.by("check", fleet, ReferenceDay.FILE);
    assertEquals(0, right.exitCode(), right.out());
    assertTrue(right.line("pv-p18").contains("pv of P18, modbus 192.168.10.18:502"), right.out());
    assertTrue(right.out().contains("the 32 other devices"), right.out());

    Path without = scenario("  - {id: P18,", "  - {id: Q18,");
    Spoken wrong = Spoken.by("check", without, fleet);
    assertEquals(2, wrong.exitCode());
    assertTrue(wrong.line("devices[0].prosumer").contains("\"P18\" has no PV"), wrong.out());
  }

  @Test
  void tellsTheKindsOfFilesApartByTheirKeys() throws IOException {
    Path bench = LAB.resolve("fleets/bench.yaml");
    Path quirks = LAB.resolve("quirks/careful.json");
    Path profile =
        Path.of("..", "devices/src/main/resources/ndoe/devices/gridsimulator/pacific.json");
    Spoken spoken = Spoken.by("check", bench, quirks, profile);
    assertEquals(0, spoken.exitCode(), spoken.out());
    assertTrue(spoken.line("bench.yaml").endsWith("a list of emulated devices"), spoken.out());
    assertTrue(spoken.line("careful.json").endsWith("quirks of a SunSpec device"), spoken.out());
    assertTrue(spoken.line("pacific.json").contains("a command profile"), spoken.out());

    Path odd = Files.writeString(temp.resolve("odd.yaml"), "colour: red\n");
    Path csv = Files.writeString(temp.resolve("profiles.csv"), "time,a\n");
    Spoken unknown = Spoken.by("check", odd, csv, temp.resolve("missing.yaml"));
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.line("[colour]").contains("a scenario ("), unknown.out());
    assertTrue(unknown.out().contains("give the scenario that names it"), unknown.out());
    assertTrue(unknown.out().contains("there is no such file"), unknown.out());
  }

  @Test
  void namesTheKeyOfAWrongQuirk() throws IOException {
    Path quirks = Files.writeString(temp.resolve("q.json"), "{\"base\": 40000, \"unit\": 300}");
    Spoken spoken = Spoken.by("check", quirks);
    assertEquals(2, spoken.exitCode());
    assertTrue(spoken.out().contains("unit must be a whole number from 0 to 255"), spoken.out());
  }
}
