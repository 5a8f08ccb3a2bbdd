package ndoe.devices.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.ControlCommand.Ask;

/**
 * Lets through to a device only commands that are fresh, new, complete, within its rating, and from
 * the controller that has it: while a command is valid no other epoch’s is let through, unless it
 * released the device.
 */
public final class CommandGate {
  private static final double ROUNDING = 1e-9;

  /** Epochs whose numbers are remembered; a device seldom sees more controllers than two. */
  private static final int MOST_EPOCHS = 16;

  private final DeviceInfo device;
  private final Clock clock;
  private final EmergencyStopLatch stop;
  private String epoch = "";
  private final Map<String, Long> lastSeqs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_EPOCHS;
        }
      };
  private Instant lastSentAt = Instant.MIN;
  private Instant leasedUntil = Instant.MIN;

  public CommandGate(DeviceInfo device, Clock clock) {
    this.device = device;
    this.clock = clock;
    this.stop = new EmergencyStopLatch(clock);
  }

  /** What to do with a message. */
  public sealed interface Decision {

    /** To be written to the device. */
    record Accepted(ControlCommand command) implements Decision {}

    /** To be answered; nothing is written. */
    record Refused(ControlAck ack) implements Decision {}
  }

  /**
   * Takes a message on the emergency stop’s topic, as {@link EmergencyStopLatch#take} does.
   *
   * @return whether the device must stand still
   */
  public boolean emergencyStop(MqttMessage message) {
    var unused = stop.take(message);
    return stopped();
  }

  /** Whether the emergency stop is engaged. */
  public boolean stopped() {
    return stop.engaged().isPresent();
  }

  private void requireNoStop() {
    stop.engaged()
        .ifPresent(
            engaged -> {
              throw new DeviceLinkException(
                  "command: emergency stop engaged by " + engaged.by() + ": " + engaged.reason());
            });
  }

  /** Judges a message on the control topic. */
  public synchronized Decision judge(MqttMessage message) {
    Instant now = clock.instant();
    try {
      if (message.retained()) {
        throw new DeviceLinkException("command: retained, so its age is unknown");
      }
      ControlCommand command = ControlCommand.parse(message.payload());
      requireFresh(command, now);
      requireNew(command);
      requireLease(command, now);
      note(command);
      requireNoStop();
      requireWithinRating(command);
      leasedUntil = releases(command) ? now : now.plus(command.valid());
      return new Decision.Accepted(command);
    } catch (DeviceLinkException e) {
      return new Decision.Refused(refusal(message.payload(), now, e.getMessage()));
    }
  }

  /** Whether the last command let through was of this epoch. */
  public synchronized boolean isLeasedTo(String controllerEpoch) {
    return epoch.equals(controllerEpoch);
  }

  /** The controller that has the device is gone; the next one may have it at once. */
  public synchronized void endLease() {
    leasedUntil = Instant.MIN;
  }

  private static void requireFresh(ControlCommand command, Instant now) {
    Duration age = Duration.between(command.sentAt(), now);
    if (age.abs().compareTo(command.valid()) > 0) {
      throw new DeviceLinkException(
          "command: "
              + (age.isNegative() ? "from the future by " : "stale by age ")
              + age.abs().toMillis()
              + " ms, allowed "
              + command.valid().toMillis()
              + " ms");
    }
  }

  private void requireNew(ControlCommand command) {
    long lastSeq = lastSeqs.getOrDefault(command.epoch(), -1L);
    if (command.seq() <= lastSeq) {
      throw new DeviceLinkException(
          "command: replayed, seq " + command.seq() + " after " + lastSeq);
    }
    if (!command.epoch().equals(epoch) && !command.sentAt().isAfter(lastSentAt)) {
      throw new DeviceLinkException(
          "command: replayed, an older epoch, sent "
              + command.sentAt()
              + ", not after "
              + lastSentAt);
    }
  }

  private void requireLease(ControlCommand command, Instant now) {
    if (!command.epoch().equals(epoch) && now.isBefore(leasedUntil)) {
      throw new DeviceLinkException(
          "another controller has this device: the last command of epoch %s holds for %d ms more"
              .formatted(epoch, Duration.between(now, leasedUntil).toMillis()));
    }
  }

  private static boolean releases(ControlCommand command) {
    return !(command.generationLimitW() instanceof Ask.Watts)
        && !(command.powerW() instanceof Ask.Watts);
  }

  private void note(ControlCommand command) {
    epoch = command.epoch();
    lastSeqs.remove(epoch);
    lastSeqs.put(epoch, command.seq());
    lastSentAt = command.sentAt().isAfter(lastSentAt) ? command.sentAt() : lastSentAt;
  }

  private void requireWithinRating(ControlCommand command) {
    boolean asksNothing =
        command.generationLimitW() instanceof Ask.Unchanged
            && command.powerW() instanceof Ask.Unchanged;
    if (asksNothing) {
      throw new DeviceLinkException("command: asks for nothing");
    }
    require(
        ControlCommand.GENERATION_LIMIT, command.generationLimitW(), 0, device.generationRatingW());
    require(
        ControlCommand.POWER,
        command.powerW(),
        0 - device.loadRatingW(),
        device.generationRatingW());
  }

  private void require(String key, Ask ask, double low, double high) {
    if (ask instanceof Ask.Unchanged) {
      return;
    }
    if (!device.controls().contains(key)) {
      throw new DeviceLinkException("command: " + key + " is not supported by this device");
    }
    double slack = ROUNDING * (high - low);
    if (ask instanceof Ask.Watts watts
        && !(watts.value() >= low - slack && watts.value() <= high + slack)) {
      throw new DeviceLinkException(
          "command: " + key + " outside " + low + " to " + high + " W: " + watts.value());
    }
  }

  private static ControlAck refusal(String json, Instant now, String reason) {
    Optional<String> id = Optional.empty();
    OptionalLong seq = OptionalLong.empty();
    try {
      Payload payload = Payload.parse("command", json);
      id = payload.optionalText("id");
      seq = payload.has("seq") ? OptionalLong.of(payload.count("seq")) : OptionalLong.empty();
    } catch (DeviceLinkException e) {
      return ControlAck.rejected(id, seq, now, reason);
    }
    return ControlAck.rejected(id, seq, now, reason);
  }
}
