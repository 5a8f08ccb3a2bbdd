package ndoe.controller.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Consumer;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.PaceControl;
import ndoe.controller.operations.FaultInjection;
import ndoe.controller.operations.FaultPlan;
import ndoe.controller.operations.PlannedFault;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.Fault;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.mqtt.SiteEvent;

/**
 * What people may do to a run by its page. An emergency stop that is asked for before the devices
 * are connected waits for them. May be used from several threads.
 */
final class RunControls implements AutoCloseable {
  private static final int LONGEST_MINUTES = 24 * 60;
  private static final String BY = "the live page";

  private final PageDesk desk;
  private final Consumer<SiteEvent> events;
  private final Clock clock;
  private final List<FaultInjection> injections = new ArrayList<>();
  private volatile Optional<Equipment> equipment = Optional.empty();
  private volatile Optional<String> stopReason = Optional.empty();
  private volatile ObjectNode possible = Json.object();

  RunControls(PageDesk desk, Consumer<SiteEvent> events, Clock clock) {
    this.desk = desk;
    this.events = events;
    this.clock = clock;
  }

  /** What cannot be done, with the reason for people. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /** From now on there are devices; a stop that was asked for before is engaged. */
  void equipped(Equipment with) {
    possible = possibleFaults(with);
    equipment = Optional.of(with);
    stopReason.ifPresent(reason -> with.devices().emergencyStop(BY, reason));
    tell();
  }

  private static ObjectNode possibleFaults(Equipment with) {
    ObjectNode possible = Json.object();
    for (DeviceSpec spec : with.bench().specs()) {
      ArrayNode words = possible.putArray(spec.id().value());
      new TreeSet<>(with.bench().device(spec.id()).possibleFaults())
          .forEach(fault -> words.add(word(fault)));
    }
    return possible;
  }

  /** Nothing can be done any more. */
  void over() {
    equipment = Optional.empty();
    desk.tell(state -> state.set("pace", Json.object().put("ready", false)));
  }

  /**
   * Does what is asked.
   *
   * @throws RefusedException if that cannot be done
   */
  void perform(String action, JsonNode asked) {
    if (action.equals("stop")) {
      stop(asked.path("reason").asText(""));
    } else {
      inTurn(action, asked);
    }
    tell();
  }

  /** One after the other; only the emergency stop waits for nothing. */
  private synchronized void inTurn(String action, JsonNode asked) {
    switch (action) {
      case "pause" -> pace().pause();
      case "resume" -> pace().resume();
      case "step" -> pace().step();
      case "speed" -> speed(asked.path("factor"));
      case "fault" -> inject(asked);
      default -> throw new RefusedException("there is no such control: " + action);
    }
  }

  private Equipment equipment() {
    return equipment.orElseThrow(
        () -> new RefusedException("there are no devices to control before the day or after it"));
  }

  private PaceControl pace() {
    return equipment().pace();
  }

  private void speed(JsonNode factor) {
    try {
      pace()
          .speed(factor.isNumber() ? OptionalDouble.of(factor.asDouble()) : OptionalDouble.empty());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  private void stop(String asked) {
    String reason = asked.isBlank() ? "by hand" : asked.strip();
    stopReason = Optional.of(reason);
    equipment.ifPresent(with -> with.devices().emergencyStop(BY, reason));
  }

  private void inject(JsonNode asked) {
    Equipment with = equipment();
    DeviceId id = device(asked.path("device").asText());
    Fault fault = fault(id, asked.path("fault").asText());
    int minutes = asked.path("minutes").asInt(0);
    if (minutes < 1 || minutes > LONGEST_MINUTES) {
      throw new RefusedException("minutes must be 1 to %d: %d".formatted(LONGEST_MINUTES, minutes));
    }
    LocalDateTime now = LocalDateTime.ofInstant(with.clock().get(), ZoneOffset.UTC);
    PlannedFault planned =
        new PlannedFault.OfDevice(now, Optional.of(Duration.ofMinutes(minutes)), id, fault);
    FaultInjection injection =
        new FaultInjection(new FaultPlan(0, List.of(planned)), events, clock);
    injections.add(injection);
    injection.equipped(with);
  }

  private DeviceId device(String name) {
    return equipment().bench().specs().stream()
        .map(DeviceSpec::id)
        .filter(id -> id.value().equals(name))
        .findAny()
        .orElseThrow(
            () -> new RefusedException("only emulated devices can be broken, not " + name));
  }

  private Fault fault(DeviceId id, String name) {
    return equipment().bench().device(id).possibleFaults().stream()
        .filter(fault -> word(fault).equals(name))
        .findAny()
        .orElseThrow(() -> new RefusedException("%s cannot have the fault %s".formatted(id, name)));
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }

  /** Tells the page what can be done now. */
  void tell() {
    ObjectNode now = Json.object().put("ready", equipment.isPresent());
    now.put("stopped", stopReason.isPresent());
    equipment.ifPresent(
        with -> {
          now.put("paused", with.pace().isPaused());
          now.put("leaping", with.clock().isStepped());
          now.put("fixedSpeed", with.pace().fixedSpeed());
          now.put("stopped", with.devices().guard().isStopped());
          now.set("faults", possible);
        });
    desk.tell(state -> state.set("pace", now));
  }

  @Override
  public synchronized void close() {
    injections.forEach(FaultInjection::close);
  }
}
