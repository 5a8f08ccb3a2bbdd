package ndoe.devices.gridsimulator;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How one vendor’s grid simulators are spoken to.
 *
 * @param identification what {@code *IDN?} must answer
 * @param verified whether its commands are from a published source; else they are assumed
 * @param powerDelivered whether measured power is positive from the amplifier to the hardware
 * @param commands what the source proves; other operations this driver does not do
 */
public record ScpiProfile(
    String name,
    String vendor,
    Pattern identification,
    boolean verified,
    boolean powerDelivered,
    Map<ScpiOperation, ScpiCommand> commands) {
  public ScpiProfile {
    commands = Map.copyOf(commands);
  }

  public boolean has(ScpiOperation operation) {
    return commands.containsKey(operation);
  }

  public Optional<ScpiCommand> find(ScpiOperation operation) {
    return Optional.ofNullable(commands.get(operation));
  }

  /**
   * The command of an operation.
   *
   * @throws UnsupportedScpiException naming profile and operation if there is none
   */
  public ScpiCommand require(ScpiOperation operation) {
    return find(operation).orElseThrow(() -> new UnsupportedScpiException(name, operation));
  }
}
