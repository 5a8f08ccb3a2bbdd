package ndoe.devices.fleet;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import ndoe.devices.mqtt.SiteEvent;

/**
 * How a fleet is looked after while it is connected.
 *
 * @param site whose emergency stop is heeded and whose gateways hear the controller’s heartbeat, if
 *     there is a broker
 * @param renewal whether a setpoint that is not renewed in time ends in the default; not so only to
 *     see a device revert by itself
 * @param withheld the devices that are read but never written to
 * @param listener hears what people should know, from any thread; must not block
 */
public record Supervision(
    Optional<String> site,
    boolean renewal,
    Predicate<DeviceSpec> withheld,
    Consumer<SiteEvent> listener) {
  /** No site, nothing withheld, events in the log only. */
  public static final Supervision QUIET =
      new Supervision(Optional.empty(), true, spec -> false, event -> {});

  /** A site, nothing withheld, events in the log only. */
  public static Supervision of(String site) {
    return new Supervision(Optional.of(site), true, QUIET.withheld(), QUIET.listener());
  }
}
