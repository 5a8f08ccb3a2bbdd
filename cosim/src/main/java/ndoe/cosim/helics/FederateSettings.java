package ndoe.cosim.helics;

import java.time.Duration;

/**
 * How a federate joins.
 *
 * @param name among the federates, unique
 * @param core how it talks to the others
 * @param broker who brings them together
 * @param patience how long to wait for a broker to listen
 * @param periodSeconds time between two grants, s, > 0
 * @param offsetSeconds time of the first grant after 0, s, ≥ 0
 */
public record FederateSettings(
    String name,
    CoreType core,
    BrokerAddress broker,
    Duration patience,
    double periodSeconds,
    double offsetSeconds) {
  public FederateSettings {
    if (!(periodSeconds > offsetSeconds && offsetSeconds >= 0)) {
      throw new IllegalArgumentException(
          "period %s s must be longer than offset %s s ≥ 0"
              .formatted(periodSeconds, offsetSeconds));
    }
  }
}
