package ndoe.devices.fleet;

import java.time.Duration;
import ndoe.devices.mqtt.GatewayTimings;

/**
 * Patience with a fleet.
 *
 * @param connect longest wait until every device is found
 * @param answer longest wait for one answer of one device
 * @param maxAge oldest reading taken for good
 * @param reversion how long a setpoint holds unless renewed; a whole number of seconds
 */
public record FleetTimings(Duration connect, Duration answer, Duration maxAge, Duration reversion) {
  public FleetTimings {
    if (connect.compareTo(answer) < 0) {
      throw new IllegalArgumentException(
          "connecting must be allowed as long as one answer: " + connect + " < " + answer);
    }
    if (reversion.toSeconds() < 1 || reversion.toNanosPart() != 0) {
      throw new IllegalArgumentException("reversion must be whole seconds from 1: " + reversion);
    }
  }

  /** 10 s to connect, 2 s for an answer, readings up to 2 s old, setpoints that hold 30 s. */
  public static FleetTimings defaults() {
    return new FleetTimings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30));
  }

  public FleetTimings withReversion(Duration duration) {
    return new FleetTimings(connect, answer, maxAge, duration);
  }

  /** How long a setpoint stands unless renewed: before the device would revert by itself. */
  Duration validity() {
    return reversion.multipliedBy(2).dividedBy(3);
  }

  /** How often a setpoint is to be renewed; one that is lost does no harm. */
  public Duration refresh() {
    return reversion.dividedBy(3);
  }

  GatewayTimings gateway() {
    return new GatewayTimings(answer, maxAge, reversion);
  }
}
