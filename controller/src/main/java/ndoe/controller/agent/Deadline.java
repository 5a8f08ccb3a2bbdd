package ndoe.controller.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment on the clock that only goes forward. */
record Deadline(long nanoTime) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  Deadline orEarlier(Deadline other) {
    return other.nanoTime - nanoTime < 0 ? other : this;
  }

  boolean passed() {
    return System.nanoTime() - nanoTime >= 0;
  }

  /** Waits on a monitor that the caller holds, until it is notified or the moment has come. */
  void await(Object monitor) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.timedWait(monitor, left);
    }
  }
}
