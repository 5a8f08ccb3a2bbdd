package ndoe.controller.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import ndoe.controller.ReferenceDay;
import ndoe.devices.mqtt.Mosquitto;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./ndoe rehearse broker-restarts}. */
class BrokerRehearsalIT {
  private static final int RESTARTS = 3;

  @TempDir Path temp;

  @Test
  void noSetpointIsLostDuplicatedOrReorderedWhenMosquittoIsKilled() {
    Assumptions.assumeTrue(Mosquitto.executable().isPresent(), "mosquitto is not installed");
    BrokerReport report = rehearsal(temp).run();
    assertEquals("Mosquitto", report.broker());
    assertClean(report);
  }

  @Test
  void noSetpointIsLostDuplicatedOrReorderedWhenTheEmbeddedBrokerRestarts() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("embedded"));
    try (RestartableBroker broker = RestartableBroker.embedded()) {
      assertClean(rehearsal(folder).run(broker));
    }
  }

  private static BrokerRehearsal rehearsal(Path folder) {
    return new BrokerRehearsal(
        ScenarioFile.read(ReferenceDay.FILE.resolveSibling("ieee33-short.yaml")),
        folder,
        RESTARTS,
        7,
        Clock.systemUTC(),
        System.out::println);
  }

  private static void assertClean(BrokerReport report) {
    System.out.println(report);
    assertEquals(RESTARTS, report.restarts());
    assertEquals(0, report.lost());
    assertEquals(0, report.duplicated());
    assertEquals(0, report.reordered());
    assertEquals(0, report.violations());
    assertTrue(report.confirmed() > 0 && report.applied() >= report.confirmed(), report::toString);
    assertTrue(report.isClean(), report::toString);
  }
}
