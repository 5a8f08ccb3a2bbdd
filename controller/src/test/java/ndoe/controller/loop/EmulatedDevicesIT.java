package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import ndoe.controller.ShortDay;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatedDevicesIT {
  private static final ProsumerId OVER_MODBUS = new ProsumerId("P18");
  private static final ProsumerId OVER_MQTT = new ProsumerId("P33");
  private static final double SPEED = 1200;

  @TempDir Path temp;

  @Test
  void areTakenForRealByAControllerThatIsGivenTheirFleetFile() throws Exception {
    try (EmulatedDevices devices = devices()) {
      assertEquals(RunOutcome.DONE, run(devices, false));
      assertEveryRealSetpointIsApplied(devices);
    }
  }

  @Test
  void areOnlyReadInADryRun() throws Exception {
    try (EmulatedDevices devices = devices()) {
      run(devices, true);
      List<SetpointRow> setpoints = ofRealDevices(devices);
      assertFalse(setpoints.isEmpty());
      setpoints.forEach(
          row -> assertEquals(SetpointRow.Result.WITHHELD, row.result(), row::toString));
      // Nobody held the plant back, so it feeds in more than it would have been allowed.
      double lowestAsked =
          setpoints.stream()
              .filter(row -> row.device().value().equals("p18-pv"))
              .mapToDouble(SetpointRow::askedKw)
              .min()
              .orElseThrow();
      double highestMeasured =
          RunReader.of(folder()).measurements().stream()
              .filter(row -> row.device().equals("p18-pv"))
              .mapToDouble(MeasurementRow::activePowerKw)
              .max()
              .orElseThrow();
      assertTrue(highestMeasured > lowestAsked + 10, highestMeasured + " over " + lowestAsked);
    }
  }

  private EmulatedDevices devices() throws IOException {
    return EmulatedDevices.start(hours(), Set.of(OVER_MODBUS, OVER_MQTT), Optional.empty(), SPEED);
  }

  private Scenario hours() throws IOException {
    return ScenarioFile.read(ShortDay.write(temp, 10, 3));
  }

  private Path folder() {
    return temp.resolve("run");
  }

  private RunOutcome run(EmulatedDevices devices, boolean dryRun) throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    Thread weather = new Thread(() -> devices.run(stop, begun -> {}), "weather");
    weather.start();
    try {
      Path fleet = Files.writeString(temp.resolve("fleet.yaml"), devices.fleetFile());
      return DayRun.run(
          hours(),
          RunFolder.at(folder(), Clock.systemUTC()),
          new RunOptions(
              "run",
              "test",
              Case.DSO,
              Settings.defaults(20),
              Optional.of(fleet),
              OptionalDouble.empty(),
              dryRun),
          Clock.systemUTC(),
          new RunListener() {});
    } finally {
      stop.countDown();
      weather.join();
    }
  }

  private List<SetpointRow> ofRealDevices(EmulatedDevices devices) {
    List<String> real = devices.specs().stream().map(spec -> spec.id().value()).toList();
    return RunReader.of(folder()).setpoints().stream()
        .filter(row -> real.contains(row.device().value()))
        .toList();
  }

  private void assertEveryRealSetpointIsApplied(EmulatedDevices devices) throws IOException {
    assertEquals(
        devices.specs().size(),
        Files.readAllLines(folder().resolve("devices.csv")).stream()
            .filter(line -> line.endsWith(",true"))
            .count());
    List<SetpointRow> setpoints = ofRealDevices(devices);
    for (ProsumerId prosumer : List.of(OVER_MODBUS, OVER_MQTT)) {
      assertTrue(setpoints.stream().anyMatch(row -> row.prosumer().equals(prosumer)));
    }
    setpoints.forEach(row -> assertEquals(SetpointRow.Result.APPLIED, row.result(), row::toString));
  }
}
