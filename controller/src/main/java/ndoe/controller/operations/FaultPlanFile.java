package ndoe.controller.operations;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ndoe.controller.loop.EmulatedPart;
import ndoe.controller.operations.PlannedFault.BrokerRestart;
import ndoe.controller.operations.PlannedFault.ControllerCrash;
import ndoe.controller.operations.PlannedFault.MessageLoss;
import ndoe.controller.operations.PlannedFault.OfDevice;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.Disturbance;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.Fault;
import ndoe.feeders.Horizon;
import ndoe.feeders.Range;
import ndoe.feeders.YamlFile;
import ndoe.feeders.YamlMap;

/** Reads which faults to make on purpose and when; only what is emulated may be broken. */
public final class FaultPlanFile {
  private static final String DEVICE = "device_";
  private static final String BROKER_RESTART = "broker_restart";
  private static final String MESSAGE_LOSS = "message_loss";
  private static final String CONTROLLER_CRASH = "controller_crash";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6}) ?(s|min|h)");
  private static final Range MILLIS = Range.between(0, 60_000);

  private final YamlFile file;
  private final Horizon horizon;
  private final EmulatedPart part;
  private final Set<String> taken = new HashSet<>();

  private FaultPlanFile(YamlFile file, Horizon horizon, EmulatedPart part) {
    this.file = file;
    this.horizon = horizon;
    this.part = part;
  }

  /**
   * Reads a fault file.
   *
   * @param horizon of the day in which every fault must begin
   * @param part what may be broken
   * @throws ndoe.feeders.InvalidInputException with every problem of the file
   */
  public static FaultPlan read(Path path, Horizon horizon, EmulatedPart part) {
    return new FaultPlanFile(YamlFile.read(path), horizon, part).plan();
  }

  private FaultPlan plan() {
    YamlMap root = file.root();
    root.wholeNumber("format", 1, 1);
    long seed = root.wholeNumber("seed", 1L);
    List<PlannedFault> faults = new ArrayList<>();
    for (YamlMap entry : root.maps("faults", true)) {
      fault(entry).ifPresent(faults::add);
    }
    file.finish();
    return new FaultPlan(seed, faults);
  }

  private static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>(Set.of(BROKER_RESTART, MESSAGE_LOSS, CONTROLLER_CRASH));
    Arrays.stream(Fault.values()).map(FaultPlanFile::word).forEach(kinds::add);
    return kinds;
  }

  private static String word(Fault fault) {
    return DEVICE + fault.name().toLowerCase(Locale.ROOT);
  }

  private Optional<PlannedFault> fault(YamlMap entry) {
    LocalDateTime at = moment(entry);
    String kind = entry.oneOf("fault", kinds(), "a fault of a run");
    if (!kinds().contains(entry.text("fault", ""))) {
      entry.keys();
      return Optional.empty();
    }
    return switch (kind) {
      case BROKER_RESTART -> {
        requireOwnBroker(entry);
        yield Optional.of(new BrokerRestart(at, lasts(entry)));
      }
      case MESSAGE_LOSS -> Optional.of(messageLoss(entry, at));
      case CONTROLLER_CRASH -> Optional.of(new ControllerCrash(at));
      default -> ofDevice(entry, at, kind).map(fault -> fault);
    };
  }

  private void requireOwnBroker(YamlMap entry) {
    if (!part.ownBroker()) {
      entry.problem(
          "fault",
          "broker_restart needs the broker inside this process; "
              + (part.hasGateways()
                  ? "the fleet file names another one, which is left alone"
                  : "no emulated device speaks MQTT"));
    }
  }

  private PlannedFault messageLoss(YamlMap entry, LocalDateTime at) {
    double share = entry.number("share", Range.between(0, 1), 0);
    double delay = entry.number("delay_ms", MILLIS, 0);
    double jitter = entry.number("jitter_ms", MILLIS, 0);
    if (jitter > delay) {
      entry.problem("jitter_ms", "%s is more than delay_ms %s".formatted(jitter, delay));
      jitter = delay;
    }
    if (!entry.has("share") && !entry.has("delay_ms")) {
      entry.problem("share", "message_loss needs a share above 0 or a delay_ms above 0");
    }
    if (!part.hasGateways()) {
      entry.problem("fault", "message_loss befalls emulated gateways; no such device speaks MQTT");
    }
    return new MessageLoss(at, lasts(entry), new Disturbance(share, millis(delay), millis(jitter)));
  }

  private Optional<OfDevice> ofDevice(YamlMap entry, LocalDateTime at, String kind) {
    Optional<Duration> lasts = lasts(entry);
    String name = entry.text("device");
    Fault fault =
        Arrays.stream(Fault.values())
            .filter(one -> word(one).equals(kind))
            .findFirst()
            .orElse(Fault.SILENT);
    Map<String, Protocol> known =
        part.devices().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().value(), Map.Entry::getValue));
    if (part.real().contains(name)) {
      entry.problem("device", "\"" + name + "\" is real: only emulated devices may be broken");
    } else if (!known.containsKey(name)) {
      entry.problem(
          "device",
          "no emulated device \"%s\"; there are %s".formatted(name, new TreeSet<>(known.keySet())));
    } else if (known.get(name) == Protocol.MQTT && !Fault.OF_EVERY_PROTOCOL.contains(fault)) {
      entry.problem(
          "fault",
          "%s is none of %s, which speaks MQTT; allowed are %s"
              .formatted(
                  kind,
                  name,
                  Fault.OF_EVERY_PROTOCOL.stream()
                      .map(FaultPlanFile::word)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    } else if (!taken.add(name + " " + kind)) {
      entry.problem("device", "%s is %s already above: name it once".formatted(name, kind));
    } else {
      return Optional.of(new OfDevice(at, lasts, new DeviceId(name), fault));
    }
    return Optional.empty();
  }

  /** A time of day is the first one in the horizon. */
  private LocalDateTime moment(YamlMap entry) {
    String text = entry.text("at");
    LocalDateTime at = horizon.start();
    try {
      if (text.contains("T")) {
        at = LocalDateTime.parse(text);
      } else {
        at = horizon.start().toLocalDate().atTime(LocalTime.parse(text));
        at = at.isBefore(horizon.start()) ? at.plusDays(1) : at;
      }
    } catch (DateTimeParseException e) {
      if (!text.isEmpty()) {
        entry.problem(
            "at", "\"%s\": allowed are a time as 10:00 or 2016-06-21T10:00".formatted(text));
      }
      return at;
    }
    if (at.isBefore(horizon.start()) || !at.isBefore(horizon.end())) {
      entry.problem(
          "at", "%s is not in the day from %s to %s".formatted(at, horizon.start(), horizon.end()));
    }
    return at;
  }

  private static Optional<Duration> lasts(YamlMap entry) {
    if (!entry.has("for")) {
      return Optional.empty();
    }
    String text = entry.text("for");
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      entry.problem("for", "\"%s\": allowed is a time as 30 s, 15 min or 2 h".formatted(text));
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "min" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  private static Duration millis(double millis) {
    return Duration.ofMillis(Math.round(millis));
  }
}
