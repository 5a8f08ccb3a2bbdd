package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.VoltageCurve.Point;
import ndoe.devices.emulator.VoltageCurve.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridSupportTest {
  private static final Duration NEVER = Duration.ZERO;

  private Instant now = Instant.parse("2026-06-21T12:00:00Z");

  private EmulatedPlant inverter(boolean voltVar, boolean voltWatt) {
    return plant(Kind.GENERATOR, Rating.generator(100, 0), 110, voltVar, voltWatt);
  }

  private EmulatedPlant plant(
      Kind kind, Rating rating, double apparentKva, boolean voltVar, boolean voltWatt) {
    return new EmulatedPlant(
        new DeviceId("dev"),
        kind,
        rating,
        new GridSupportSpec(apparentKva, voltVar, voltWatt),
        () -> now,
        () -> 0);
  }

  private void pass(double seconds) {
    now = now.plusNanos(Math.round(seconds * 1e9));
  }

  @ParameterizedTest
  @CsvSource({
    "0.80, 48.4",
    "0.92, 48.4",
    "0.95, 24.2",
    "0.98, 0",
    "1.00, 0",
    "1.02, 0",
    "1.05, -24.2",
    "1.08, -48.4",
    "1.20, -48.4"
  })
  void settlesOnTheVoltVarCurve(double voltagePu, double kvar) {
    EmulatedPlant plant = inverter(true, false);
    plant.setAvailablePowerKw(50);
    plant.setVoltagePu(voltagePu);
    pass(60);
    assertEquals(kvar, plant.reactivePowerKvar(), 1e-4);
    assertEquals(50, plant.activePowerKw(), 1e-9);
  }

  @Test
  void doesNothingForTheGridUnlessEnabled() {
    EmulatedPlant plant = inverter(false, false);
    plant.setVoltagePu(1.2);
    pass(60);
    assertEquals(0, plant.reactivePowerKvar());
    assertEquals(100, plant.activePowerKw());
  }

  @Test
  void hasDoneNineTenthsOfAChangeAfterItsResponseTime() {
    EmulatedPlant plant = inverter(true, false);
    plant.setAvailablePowerKw(10);
    plant.setVoltagePu(1.08);
    assertEquals(0, plant.reactivePowerKvar());
    pass(5);
    assertEquals(-0.9 * 48.4, plant.reactivePowerKvar(), 1e-6);
    pass(5);
    assertEquals(-0.99 * 48.4, plant.reactivePowerKvar(), 1e-6);
  }

  @Test
  void givesActivePowerPriorityWithinTheApparentRating() {
    EmulatedPlant plant = inverter(true, false);
    plant.setVoltagePu(1.08);
    pass(60);
    assertEquals(100, plant.activePowerKw());
    assertEquals(-Math.sqrt(110 * 110 - 100 * 100), plant.reactivePowerKvar(), 1e-9);
  }

  @Test
  void neverExceedsItsApparentRating() {
    SplittableRandom random = new SplittableRandom(7);
    for (Kind kind : List.of(Kind.GENERATOR, Kind.STORAGE)) {
      Rating rating =
          kind == Kind.GENERATOR
              ? Rating.generator(100, 0).withRamp(0.2)
              : Rating.storage(100, 80, 300, 0.95, 0.1, 0.9, 0.5).withRamp(0.2);
      EmulatedPlant plant = plant(kind, rating, 102, true, true);
      for (int i = 0; i < 2_000; i++) {
        plant.setVoltagePu(0.85 + 0.3 * random.nextDouble());
        double kw = 220 * random.nextDouble() - 110;
        if (kind == Kind.GENERATOR) {
          plant.setAvailablePowerKw(Math.abs(kw));
          plant.setLimitKw(100 * random.nextDouble(), NEVER);
        } else {
          plant.setPowerKw(kw, NEVER);
        }
        pass(20 * random.nextDouble());
        double apparent = Math.hypot(plant.activePowerKw(), plant.reactivePowerKvar());
        assertTrue(apparent <= 102 * (1 + 1e-12), apparent + " at step " + i);
      }
    }
  }

  @Test
  void curtailsAtHighVoltageAndRecovers() {
    EmulatedPlant plant = inverter(false, true);
    plant.setVoltagePu(1.08);
    pass(120);
    assertEquals(60, plant.activePowerKw(), 1e-4);
    plant.setVoltagePu(1.15);
    pass(120);
    assertEquals(20, plant.activePowerKw(), 1e-4);
    plant.setVoltagePu(1.0);
    pass(120);
    assertEquals(100, plant.activePowerKw(), 1e-4);
  }

  @Test
  void doesNotCutTheChargingOfAStorageAtHighVoltage() {
    EmulatedPlant plant =
        plant(Kind.STORAGE, Rating.storage(100, 100, 300, 0.95, 0.1, 0.9, 0.5), 100, false, true);
    plant.setVoltagePu(1.12);
    plant.setPowerKw(-70, NEVER);
    pass(120);
    assertEquals(-70, plant.activePowerKw());
    plant.setPowerKw(70, NEVER);
    assertEquals(20, plant.activePowerKw(), 1e-4);
  }

  @Test
  void countsTheEnergyWhileVoltWattActs() {
    EmulatedPlant plant = inverter(false, true);
    plant.setVoltagePu(1.08);
    pass(3600);
    double timeConstant = 10 / Math.log(10);
    double expected = (60 * 3600 + 40 * timeConstant) / 3600;
    assertEquals(expected, plant.injectedEnergyKwh(), 1e-3);
  }

  @Test
  void storesWhatItTakesWhateverTheVoltage() {
    SplittableRandom random = new SplittableRandom(11);
    EmulatedPlant plant =
        plant(Kind.STORAGE, Rating.storage(50, 50, 100, 0.9, 0.1, 0.9, 0.5), 60, true, true);
    for (int i = 0; i < 500; i++) {
      plant.setVoltagePu(0.9 + 0.25 * random.nextDouble());
      plant.setPowerKw(100 * random.nextDouble() - 50, NEVER);
      pass(300 * random.nextDouble());
    }
    double stored = 50 + 0.9 * plant.drawnEnergyKwh() - plant.injectedEnergyKwh() / 0.9;
    assertEquals(stored, plant.storedEnergyKwh(), 1e-9);
    assertTrue(plant.injectedEnergyKwh() > 10 && plant.drawnEnergyKwh() > 10);
  }

  @Test
  void takesNoReactivePowerWhileDisconnected() {
    EmulatedPlant plant = inverter(true, false);
    plant.setVoltagePu(1.08);
    pass(60);
    plant.setConnected(false);
    assertEquals(0, plant.reactivePowerKvar());
    assertEquals(0, plant.activePowerKw());
  }

  @Test
  void refusesWhatIsNoCurve() {
    List<List<Point>> bad =
        List.of(
            List.of(new Point(1, 0)),
            List.of(new Point(1.1, 0), new Point(1.0, 10)),
            List.of(new Point(1, 0), new Point(1.1, 101)),
            List.of(new Point(1, 0), new Point(Double.NaN, 10)));
    for (List<Point> points : bad) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new VoltageCurve(points, Reference.APPARENT_RATING, 5));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> plant(Kind.GENERATOR, Rating.generator(100, 0), 99, true, true));
  }
}
