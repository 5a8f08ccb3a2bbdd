package ndoe.devices.mqtt;

import java.time.Duration;

/**
 * How long to wait for a gateway and to trust it.
 *
 * @param answer longest wait for an acknowledgement, a reading, or the nameplate
 * @param maxAge oldest reading taken for good; also bounds the difference of the clocks
 * @param reversion how long a setpoint holds unless renewed
 */
public record GatewayTimings(Duration answer, Duration maxAge, Duration reversion) {
  public GatewayTimings {
    if (answer.compareTo(Duration.ofMillis(1)) < 0
        || maxAge.compareTo(Duration.ofMillis(1)) < 0
        || reversion.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("timings must be 1 ms or more");
    }
  }
}
