package ndoe.devices.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Limited;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Withheld;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.devices.sunspec.Reversion;
import ndoe.devices.sunspec.SunSpecBattery;
import ndoe.devices.sunspec.SunSpecInverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guard before a real driver, a real socket and an emulated plant; time is the test’s own. */
@Timeout(30)
class DeviceGuardIT {
  private static final DeviceId ID = new DeviceId("pv");
  private static final Duration VALIDITY = Duration.ofSeconds(20);
  private static final Reversion REVERSION = new Reversion(Duration.ofSeconds(30), 1.5);
  private static final double QUANTUM_KW = 0.002;

  private final AtomicLong nanos = new AtomicLong(1);
  private final List<SiteEvent> events = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private EmulatedPlant plant;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private DeviceGuard inverter(GuardRules rules) {
    SunSpecEmulator emulator = emulator(Kind.GENERATOR, Rating.generator(10, 1.5));
    SunSpecInverter driver = SunSpecInverter.connect(ID, emulator.address(), REVERSION);
    opened.add(0, driver);
    return guard(Terminals.of(driver), rules);
  }

  private DeviceGuard battery(GuardRules rules) {
    SunSpecEmulator emulator = emulator(Kind.STORAGE, Rating.storage(5, 5, 10, 1, 0, 1, 0.5));
    SunSpecBattery driver =
        SunSpecBattery.connect(ID, emulator.address(), new Reversion(Duration.ofSeconds(30), 0));
    opened.add(0, driver);
    return guard(Terminals.of(driver), rules);
  }

  private SunSpecEmulator emulator(Kind kind, Rating rating) {
    plant =
        new EmulatedPlant(
            ID, kind, rating, () -> Instant.parse("2026-06-21T12:00:00Z"), nanos::get);
    SunSpecEmulator emulator = SunSpecEmulator.start(plant);
    opened.add(0, emulator);
    return emulator;
  }

  private DeviceGuard guard(Terminals terminals, GuardRules rules) {
    return new DeviceGuard(terminals, rules, events::add, nanos::get, Clock.systemUTC());
  }

  private void pass(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }

  private static GuardRules rules() {
    return GuardRules.of(1.5, VALIDITY);
  }

  private static <R extends DispatchReceipt> R receipt(Class<R> kind, DispatchReceipt receipt) {
    return assertInstanceOf(kind, receipt, receipt::toString);
  }

  @Test
  void letsThroughWhatIsWithinTheRating() {
    DeviceGuard guard = inverter(rules());
    assertEquals(4, receipt(Applied.class, guard.ask(4)).appliedKw(), QUANTUM_KW);
    assertEquals(4, plant.limitKw(), QUANTUM_KW);
    assertEquals(List.of(), events);
  }

  @Test
  void cutsToTheRatingAndSaysSo() {
    DeviceGuard guard = battery(GuardRules.of(0, VALIDITY));
    Limited limited = receipt(Limited.class, guard.ask(-7));
    assertEquals(-7, limited.askedKw());
    assertEquals(-5, limited.appliedKw(), QUANTUM_KW);
    assertEquals(-5, plant.setpointKw(), QUANTUM_KW);
  }

  @Test
  void writesNoNonsense() {
    DeviceGuard guard = inverter(rules());
    for (double asked : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      receipt(Rejected.class, guard.ask(asked));
    }
    assertEquals(10, plant.limitKw());
  }

  @Test
  void rampsAwayFromZeroAndNeverTowardsIt() {
    GuardRules slow = new GuardRules(0, VALIDITY, 0.5, Duration.ZERO, false, false);
    DeviceGuard guard = battery(slow);
    assertEquals(0.5, receipt(Limited.class, guard.ask(4)).appliedKw(), QUANTUM_KW);
    pass(2);
    assertEquals(1.5, receipt(Limited.class, guard.ask(4)).appliedKw(), QUANTUM_KW);
    pass(10);
    assertEquals(4, receipt(Applied.class, guard.ask(4)).appliedKw(), QUANTUM_KW);
    pass(1);
    Limited reversed = receipt(Limited.class, guard.ask(-4));
    assertEquals(-0.5, reversed.appliedKw(), QUANTUM_KW);
    assertTrue(reversed.reason().contains("ramp of 0.5 kW/s"), reversed.reason());
    receipt(Applied.class, guard.ask(0));
  }

  @Test
  void bringsADeviceToItsDefaultWhenTheControllerFallsSilent() {
    DeviceGuard guard = inverter(rules());
    guard.ask(8);
    pass(19);
    guard.tick();
    assertEquals(8, plant.limitKw(), QUANTUM_KW);
    pass(2);
    guard.tick();
    assertEquals(1.5, plant.limitKw(), QUANTUM_KW);
    assertEquals(1, events.size(), events::toString);
    pass(25);
    guard.tick();
    assertEquals(1, events.size(), "a device at its default needs no renewal");
    assertEquals(8, receipt(Applied.class, guard.ask(8)).appliedKw(), QUANTUM_KW);
  }

  @Test
  void neverWritesToADeviceNobodyAskedAnythingOf() {
    DeviceGuard guard = inverter(rules());
    pass(100);
    guard.tick();
    guard.leave();
    assertEquals(10, plant.limitKw());
  }

  @Test
  void standsStillWhileStoppedAndWaitsAtTheDefaultAfterwards() {
    DeviceGuard guard = inverter(rules());
    guard.ask(8);
    guard.engageStop("emergency stop engaged by bench: smoke");
    Rejected refused = receipt(Rejected.class, guard.ask(8));
    assertTrue(refused.reason().contains("smoke"), refused.reason());
    guard.tick();
    assertEquals(0, plant.limitKw());
    for (int i = 0; i < 5; i++) {
      pass(15);
      guard.tick();
      assertEquals(0, plant.limitKw(), "renewed before the device would revert");
    }
    guard.releaseStop();
    guard.tick();
    assertEquals(1.5, plant.limitKw(), QUANTUM_KW);
    receipt(Applied.class, guard.ask(8));
  }

  @Test
  void keepsTheStopWhenItLeaves() {
    DeviceGuard guard = inverter(rules());
    guard.ask(8);
    guard.engageStop("smoke");
    guard.tick();
    guard.leave();
    assertEquals(0, plant.limitKw());
  }

  @Test
  void leavesADeviceAtItsDefaultAndWritesNothingAfterwards() {
    DeviceGuard guard = inverter(rules());
    guard.ask(8);
    guard.leave();
    assertEquals(1.5, plant.limitKw(), QUANTUM_KW);
    receipt(Rejected.class, guard.ask(8));
    assertEquals(1.5, plant.limitKw(), QUANTUM_KW);
  }

  @Test
  void writesNothingAtAllWhenWithheld() {
    GuardRules dry =
        new GuardRules(1.5, VALIDITY, Double.POSITIVE_INFINITY, Duration.ZERO, false, true);
    DeviceGuard guard = inverter(dry);
    receipt(Withheld.class, guard.ask(8));
    pass(60);
    guard.tick();
    guard.engageStop("smoke");
    guard.tick();
    guard.releaseStop();
    guard.leave();
    assertEquals(10, plant.limitKw());
  }

  @Test
  void writesNothingToADeviceThatCannotBeRead() throws Exception {
    DeviceGuard guard = inverter(rules());
    opened.get(1).close();
    Rejected refused = receipt(Rejected.class, guard.ask(4));
    assertTrue(refused.reason().startsWith("nothing is written"), refused.reason());
    assertEquals(10, plant.limitKw());
  }

  @Test
  void takesReadingsThatStandStillForFrozen() {
    GuardRules watchful =
        new GuardRules(
            1.5, VALIDITY, Double.POSITIVE_INFINITY, Duration.ofSeconds(60), false, false);
    DeviceGuard guard = inverter(watchful);
    plant.setAvailablePowerKw(3);
    guard.measure();
    pass(59);
    guard.measure();
    pass(2);
    DeviceLinkException frozen = assertThrows(DeviceLinkException.class, guard::measure);
    assertTrue(frozen.getMessage().contains("frozen"), frozen.getMessage());
    plant.setVoltagePu(1.01);
    guard.measure();
  }

  @Test
  void saysOnceThatADeviceDoesNotFollow() {
    Rating stubborn = Rating.generator(10, 1.5).withRamp(1e-6);
    SunSpecEmulator emulator = emulator(Kind.GENERATOR, stubborn);
    SunSpecInverter driver = SunSpecInverter.connect(ID, emulator.address(), REVERSION);
    opened.add(0, driver);
    DeviceGuard guard = guard(Terminals.of(driver), rules());
    guard.ask(2);
    guard.measure();
    assertEquals(List.of(), events, "it still has time");
    pass(11);
    guard.measure();
    guard.measure();
    assertEquals(1, events.size(), events::toString);
    assertTrue(events.get(0).text().startsWith("does not follow: 10 kW"), events::toString);
  }
}
