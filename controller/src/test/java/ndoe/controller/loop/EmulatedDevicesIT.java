package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.loop.DayRun.Outcome;
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
    Scenario hours = ScenarioFile.read(ShortDay.write(temp, 10, 3));
    CountDownLatch stop = new CountDownLatch(1);
    try (EmulatedDevices devices =
        EmulatedDevices.start(hours, Set.of(OVER_MODBUS, OVER_MQTT), Optional.empty(), SPEED)) {
      Thread weather = new Thread(() -> devices.followTheDay(stop, begun -> {}), "weather");
      weather.start();
      Path fleet = Files.writeString(temp.resolve("fleet.yaml"), devices.fleetFile());
      Path runs = temp.resolve("run");
      Outcome outcome =
          DayRun.run(
              hours,
              RunFolder.at(runs, Clock.systemUTC()),
              new DayRun.Options(
                  "run",
                  "test",
                  Case.DSO,
                  Settings.defaults(20),
                  Optional.of(fleet),
                  OptionalDouble.empty()),
              Clock.systemUTC(),
              new RunListener() {});
      stop.countDown();
      weather.join();
      assertEquals(Outcome.DONE, outcome);
      assertEveryRealSetpointIsApplied(runs, devices);
    }
  }

  private static void assertEveryRealSetpointIsApplied(Path run, EmulatedDevices devices)
      throws IOException {
    List<String> real = devices.specs().stream().map(spec -> spec.id().value()).toList();
    assertEquals(
        real.size(),
        Files.readAllLines(run.resolve("devices.csv")).stream()
            .filter(line -> line.endsWith(",true"))
            .count());
    List<SetpointRow> setpoints =
        RunReader.of(run).setpoints().stream()
            .filter(row -> real.contains(row.device().value()))
            .toList();
    for (ProsumerId prosumer : List.of(OVER_MODBUS, OVER_MQTT)) {
      assertTrue(setpoints.stream().anyMatch(row -> row.prosumer().equals(prosumer)));
    }
    setpoints.forEach(row -> assertEquals(SetpointRow.Result.APPLIED, row.result(), row::toString));
  }
}
