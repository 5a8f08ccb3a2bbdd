package ndoe.devices.emulator;

import java.time.Duration;
import java.util.function.LongSupplier;
import ndoe.devices.mqtt.ControlCommand;
import ndoe.devices.mqtt.ControllerHeartbeat;

/**
 * Whether the controller that has the device still beats. One that never did is not missed, and
 * nobody else’s heartbeat stands in for it.
 */
final class ControllerWatch {
  /** Three heartbeats of a second. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LongSupplier monotonicNanos;
  private String holder = "";
  private boolean heard;
  private boolean missing;
  private long heardNanos;
  private long seq = -1;

  ControllerWatch(LongSupplier monotonicNanos) {
    this.monotonicNanos = monotonicNanos;
  }

  /**
   * Takes a heartbeat; true when its controller was missed before. A repeated one does not count.
   */
  synchronized boolean beat(ControllerHeartbeat heartbeat) {
    if (!heartbeat.epoch().equals(holder) || heartbeat.seq() <= seq) {
      return false;
    }
    seq = heartbeat.seq();
    heard = true;
    boolean back = restart();
    missing = heartbeat.leaving();
    return back && !missing;
  }

  /** Takes an accepted command as a sign of life, and its sender for the controller. */
  synchronized void command(ControlCommand command) {
    if (!command.epoch().equals(holder)) {
      holder = command.epoch();
      heard = false;
      seq = -1;
    }
    restart();
  }

  /** True once when heartbeats have been missing for too long. */
  synchronized boolean notices() {
    boolean now =
        heard && !missing && monotonicNanos.getAsLong() - heardNanos >= PATIENCE.toNanos();
    missing |= now;
    return now;
  }

  private boolean restart() {
    boolean before = missing;
    missing = false;
    heardNanos = monotonicNanos.getAsLong();
    return before;
  }
}
