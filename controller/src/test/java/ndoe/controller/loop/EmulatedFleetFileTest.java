package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ndoe.controller.loop.EmulatedFleetFile.EmulatedFleet;
import ndoe.controller.loop.EmulatedFleetFile.Entry;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.Fault;
import ndoe.devices.emulator.Flavour;
import ndoe.feeders.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatedFleetFileTest {
  private static final Path HOME = Path.of(System.getProperty("ndoe.home", ".."));

  @TempDir Path temp;

  private Path file(String... devices) throws IOException {
    String text =
        "format: 1\ndevices:\n"
            + List.of(devices).stream()
                .map(device -> "  - " + device)
                .collect(Collectors.joining("\n"));
    return Files.writeString(temp.resolve("bench.yaml"), text);
  }

  private String problems(String... devices) throws IOException {
    Path file = file(devices);
    return assertThrows(InvalidInputException.class, () -> EmulatedFleetFile.read(file))
        .problems()
        .stream()
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void readsADeviceWithItsDefaults() throws IOException {
    Entry pv = EmulatedFleetFile.read(file("{id: pv, role: pv, rating_kw: 10}")).devices().get(0);
    EmulatedDeviceSpec spec = pv.spec();
    assertEquals(10, spec.rating().injectionKw());
    assertEquals(0, spec.rating().reversionKw());
    assertEquals(10, spec.gridSupport().apparentKva());
    assertFalse(spec.gridSupport().voltVar() || spec.gridSupport().voltWatt());
    assertEquals(Flavour.SEVEN_HUNDRED, spec.placement().flavour());
    assertEquals(40_000, spec.placement().base());
    assertEquals(Optional.empty(), spec.fault());
    assertEquals(10, pv.surroundingKw());
  }

  @Test
  void readsTheShippedBench() {
    EmulatedFleet fleet =
        EmulatedFleetFile.read(HOME.resolve("lab-setup").resolve("fleets").resolve("bench.yaml"));
    assertEquals("lab1", fleet.site());
    assertEquals(10, fleet.devices().size());
    assertEquals(Optional.of(Fault.DRIFTING), fleet.devices().get(9).spec().fault());
  }

  @Test
  void tellsAFleetFromAScenario() throws IOException {
    assertTrue(EmulatedFleetFile.isOne(file("{id: pv, role: pv, rating_kw: 10}")));
    assertFalse(
        EmulatedFleetFile.isOne(
            HOME.resolve("feeders").resolve("ieee33").resolve("ieee33-improved.yaml")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {id: pv, role: pv}                                               | devices[0].rating_kw: missing
          {id: pv, role: sun, rating_kw: 1}                                | devices[0].role
          {id: PV 1, role: pv, rating_kw: 1}                               | allowed are 1 to 64 of a-z 0-9 _ -
          {id: pv, role: pv, rating_kw: 1, flavour: 900}                   | seven_hundred | one_hundred
          {id: pv, role: pv, rating_kw: 1, base: 7}                        | 7: allowed are 0, 40000, 50000
          {id: pv, role: pv, rating_kw: 1, port: 70000}                    | devices[0].port
          {id: pv, role: pv, rating_kw: 1, default_kw: 2}                  | devices[0].default_kw
          {id: pv, role: pv, rating_kw: 9, apparent_kva: 8}                | devices[0].apparent_kva
          {id: pv, role: pv, rating_kw: 1, fault: tired}                   | half_open
          {id: pv, role: pv, rating_kw: 1, protocol: mqtt, fault: exception} | allowed are drifting, frozen
          {id: pv, role: pv, rating_kw: 1, protocol: mqtt, port: 502}      | devices[0].port
          {id: pv, role: pv, rating_kw: 1, energy_kwh: 5}                  | devices[0].energy_kwh
          {id: b, role: battery, charge_kw: 5}                             | devices[0].energy_kwh: missing
          {id: b, role: battery, charge_kw: 5, energy_kwh: 5, soc_min: 0.9, soc_max: 0.2} | soc_max
          {id: b, role: battery, charge_kw: 1e300, energy_kwh: 5}          | devices[0].charge_kw
          {id: m, role: meter, rating_kw: 1, volt_var: true}               | devices[0].volt_var
          """)
  void saysWhatIsWrong(String device, String expected) throws IOException {
    String problems = problems(device);
    assertTrue(problems.contains(expected.strip()), problems);
    assertTrue(problems.contains("bench.yaml"), problems);
    assertEquals(1, problems.lines().count(), problems);
  }

  @Test
  void findsWhatAppearsTwice() throws IOException {
    String problems =
        problems(
            "{id: a, role: pv, rating_kw: 1, port: 5020}",
            "{id: a, role: pv, rating_kw: 1, port: 5020}");
    assertTrue(problems.contains("\"a\" appears twice"), problems);
    assertTrue(problems.contains("5020 is taken"), problems);
  }
}
