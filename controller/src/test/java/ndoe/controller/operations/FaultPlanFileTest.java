package ndoe.controller.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ndoe.controller.ReferenceDay;
import ndoe.controller.loop.EmulatedPart;
import ndoe.controller.operations.PlannedFault.BrokerRestart;
import ndoe.controller.operations.PlannedFault.MessageLoss;
import ndoe.controller.operations.PlannedFault.OfDevice;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.Disturbance;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.Fault;
import ndoe.feeders.Horizon;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultPlanFileTest {
  private static final Horizon DAY = new Horizon(LocalDateTime.parse("2016-06-21T06:00"), 60, 24);
  private static final EmulatedPart ALL =
      new EmulatedPart(
          Map.of(
              new DeviceId("p18-pv"), Protocol.MODBUS, new DeviceId("p33-battery"), Protocol.MQTT),
          Set.of("p14-pv"),
          true);

  @TempDir Path temp;

  private FaultPlan read(EmulatedPart part, String... faults) {
    String text = "format: 1\nseed: 3\nfaults:\n  - " + String.join("\n  - ", faults) + "\n";
    try {
      Path file = Files.writeString(temp.resolve("faults.yaml"), text);
      return FaultPlanFile.read(file, DAY, part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(EmulatedPart part, String fault, String... said) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> read(part, fault));
    assertEquals(1, refused.problems().size(), refused.getMessage());
    for (String words : said) {
      assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }
    assertTrue(refused.getMessage().contains("faults.yaml:4"), refused.getMessage());
  }

  @Test
  void readsTheFaultsInTheOrderTheyBegin() {
    FaultPlan plan =
        read(
            ALL,
            "{at: 02:00, for: 90 s, fault: broker_restart}",
            "{at: 10:00, for: 15 min, fault: device_exception, device: p18-pv}",
            "{at: 2016-06-21T11:00, for: 2 h, fault: message_loss, share: 0.05, delay_ms: 200,"
                + " jitter_ms: 100}");
    assertEquals(3, plan.seed());
    assertEquals(
        List.of(
            new OfDevice(
                LocalDateTime.parse("2016-06-21T10:00"),
                Optional.of(Duration.ofMinutes(15)),
                new DeviceId("p18-pv"),
                Fault.EXCEPTION),
            new MessageLoss(
                LocalDateTime.parse("2016-06-21T11:00"),
                Optional.of(Duration.ofHours(2)),
                new Disturbance(0.05, Duration.ofMillis(200), Duration.ofMillis(100))),
            new BrokerRestart(
                LocalDateTime.parse("2016-06-22T02:00"), Optional.of(Duration.ofSeconds(90)))),
        plan.faults());
  }

  @Test
  void refusesAFaultOfARealDevice() {
    assertRefused(ALL, "{at: 10:00, fault: device_silent, device: p14-pv}", "p14-pv", "is real");
  }

  @Test
  void refusesARestartOfSomebodyElsesBroker() {
    EmulatedPart elsewhere = new EmulatedPart(ALL.devices(), ALL.real(), false);
    assertRefused(elsewhere, "{at: 10:00, fault: broker_restart}", "left alone");
  }

  @Test
  void namesEveryDeviceAndFaultThatIsAllowed() {
    assertRefused(
        ALL, "{at: 10:00, fault: device_silent, device: p18-vp}", "p18-vp", "p18-pv, p33-battery");
    assertRefused(ALL, "{at: 10:00, fault: device_silnt, device: p18-pv}", "device_silent");
    assertRefused(
        ALL,
        "{at: 10:00, fault: device_exception, device: p33-battery}",
        "p33-battery, which speaks MQTT",
        "device_frozen");
  }

  @Test
  void refusesTimesThatAreNone() {
    assertRefused(ALL, "{at: noon, fault: controller_crash}", "\"noon\"", "10:00");
    assertRefused(ALL, "{at: 2016-06-23T10:00, fault: controller_crash}", "not in the day");
    assertRefused(
        ALL, "{at: 10:00, for: 15, fault: device_late, device: p18-pv}", "\"15\"", "15 min");
    assertRefused(ALL, "{at: 10:00, fault: message_loss}", "share");
    assertRefused(ALL, "{at: 10:00, fault: message_loss, share: 1.5}", "share", "1.5");
    assertRefused(ALL, "{at: 10:00, fault: message_loss, delay_ms: 5, jitter_ms: 6}", "jitter_ms");
  }

  @Test
  void readsTheExampleForTheShortDay() {
    Path home = ReferenceDay.FILE.toAbsolutePath().normalize().getParent();
    Scenario day = ScenarioFile.read(home.resolve("ieee33-short.yaml"));
    Path fleets = home.resolve("../../lab-setup/fleets");
    Path fleet = fleets.resolve("emulated-patience.yaml");
    FaultPlan plan =
        FaultPlanFile.read(
            fleets.resolve("faults.yaml"), day.horizon(), EmulatedPart.of(day, Optional.of(fleet)));
    assertEquals(5, plan.faults().size());
  }
}
