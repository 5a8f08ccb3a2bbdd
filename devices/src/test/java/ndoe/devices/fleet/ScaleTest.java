package ndoe.devices.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static final DeviceId ID = new DeviceId("pv1");
  private static final Instant AT = Instant.EPOCH;

  @Test
  void makesASmallDeviceLookLarge() {
    Scale scale = new Scale(180);
    Measurement small =
        new Measurement(ID, AT, 5, -1, OptionalDouble.of(1.02), OptionalDouble.of(0.4));
    assertEquals(
        new Measurement(ID, AT, 900, -180, OptionalDouble.of(1.02), OptionalDouble.of(0.4)),
        scale.toScenario(small));
  }

  @Test
  void neverShowsALimitAboveWhatWasAskedBecauseOfRounding() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      Scale scale = new Scale(random.nextDouble(0.01, 1000));
      double asked = random.nextDouble(0, 1000);
      double device = scale.toDevice(asked);
      DispatchReceipt receipt =
          scale.toScenario(new DispatchReceipt.Applied(ID, device, device, AT), asked);
      assertEquals(asked, assertInstanceOf(DispatchReceipt.Applied.class, receipt).appliedKw());
    }
  }

  @Test
  void keepsTheKindOfReceiptAndWhatWasAsked() {
    Scale scale = new Scale(180);
    assertEquals(900, scale.toScenario(new DispatchReceipt.Rejected(ID, 5, "no"), 900).askedKw());
    DispatchReceipt.Unconfirmed unconfirmed =
        assertInstanceOf(
            DispatchReceipt.Unconfirmed.class,
            scale.toScenario(new DispatchReceipt.Unconfirmed(ID, 5, "late"), 900));
    assertTrue(unconfirmed.reason().startsWith("late"));
    DispatchReceipt.Applied applied =
        assertInstanceOf(
            DispatchReceipt.Applied.class,
            scale.toScenario(new DispatchReceipt.Applied(ID, 5, 4.9, AT), 900));
    assertEquals(882, applied.appliedKw(), 1e-9);
  }
}
