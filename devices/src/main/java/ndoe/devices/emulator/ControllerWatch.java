package ndoe.devices.emulator;

import java.time.Duration;
import java.util.function.LongSupplier;
import ndoe.devices.mqtt.ControllerHeartbeat;

/**
 * Whether the controller still beats. A controller that never did is not missed; of several any one
 * counts, for each device’s commands have an epoch of their own.
 */
final class ControllerWatch {
  /** Three heartbeats of a second. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LongSupplier monotonicNanos;
  private boolean heard;
  private boolean missing;
  private long heardNanos;
  private String epoch = "";
  private long seq = -1;

  ControllerWatch(LongSupplier monotonicNanos) {
    this.monotonicNanos = monotonicNanos;
  }

  /** Takes a heartbeat; true when one was missed before. A repeated one does not count. */
  synchronized boolean beat(ControllerHeartbeat heartbeat) {
    if (heartbeat.epoch().equals(epoch) && heartbeat.seq() <= seq) {
      return false;
    }
    epoch = heartbeat.epoch();
    seq = heartbeat.seq();
    heard = true;
    return restart();
  }

  /** Takes an accepted command as a sign of life. */
  synchronized void command() {
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
