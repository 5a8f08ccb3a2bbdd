package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator;
import org.junit.jupiter.api.Test;

class SunSpecRatingIT {

  @Test
  void aDeviceTakesWhatItStatesAsItsRating() {
    DeviceId id = new DeviceId("flexible");
    for (double drawKw : new double[] {37.22176, 37.2217, 0.7896, 912.34567}) {
      EmulatedPlant plant =
          new EmulatedPlant(
              id,
              Kind.STORAGE,
              Rating.storage(0, drawKw, 1e6, 1, 0, 1, 0),
              Instant::now,
              System::nanoTime);
      try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
          SunSpecBattery battery =
              SunSpecBattery.connect(
                  id, emulator.address(), new Reversion(Duration.ofSeconds(30), 0))) {
        assertTrue(battery.chargeRatingKw() <= drawKw, drawKw + " stated larger than it is");
        assertInstanceOf(
            DispatchReceipt.Applied.class, battery.setActivePower(-battery.chargeRatingKw()));
      }
    }
  }
}
