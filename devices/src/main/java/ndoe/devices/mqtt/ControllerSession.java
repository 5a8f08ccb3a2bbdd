package ndoe.devices.mqtt;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One controller on one link, as gateways know it: its commands and its heartbeat carry the same
 * epoch, and what it sends later has the higher number. May be used from several threads.
 */
public final class ControllerSession {
  private final String epoch = UUID.randomUUID().toString();
  private final AtomicLong last = new AtomicLong();

  public String epoch() {
    return epoch;
  }

  /** A number above all before. */
  public long next() {
    return last.incrementAndGet();
  }
}
