package ndoe.devices.sunspec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a device is alive and whom it obeys, by models 715 and 802; each is optional.
 *
 * <p>The controller’s own heartbeat, model 715’s ControllerHb, counts once a second at most and
 * only after a control was written. It is a live counter, not a setting: the devices this is made
 * for keep it in working memory, not in flash.
 */
final class DerHeartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(DerHeartbeat.class);
  private static final int DER_CONTROL = 715;
  private static final int BATTERY = 802;
  private static final long LOCAL = 1;
  private static final Duration FROZEN_AFTER = Duration.ofSeconds(5);
  private static final Duration BEAT_EVERY = Duration.ofSeconds(1);
  private static final long HIGHEST_BEAT = 0xFFFF_FFFEL;
  private static final int WORD = 16;

  private final SunSpecLink link;
  private final LongSupplier nanos;
  private OptionalLong last = OptionalLong.empty();
  private long movedNanos;
  private boolean controlling;
  private boolean refused;
  private long beat;
  private long beatNanos;

  /**
   * @param nanos monotonic time, ns
   */
  DerHeartbeat(SunSpecLink link, LongSupplier nanos) {
    this.link = link;
    this.nanos = nanos;
  }

  /**
   * Looks at the device’s heartbeat and sends the controller’s.
   *
   * @throws DeviceLinkException when the device’s has not moved for more than 5 s
   */
  void check(String device) {
    Optional<ModelImage> told = link.has(DER_CONTROL) ? read(DER_CONTROL) : read(BATTERY);
    if (told.isEmpty()) {
      return;
    }
    String point = told.get().id() == DER_CONTROL ? "DERHb" : "Hb";
    OptionalLong now = told.get().raw(point);
    if (!now.equals(last) || now.isEmpty()) {
      last = now;
      movedNanos = nanos.getAsLong();
    } else if (nanos.getAsLong() - movedNanos > FROZEN_AFTER.toNanos()) {
      throw new DeviceLinkException(
          "%s: measurements are frozen: %s of model %d stays at %d for more than %d s"
              .formatted(
                  device, point, told.get().id(), now.getAsLong(), FROZEN_AFTER.toSeconds()));
    }
    if (told.get().id() == DER_CONTROL) {
      send(told.get());
    }
  }

  /** Whether the device obeys somebody who stands before it. */
  boolean local() {
    return Stream.of(read(DER_CONTROL), read(BATTERY))
        .flatMap(Optional::stream)
        .anyMatch(told -> told.raw("LocRemCtl").orElse(0) == LOCAL);
  }

  /** Whether from now on the device does what it was told here. */
  void controls(boolean does) {
    controlling = does;
  }

  private Optional<ModelImage> read(int model) {
    return link.has(model) ? Optional.of(link.readOrFail(model)) : Optional.empty();
  }

  private void send(ModelImage control) {
    boolean due = beat == 0 || nanos.getAsLong() - beatNanos >= BEAT_EVERY.toNanos();
    if (!controlling || refused || !due) {
      return;
    }
    long before = beat == 0 ? control.raw("ControllerHb").orElse(0) : beat;
    beat = before >= HIGHEST_BEAT ? 1 : before + 1;
    beatNanos = nanos.getAsLong();
    try {
      int offset = control.offset("ControllerHb");
      link.write(DER_CONTROL, offset, (int) (beat >>> WORD), (int) (beat & 0xFFFF));
    } catch (ModbusRefusedException e) {
      refused = true;
      LOG.warn("no heartbeat is sent: {}", e.getMessage());
    }
  }
}
