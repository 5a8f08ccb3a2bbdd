package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import org.junit.jupiter.api.Test;

class PlantSnapshotTest {
  private static final Instant START = Instant.parse("2016-06-21T12:00:00Z");
  private static final Rating BATTERY =
      Rating.storage(50, 40, 120, 0.93, 0.1, 0.9, 0.37).withRamp(0.001);
  private static final Rating PLANT = Rating.generator(100, 10).withRamp(0.002);

  private final SimulatedClock clock = SimulatedClock.stepped(START);

  private EmulatedPlant plant(Kind kind, Rating rating) {
    GridSupportSpec curves = new GridSupportSpec(120, true, true);
    return new EmulatedPlant(new DeviceId("x"), kind, rating, curves, clock, () -> 0);
  }

  private void goOnAlike(EmulatedPlant one, EmulatedPlant other) {
    for (int step = 1; step <= 5; step++) {
      clock.advanceTo(clock.get().plusSeconds(97));
      assertEquals(one.snapshot(), other.snapshot(), "after " + step + " steps");
      assertEquals(one.reactivePowerKvar(), other.reactivePowerKvar());
    }
  }

  @Test
  void aStorageGoesOnInTheMiddleOfItsRampToTheLastBit() {
    EmulatedPlant first = plant(Kind.STORAGE, BATTERY);
    first.setPowerKw(-40, Duration.ofSeconds(30));
    clock.advanceTo(START.plusSeconds(333));
    EmulatedPlant second = plant(Kind.STORAGE, BATTERY);
    second.restore(first.snapshot());
    goOnAlike(first, second);
  }

  @Test
  void aGeneratorGoesOnUnderItsLimitWeatherAndVoltage() {
    EmulatedPlant first = plant(Kind.GENERATOR, PLANT);
    first.setAvailablePowerKw(81.3);
    first.setLimitKw(23.7, Duration.ofSeconds(30));
    first.setVoltagePu(1.07);
    clock.advanceTo(START.plusSeconds(3));
    EmulatedPlant second = plant(Kind.GENERATOR, PLANT);
    second.restore(first.snapshot());
    goOnAlike(first, second);
    assertEquals(Duration.ZERO, second.reversionRemaining(), "nobody is left to renew it");
  }
}
