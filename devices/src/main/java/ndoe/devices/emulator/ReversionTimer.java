package ndoe.devices.emulator;

import java.time.Duration;

/** When a control lapses, in monotonic time, and what comes then. */
final class ReversionTimer {
  private boolean armed;
  private boolean expired;
  private long atNanos;
  private double revertToKw;

  /** Starts anew; zero or less never expires. */
  void arm(long nowNanos, Duration after, double kw) {
    armed = !after.isZero() && !after.isNegative();
    atNanos = nowNanos + (armed ? after.toNanos() : 0);
    revertToKw = kw;
    expired = false;
  }

  void disarm() {
    armed = false;
    expired = false;
  }

  boolean due(long nowNanos) {
    return armed && atNanos - nowNanos <= 0;
  }

  void expire() {
    armed = false;
    expired = true;
  }

  boolean expired() {
    return expired;
  }

  double revertToKw() {
    return revertToKw;
  }

  long atNanos() {
    return atNanos;
  }

  Duration remaining(long nowNanos) {
    return armed ? Duration.ofNanos(atNanos - nowNanos) : Duration.ZERO;
  }
}
