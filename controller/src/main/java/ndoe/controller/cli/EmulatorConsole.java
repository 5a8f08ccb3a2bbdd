package ndoe.controller.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.controller.loop.EmulatedDevices;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedDevice;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.Fault;
import ndoe.devices.fleet.DeviceSpec;

/** Breaks, mends and moves emulated devices by lines of text, one answer line or more to each. */
final class EmulatorConsole {
  static final String HELP =
      """
      fault ID KIND     break a device: %s
      clear ID          mend all its faults
      voltage ID PU     set its voltage, per unit of nominal
      available ID KW   set what sun, wind or fuel a generator has; 0 unplugs a storage
      demand ID KW      set what a load takes
      list              show every device
      help              show this\
      """;

  private static final double HIGHEST_PU = 2;
  private static final double LARGEST_KW = 1e6;

  private final EmulatedDevices devices;

  EmulatorConsole(EmulatedDevices devices) {
    this.devices = devices;
  }

  /** Answers every line of a stream until its end, which ends nothing else. */
  void serve(InputStream in, PrintWriter out) {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          out.println(answer(line));
          out.flush();
        }
      }
    } catch (IOException e) {
      out.println("no more commands: " + e.getMessage());
      out.flush();
    }
  }

  /** What to print for one command. */
  String answer(String line) {
    String[] words = line.strip().split("\\s+");
    try {
      return switch (words[0]) {
        case "fault" -> fault(words);
        case "clear" -> clear(words);
        case "voltage" -> voltage(words);
        case "available" -> available(words);
        case "demand" -> demand(words);
        case "list" -> list();
        case "help" -> HELP.formatted(names(Set.of(Fault.values())));
        default -> "unknown command \"" + words[0] + "\"; help shows all";
      };
    } catch (IllegalArgumentException e) {
      return "not done: " + e.getMessage();
    }
  }

  private String fault(String[] words) {
    EmulatedDevice device = device(words, 3, "fault ID KIND");
    Fault fault =
        Arrays.stream(Fault.values())
            .filter(one -> name(one).equals(words[2].toLowerCase(Locale.ROOT)))
            .filter(device.possibleFaults()::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s cannot be \"%s\"; allowed are %s"
                            .formatted(device.id(), words[2], names(device.possibleFaults()))));
    device.inject(fault);
    return device.id() + " is " + names(device.faults());
  }

  private String clear(String[] words) {
    EmulatedDevice device = device(words, 2, "clear ID");
    device.clearFaults();
    return device.id() + " is sound";
  }

  private String voltage(String[] words) {
    EmulatedPlant plant = plant(words, "voltage ID PU");
    plant.setVoltagePu(number("PU", words[2], HIGHEST_PU));
    return "%s feels %s pu".formatted(plant.id(), words[2]);
  }

  private String available(String[] words) {
    EmulatedPlant plant = plant(words, "available ID KW");
    if (plant.kind() == Kind.LOAD) {
      throw new IllegalArgumentException(plant.id() + " is a load; use demand ID KW");
    }
    plant.setAvailablePowerKw(number("KW", words[2], LARGEST_KW));
    return "%s has %s kW available".formatted(plant.id(), words[2]);
  }

  private String demand(String[] words) {
    EmulatedPlant plant = plant(words, "demand ID KW");
    if (plant.kind() != Kind.LOAD) {
      throw new IllegalArgumentException(plant.id() + " is no load; use available ID KW");
    }
    plant.setDemandKw(number("KW", words[2], LARGEST_KW));
    return "%s takes %s kW".formatted(plant.id(), words[2]);
  }

  private String list() {
    return devices.specs().stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(DeviceSpec spec) {
    EmulatedPlant plant = devices.plant(spec.id());
    Set<Fault> faults = devices.device(spec.id()).faults();
    return String.format(
        Locale.ROOT,
        "%-20s %9.3f kW %9.3f kvar %6.4f pu  %s",
        spec.id(),
        plant.activePowerKw(),
        plant.reactivePowerKvar(),
        plant.voltagePu(),
        faults.isEmpty() ? "sound" : names(faults));
  }

  private EmulatedDevice device(String[] words, int count, String usage) {
    if (words.length != count) {
      throw new IllegalArgumentException("the command is: " + usage);
    }
    List<DeviceId> known = devices.specs().stream().map(DeviceSpec::id).toList();
    DeviceId id =
        known.stream()
            .filter(one -> one.value().equals(words[1]))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no device \"%s\"; devices are %s"
                            .formatted(
                                words[1],
                                known.stream()
                                    .map(DeviceId::value)
                                    .collect(Collectors.joining(", ")))));
    return devices.device(id);
  }

  private EmulatedPlant plant(String[] words, String usage) {
    return devices.plant(device(words, 3, usage).id());
  }

  private static double number(String what, String text, double most) {
    String allowed = "%s \"%s\": allowed is a number from 0 to %.0f".formatted(what, text, most);
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(allowed, e);
    }
    throw new IllegalArgumentException(allowed);
  }

  private static String names(Set<Fault> faults) {
    return faults.stream().sorted().map(EmulatorConsole::name).collect(Collectors.joining(", "));
  }

  private static String name(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }
}
