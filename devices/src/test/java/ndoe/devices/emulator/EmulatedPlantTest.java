package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import org.junit.jupiter.api.Test;

class EmulatedPlantTest {
  private static final DeviceId ID = new DeviceId("dev");
  private static final Duration NEVER = Duration.ZERO;
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private Instant now = Instant.parse("2026-06-21T00:00:00Z");
  private long nanos = 1_000;

  @Test
  void injectsTheSmallestOfSunLimitAndRating() {
    EmulatedPlant plant = plant(Kind.GENERATOR, Rating.generator(100, 20));
    assertEquals(100, plant.activePowerKw());
    plant.setAvailablePowerKw(70);
    assertEquals(70, plant.activePowerKw());
    plant.setLimitKw(40, NEVER);
    assertEquals(40, plant.activePowerKw());
    plant.setAvailablePowerKw(400);
    plant.setLimitKw(300, NEVER);
    assertEquals(100, plant.activePowerKw());
    assertEquals(100, plant.limitKw());
  }

  @Test
  void fallsToTheReversionLimitOnMonotonicTimeOnly() {
    EmulatedPlant plant = plant(Kind.GENERATOR, Rating.generator(100, 20));
    plant.setLimitKw(60, Duration.ofSeconds(5));
    pass(Duration.ofHours(2), Duration.ofSeconds(4));
    assertEquals(60, plant.activePowerKw());
    assertEquals(Duration.ofSeconds(1), plant.reversionRemaining());
    pass(Duration.ZERO, Duration.ofSeconds(1));
    assertEquals(20, plant.activePowerKw());
    assertEquals(20, plant.limitKw());
    assertEquals(Duration.ZERO, plant.reversionRemaining());
    assertTrue(plant.reverted());
    plant.setLimitKw(60, NEVER);
    assertFalse(plant.reverted());
    assertEquals(60, plant.activePowerKw());
  }

  @Test
  void renewingTheControlRestartsTheTimer() {
    EmulatedPlant plant = plant(Kind.STORAGE, storage(1));
    plant.setPowerKw(30, Duration.ofSeconds(5));
    pass(Duration.ZERO, Duration.ofSeconds(4));
    plant.setPowerKw(30, Duration.ofSeconds(5));
    pass(Duration.ZERO, Duration.ofSeconds(4));
    assertEquals(30, plant.activePowerKw());
    pass(Duration.ZERO, Duration.ofSeconds(1));
    assertEquals(0, plant.activePowerKw());
  }

  @Test
  void accountsForEnergyBeforeAndAfterAReversionInsideOneStep() {
    EmulatedPlant plant = plant(Kind.GENERATOR, Rating.generator(100, 20));
    plant.setLimitKw(60, Duration.ofSeconds(900));
    pass(Duration.ofHours(1), Duration.ofHours(1));
    assertEquals(60 * 0.25 + 20 * 0.75, plant.injectedEnergyKwh(), 1e-9);
  }

  @Test
  void rampsTheLimitFromThePresentPower() {
    EmulatedPlant plant = plant(Kind.GENERATOR, Rating.generator(100, 20).withRamp(0.1));
    plant.setAvailablePowerKw(80);
    plant.setLimitKw(40, NEVER);
    assertEquals(80, plant.activePowerKw());
    pass(Duration.ofSeconds(2), Duration.ofSeconds(2));
    assertEquals(60, plant.activePowerKw(), 1e-9);
    pass(Duration.ofSeconds(8), Duration.ofSeconds(8));
    assertEquals(40, plant.activePowerKw(), 1e-9);
    assertEquals((70 * 2 + 50 * 2 + 40 * 6) / 3600.0, plant.injectedEnergyKwh(), 1e-9);
  }

  @Test
  void rampingUpBendsAtTheAvailablePower() {
    EmulatedPlant plant = plant(Kind.GENERATOR, Rating.generator(100, 20).withRamp(0.1));
    plant.setLimitKw(0, NEVER);
    pass(Duration.ofSeconds(10), Duration.ofSeconds(10));
    double before = plant.injectedEnergyKwh();
    plant.setAvailablePowerKw(30);
    plant.setLimitKw(80, NEVER);
    pass(Duration.ofSeconds(10), Duration.ofSeconds(10));
    assertEquals((15 * 3 + 30 * 7) / 3600.0, plant.injectedEnergyKwh() - before, 1e-9);
  }

  @Test
  void stopsAtTheLowerBoundInsideAStep() {
    EmulatedPlant plant = plant(Kind.STORAGE, storage(0.9));
    plant.setPowerKw(50, NEVER);
    pass(Duration.ofHours(10), Duration.ZERO);
    assertEquals(0.1, plant.socFraction(), 1e-12);
    assertEquals(0, plant.activePowerKw());
    assertEquals((0.5 - 0.1) * 200 * 0.9, plant.injectedEnergyKwh(), 1e-9);
  }

  @Test
  void stopsAtTheUpperBoundInsideAStepAndDischargesAgain() {
    EmulatedPlant plant = plant(Kind.STORAGE, storage(0.9));
    plant.setPowerKw(-50, NEVER);
    pass(Duration.ofHours(10), Duration.ZERO);
    assertEquals(0.9, plant.socFraction(), 1e-12);
    assertEquals(0, plant.activePowerKw());
    assertEquals((0.9 - 0.5) * 200 / 0.9, plant.drawnEnergyKwh(), 1e-9);
    plant.setPowerKw(50, NEVER);
    assertEquals(50, plant.activePowerKw());
    pass(QUARTER, Duration.ZERO);
    assertEquals(0.9 * 200 - 12.5 / 0.9, plant.storedEnergyKwh(), 1e-9);
  }

  @Test
  void clampsStoragePowerToItsRatings() {
    EmulatedPlant plant = plant(Kind.STORAGE, Rating.storage(0, 40, 100, 1, 0, 1, 0.5));
    plant.setPowerKw(10, NEVER);
    assertEquals(0, plant.activePowerKw());
    plant.setPowerKw(-70, NEVER);
    assertEquals(-40, plant.activePowerKw());
    plant.setAvailablePowerKw(0);
    assertEquals(0, plant.activePowerKw());
  }

  @Test
  void releasesControl() {
    EmulatedPlant plant = plant(Kind.GENERATOR, Rating.generator(100, 20));
    plant.setLimitKw(10, Duration.ofSeconds(1));
    plant.releaseControl();
    pass(Duration.ofSeconds(5), Duration.ofSeconds(5));
    assertEquals(100, plant.activePowerKw());
  }

  @Test
  void loadDrawsItsDemand() {
    EmulatedPlant plant = plant(Kind.LOAD, Rating.load(50));
    plant.setDemandKw(60);
    plant.setDemandKvar(12);
    pass(QUARTER, Duration.ZERO);
    assertEquals(-60, plant.activePowerKw());
    assertEquals(-12, plant.reactivePowerKvar());
    assertEquals(15, plant.drawnEnergyKwh(), 1e-12);
  }

  @Test
  void refusesNonsense() {
    EmulatedPlant load = plant(Kind.LOAD, Rating.load(50));
    assertThrows(IllegalArgumentException.class, () -> load.setDemandKw(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> load.setDemandKw(-1));
    assertThrows(IllegalStateException.class, () -> load.setLimitKw(1, NEVER));
    assertThrows(IllegalArgumentException.class, () -> Rating.storage(5, 5, 10, 1, 0.5, 0.9, 0.2));
    assertThrows(IllegalArgumentException.class, () -> Rating.generator(10, 11));
  }

  @Test
  void balancesEnergyOverRandomDays() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double efficiency = 0.8 + 0.2 * random.nextDouble();
      Rating rating = storage(efficiency);
      EmulatedPlant plant =
          plant(Kind.STORAGE, seed % 2 == 0 ? rating : rating.withRamp(0.01 + random.nextDouble()));
      for (int step = 0; step < 400; step++) {
        plant.setPowerKw(random.nextDouble(-60, 60), Duration.ofMillis(random.nextInt(0, 5_000)));
        pass(
            Duration.ofSeconds(random.nextInt(0, 3_600)),
            Duration.ofMillis(random.nextInt(0, 6_000)));
        double soc = plant.socFraction();
        assertTrue(soc >= 0.1 && soc <= 0.9, "soc " + soc);
        double balance =
            100
                + plant.drawnEnergyKwh() * efficiency
                - plant.injectedEnergyKwh() / efficiency
                - plant.storedEnergyKwh();
        assertEquals(0, balance, 1e-9, "seed " + seed + " step " + step);
      }
    }
  }

  @Test
  void integratesTheSameInOneStepOrMany() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rating rating = storage(0.9).withRamp(random.nextDouble(0.05, 0.5));
      double first = random.nextDouble(-50, 50);
      double second = random.nextDouble(-50, 50);
      EmulatedPlant coarse = plant(Kind.STORAGE, rating);
      EmulatedPlant fine = plant(Kind.STORAGE, rating);
      for (double kw : new double[] {first, second}) {
        coarse.setPowerKw(kw, Duration.ofSeconds(25));
        fine.setPowerKw(kw, Duration.ofSeconds(25));
        for (int i = 0; i < 300; i++) {
          pass(Duration.ofMinutes(1), Duration.ofMillis(100));
          fine.activePowerKw();
        }
      }
      assertEquals(fine.storedEnergyKwh(), coarse.storedEnergyKwh(), 1e-9, "seed " + seed);
      assertEquals(fine.drawnEnergyKwh(), coarse.drawnEnergyKwh(), 1e-9, "seed " + seed);
      assertEquals(fine.activePowerKw(), coarse.activePowerKw(), 1e-9, "seed " + seed);
    }
  }

  private static Rating storage(double efficiency) {
    return Rating.storage(50, 50, 200, efficiency, 0.1, 0.9, 0.5);
  }

  private EmulatedPlant plant(Kind kind, Rating rating) {
    return new EmulatedPlant(ID, kind, rating, () -> now, () -> nanos);
  }

  private void pass(Duration simulated, Duration monotonic) {
    now = now.plus(simulated);
    nanos += monotonic.toNanos();
  }
}
