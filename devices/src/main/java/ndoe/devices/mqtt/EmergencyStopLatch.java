package ndoe.devices.mqtt;

import java.time.Clock;
import java.util.Optional;
import ndoe.devices.DeviceLinkException;

/**
 * Holds a site’s emergency stop as whoever must obey it understands the messages about it. May be
 * used from several threads.
 */
public final class EmergencyStopLatch {
  private final Clock clock;
  private Optional<EmergencyStop> engaged = Optional.empty();

  /**
   * Not engaged.
   *
   * @param clock stamps what cannot be read
   */
  public EmergencyStopLatch(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes a message on the emergency stop’s topic, retained or not. What cannot be read engages;
   * only a reset later than the engaging releases; an erased message changes nothing.
   *
   * @return what was said; empty if that changes nothing
   */
  public synchronized Optional<EmergencyStop> take(MqttMessage message) {
    if (message.payload().isEmpty()) {
      return Optional.empty();
    }
    EmergencyStop said = read(message.payload());
    if (said.engaged()) {
      engaged = Optional.of(said);
      return engaged;
    }
    if (engaged.isEmpty() || !said.since().isAfter(engaged.get().since())) {
      return Optional.empty();
    }
    engaged = Optional.empty();
    return Optional.of(said);
  }

  /** What is engaged, if it is. */
  public synchronized Optional<EmergencyStop> engaged() {
    return engaged;
  }

  private EmergencyStop read(String payload) {
    try {
      return EmergencyStop.parse(payload);
    } catch (DeviceLinkException e) {
      return new EmergencyStop(true, "an unreadable message", e.getMessage(), clock.instant());
    }
  }
}
