package ndoe.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Unconfirmed;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every driver of a storage must do, whatever lies between it and the plant. */
@Timeout(30)
public abstract class BatteryContract {
  protected static final DeviceId ID = new DeviceId("bat-18");
  protected static final double DISCHARGE_KW = 150;
  protected static final double CHARGE_KW = 120;
  protected static final Duration REVERSION = Duration.ofSeconds(60);

  /** Power after a lost link, kW. */
  protected static final double REVERSION_KW = 0;

  private static final double QUANTUM_KW = DISCHARGE_KW * 1e-4;
  private static final double READING_KW = DISCHARGE_KW * 1e-3;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-21T12:00:00Z"));

  /** The plant’s monotonic clock; time passes only when a test says so. */
  private final AtomicLong nanos = new AtomicLong(1);

  private final EmulatedPlant plant =
      new EmulatedPlant(
          ID,
          Kind.STORAGE,
          Rating.storage(DISCHARGE_KW, CHARGE_KW, 600, 0.95, 0.1, 0.9, 0.5),
          now::get,
          nanos::get);

  private Battery battery;

  /** Puts the plant on its link and connects a driver with {@link #REVERSION}. */
  protected abstract Battery connect(EmulatedPlant plant) throws Exception;

  /** Makes the plant’s end of the link unreachable or dumb. */
  protected abstract void silence() throws Exception;

  /** Releases whatever {@link #connect} started except the driver. */
  protected abstract void release() throws Exception;

  /** Power after a lost link, kW; that of a device which cannot revert to one is its own. */
  protected double reversionKw() {
    return REVERSION_KW;
  }

  @BeforeEach
  final void start() throws Exception {
    battery = connect(plant);
  }

  @AfterEach
  final void stop() throws Exception {
    if (battery != null) {
      battery.close();
    }
    release();
  }

  @Test
  void writesNothingWhenConnecting() {
    assertEquals(0, plant.setpointKw());
    assertEquals(Duration.ZERO, plant.reversionRemaining());
  }

  @Test
  void knowsItsNameAndRatings() {
    assertEquals(ID, battery.id());
    assertEquals(DISCHARGE_KW, battery.dischargeRatingKw(), QUANTUM_KW);
    assertEquals(CHARGE_KW, battery.chargeRatingKw(), QUANTUM_KW);
  }

  @Test
  void injectsAndDrawsAsAsked() {
    assertEquals(62.5, applied(battery.setActivePower(62.5)).appliedKw(), QUANTUM_KW);
    assertEquals(62.5, battery.measure().activePowerKw(), READING_KW);
    assertEquals(-80, applied(battery.setActivePower(-80)).appliedKw(), QUANTUM_KW);
    assertEquals(-80, plant.activePowerKw(), QUANTUM_KW);
    assertEquals(-80, battery.measure().activePowerKw(), READING_KW);
    assertEquals(0, applied(battery.setActivePower(0)).appliedKw());
    assertEquals(0, battery.measure().activePowerKw(), READING_KW);
  }

  @Test
  void reportsItsStateOfCharge() {
    assertEquals(0.5, battery.measure().socFraction().orElseThrow(), 1e-3);
    applied(battery.setActivePower(-100));
    now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
    assertEquals(0.5 + 95.0 / 600, battery.measure().socFraction().orElseThrow(), 1e-3);
  }

  @Test
  void idlesWhenFullWhateverItWasTold() {
    applied(battery.setActivePower(-CHARGE_KW));
    now.updateAndGet(at -> at.plus(Duration.ofHours(5)));
    Measurement full = battery.measure();
    assertEquals(0, full.activePowerKw(), READING_KW);
    assertEquals(0.9, full.socFraction().orElseThrow(), 1e-3);
  }

  @Test
  void staysWithinItsQuantumOfRandomSetpoints() {
    SplittableRandom random = new SplittableRandom(18);
    for (int i = 0; i < 100; i++) {
      double asked = random.nextDouble(-CHARGE_KW, DISCHARGE_KW);
      Applied applied = applied(battery.setActivePower(asked));
      assertEquals(asked, applied.appliedKw(), QUANTUM_KW);
      assertEquals(asked, plant.setpointKw(), QUANTUM_KW);
      assertTrue(plant.setpointKw() <= DISCHARGE_KW && plant.setpointKw() >= -CHARGE_KW);
    }
  }

  @Test
  void rejectsWhatIsOutsideTheRatingsAndKeepsTheOldSetpoint() {
    applied(battery.setActivePower(30));
    double before = plant.setpointKw();
    for (double asked : new double[] {2 * DISCHARGE_KW, -1.1 * CHARGE_KW, Double.NaN}) {
      Rejected rejected = assertInstanceOf(Rejected.class, battery.setActivePower(asked));
      assertTrue(!rejected.reason().isBlank());
      assertEquals(before, plant.setpointKw());
    }
  }

  @Test
  void idlesWhenTheLinkIsSilent() {
    applied(battery.setActivePower(-80));
    pass(REVERSION.minusSeconds(1));
    assertEquals(-80, plant.activePowerKw(), QUANTUM_KW);
    pass(Duration.ofSeconds(1));
    assertEquals(reversionKw(), plant.activePowerKw(), QUANTUM_KW);
    assertEquals(reversionKw(), battery.measure().activePowerKw(), READING_KW);
  }

  @Test
  void staysAsToldWhileRefreshedAndComesBackAfterAFallback() {
    for (int i = 0; i < 5; i++) {
      applied(battery.setActivePower(40));
      pass(REVERSION.dividedBy(3));
    }
    assertEquals(40, plant.activePowerKw(), QUANTUM_KW);
    pass(REVERSION);
    assertEquals(reversionKw(), plant.activePowerKw(), QUANTUM_KW);
    applied(battery.setActivePower(40));
    assertEquals(40, plant.activePowerKw(), QUANTUM_KW);
  }

  @Test
  void saysSoWhenTheDeviceIsGone() throws Exception {
    applied(battery.setActivePower(40));
    silence();
    assertInstanceOf(Unconfirmed.class, battery.setActivePower(50));
    assertThrows(DeviceLinkException.class, battery::measure);
    assertEquals(40, plant.setpointKw(), QUANTUM_KW);
  }

  @Test
  void closingLeavesTheDeviceAsItWasTold() {
    applied(battery.setActivePower(40));
    battery.close();
    assertEquals(40, plant.activePowerKw(), QUANTUM_KW);
  }

  private static Applied applied(DispatchReceipt receipt) {
    return assertInstanceOf(Applied.class, receipt, receipt::toString);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
