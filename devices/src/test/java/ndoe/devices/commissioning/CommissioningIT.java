package ndoe.devices.commissioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.fleet.Role;
import ndoe.devices.fleet.Supervision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommissioningIT {
  private static final DeviceId ID = new DeviceId("p1-device");
  private static final Duration REVERSION = Duration.ofSeconds(2);
  private static final double TOLERANCE_KW = 0.3;

  private EmulatedBench bench;
  private DeviceFleet fleet;

  @AfterEach
  void close() {
    fleet.close();
    bench.close();
  }

  private List<CommissioningStep> commission(Role role, Protocol protocol, Rating rating) {
    bench =
        EmulatedBench.start(
            List.of(new EmulatedDeviceSpec(ID, "p1", role, protocol, rating)),
            SimulatedClock.running(Instant.parse("2016-06-21T10:00:00Z"), 1, System::nanoTime));
    return commission(rating);
  }

  private List<CommissioningStep> commission(Rating rating) {
    fleet =
        DeviceFleet.connect(
            bench.specs(),
            bench.brokerAddress(),
            FleetTimings.defaults().withReversion(REVERSION),
            new Supervision(Optional.empty(), false, spec -> false, event -> {}));
    List<CommissioningStep> heard = new ArrayList<>();
    List<CommissioningStep> done =
        new Commissioning(
                fleet.devices().iterator().next(),
                new Commissioning.Settings(
                    List.of(1.0, 0.5, 0.0),
                    Duration.ofSeconds(5),
                    REVERSION,
                    rating.reversionKw(),
                    true),
                heard::add,
                new CountDownLatch(1))
            .run();
    assertEquals(done, heard);
    return done;
  }

  @Test
  void stepsAnInverterThroughItsLimitsAndSeesItRevert() {
    List<CommissioningStep> steps = commission(Role.PV, Protocol.MODBUS, Rating.generator(10, 1.5));
    assertEquals(
        List.of("limit", "limit", "limit", "limit", "reversion"),
        steps.stream().map(CommissioningStep::purpose).toList());
    assertTrue(steps.stream().allMatch(CommissioningStep::passed), steps::toString);
    assertFalse(steps.get(0).exercised(), "a limit at full power shows nothing");
    assertTrue(steps.get(1).exercised());
    assertEquals(5, steps.get(1).measuredKw().orElseThrow(), TOLERANCE_KW);
    assertEquals(0, steps.get(2).measuredKw().orElseThrow(), TOLERANCE_KW);
    assertEquals(1.5, steps.get(4).measuredKw().orElseThrow(), TOLERANCE_KW);
    assertTrue(
        steps.get(4).response().orElseThrow().compareTo(REVERSION.minusMillis(500)) > 0,
        steps::toString);
  }

  @Test
  void stepsAStorageBothWaysBehindAGateway() {
    List<CommissioningStep> steps =
        commission(Role.BATTERY, Protocol.MQTT, Rating.storage(5, 5, 100, 1, 0, 1, 0.4));
    assertTrue(steps.stream().allMatch(CommissioningStep::passed), steps::toString);
    assertEquals(
        List.of(0.0, -2.5, 2.5, -5.0, 5.0, -2.5, 0.0),
        steps.stream().map(step -> step.askedKw() + 0.0).toList());
  }

  @Test
  void endsAtTheFirstStepThatShowsNoEffect() {
    List<CommissioningStep> steps =
        commission(Role.PV, Protocol.MODBUS, Rating.generator(10, 1.5).withRamp(1e-6));
    assertEquals(2, steps.size(), steps::toString);
    assertFalse(steps.get(1).passed());
    assertTrue(steps.get(1).remark().startsWith("no effect within 5 s"), steps::toString);
  }

  @Test
  void hasNothingToDoWithAMeter() {
    assertThrows(
        IllegalArgumentException.class,
        () -> commission(Role.METER, Protocol.MODBUS, Rating.load(10)));
  }
}
