package ndoe.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
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

/** What every driver of a generator must do, whatever lies between it and the plant. */
@Timeout(30)
public abstract class InverterContract {
  protected static final DeviceId ID = new DeviceId("pv-18");
  protected static final double RATING_KW = 900;
  protected static final double REVERSION_KW = 135;
  protected static final Duration REVERSION = Duration.ofSeconds(60);

  private static final double QUANTUM_KW = RATING_KW * 1e-4;
  private static final double READING_KW = RATING_KW * 1e-3;

  /** The plant’s monotonic clock; time passes only when a test says so. */
  private final AtomicLong nanos = new AtomicLong(1);

  private final EmulatedPlant plant =
      new EmulatedPlant(
          ID,
          Kind.GENERATOR,
          Rating.generator(RATING_KW, REVERSION_KW),
          () -> Instant.parse("2026-06-21T12:00:00Z"),
          nanos::get);

  private Inverter inverter;

  /** Puts the plant on its link and connects a driver with {@link #REVERSION}. */
  protected abstract Inverter connect(EmulatedPlant plant) throws Exception;

  /** Makes the plant’s end of the link unreachable or dumb. */
  protected abstract void silence() throws Exception;

  /** Releases whatever {@link #connect} started except the driver. */
  protected abstract void release() throws Exception;

  /** Limit after a lost link, kW; that of a device which cannot revert to one is its own. */
  protected double reversionKw() {
    return REVERSION_KW;
  }

  @BeforeEach
  final void start() throws Exception {
    inverter = connect(plant);
  }

  @AfterEach
  final void stop() throws Exception {
    if (inverter != null) {
      inverter.close();
    }
    release();
  }

  @Test
  void writesNothingWhenConnecting() {
    assertEquals(RATING_KW, plant.limitKw());
    assertEquals(Duration.ZERO, plant.reversionRemaining());
  }

  @Test
  void knowsItsNameAndRating() {
    assertEquals(ID, inverter.id());
    assertEquals(RATING_KW, inverter.ratingKw(), QUANTUM_KW);
  }

  @Test
  void measuresPowerAndVoltage() {
    plant.setAvailablePowerKw(321.5);
    plant.setVoltagePu(1.0375);
    Measurement measurement = inverter.measure();
    assertEquals(ID, measurement.device());
    assertEquals(321.5, measurement.activePowerKw(), READING_KW);
    assertEquals(0, measurement.reactivePowerKvar(), READING_KW);
    assertEquals(1.0375, measurement.voltagePu().orElseThrow(), 1e-3);
    assertTrue(measurement.socFraction().isEmpty());
  }

  @Test
  void appliesALimitAndMeasuresItsEffect() {
    Applied applied = applied(inverter.limitActivePower(400));
    assertEquals(400, applied.askedKw());
    assertEquals(400, applied.appliedKw(), QUANTUM_KW);
    assertEquals(400, plant.activePowerKw(), QUANTUM_KW);
    assertEquals(400, inverter.measure().activePowerKw(), READING_KW);
    applied(inverter.limitActivePower(700));
    assertEquals(700, inverter.measure().activePowerKw(), READING_KW);
  }

  @Test
  void neverRoundsALimitUp() {
    SplittableRandom random = new SplittableRandom(18);
    for (int i = 0; i < 100; i++) {
      double asked = random.nextDouble(RATING_KW);
      Applied applied = applied(inverter.limitActivePower(asked));
      assertTrue(applied.appliedKw() <= asked, applied + "");
      assertTrue(applied.appliedKw() > asked - QUANTUM_KW * 1.001, applied + "");
      assertTrue(plant.limitKw() <= asked, plant.limitKw() + " > " + asked);
    }
  }

  @Test
  void takesBothEndsOfItsRange() {
    assertEquals(0, applied(inverter.limitActivePower(0)).appliedKw());
    assertEquals(0, plant.activePowerKw());
    assertEquals(
        RATING_KW, applied(inverter.limitActivePower(inverter.ratingKw())).appliedKw(), QUANTUM_KW);
    assertEquals(RATING_KW, plant.activePowerKw(), QUANTUM_KW);
  }

  @Test
  void rejectsWhatIsOutsideTheRatingAndKeepsTheOldLimit() {
    applied(inverter.limitActivePower(400));
    double before = plant.limitKw();
    for (double asked : new double[] {-1, 1.5 * RATING_KW, Double.NaN, Double.POSITIVE_INFINITY}) {
      Rejected rejected = assertInstanceOf(Rejected.class, inverter.limitActivePower(asked));
      assertEquals(ID, rejected.device());
      assertTrue(!rejected.reason().isBlank());
      assertEquals(before, plant.limitKw());
    }
  }

  @Test
  void fallsBackWhenTheLinkIsSilent() {
    applied(inverter.limitActivePower(400));
    pass(REVERSION.minusSeconds(1));
    assertEquals(400, plant.activePowerKw(), QUANTUM_KW);
    pass(Duration.ofSeconds(1));
    assertEquals(reversionKw(), plant.activePowerKw(), QUANTUM_KW);
    assertTrue(plant.activePowerKw() <= reversionKw());
    assertEquals(reversionKw(), inverter.measure().activePowerKw(), READING_KW);
  }

  @Test
  void staysAsToldWhileRefreshedAndComesBackAfterAFallback() {
    for (int i = 0; i < 5; i++) {
      applied(inverter.limitActivePower(400));
      pass(REVERSION.dividedBy(3));
    }
    assertEquals(400, plant.activePowerKw(), QUANTUM_KW);
    pass(REVERSION);
    assertEquals(reversionKw(), plant.activePowerKw(), QUANTUM_KW);
    applied(inverter.limitActivePower(400));
    assertEquals(400, plant.activePowerKw(), QUANTUM_KW);
  }

  @Test
  void saysSoWhenTheDeviceIsGone() throws Exception {
    applied(inverter.limitActivePower(400));
    silence();
    assertInstanceOf(Unconfirmed.class, inverter.limitActivePower(300));
    assertThrows(DeviceLinkException.class, inverter::measure);
    assertEquals(400, plant.limitKw(), QUANTUM_KW);
  }

  @Test
  void closingLeavesTheDeviceAsItWasTold() {
    applied(inverter.limitActivePower(400));
    inverter.close();
    assertEquals(400, plant.activePowerKw(), QUANTUM_KW);
  }

  private static Applied applied(DispatchReceipt receipt) {
    return assertInstanceOf(Applied.class, receipt, receipt::toString);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
