package ndoe.controller.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import ndoe.devices.gridsimulator.GridSimulator;
import ndoe.devices.gridsimulator.GridSimulatorReading;
import ndoe.devices.gridsimulator.GridSimulatorSettings;
import ndoe.devices.gridsimulator.GridSimulatorState;
import ndoe.devices.gridsimulator.ScpiAddress;
import ndoe.devices.gridsimulator.ScpiLink;
import ndoe.devices.gridsimulator.ScpiProfile;
import ndoe.devices.gridsimulator.ScpiProfileFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "scpi",
    description =
        "Tell what a grid simulator is, what it is set to and what it measures. Nothing is set; some"
            + " vendors' queries select the phase they are for.")
final class ScpiCommand implements Callable<Integer> {
  private static final String NO_COMMAND = "not told by this profile";
  private static final double ANY_VOLTS = 230;
  private static final double ANY_AMPERES = 1;

  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "HOST[:PORT]",
      description = "Where the instrument is; port 5025 if left out.")
  private String target;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      required = true,
      description = "ametek-mx, chroma-61800, itech-it7900, pacific, or a profile file.")
  private String profileName;

  @Option(
      names = "--phases",
      paramLabel = "N",
      defaultValue = "3",
      description = "1 or 3 (${DEFAULT-VALUE}).")
  private int phases;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "How long one answer may take, 1 to 60000 ms (${DEFAULT-VALUE}).")
  private int timeoutMillis;

  @Override
  public Integer call() {
    if (phases != 1 && phases != 3) {
      throw wrong("--phases must be 1 or 3, not " + phases);
    }
    if (timeoutMillis < 1 || timeoutMillis > 60_000) {
      throw wrong("--timeout must be 1 to 60000 ms, not " + timeoutMillis);
    }
    PrintWriter out = command.commandLine().getOut();
    ScpiLink link = new ScpiLink(address(), Duration.ofMillis(timeoutMillis));
    GridSimulatorSettings readOnly = GridSimulatorSettings.usual(ANY_VOLTS, phases, ANY_AMPERES);
    try (GridSimulator simulator = GridSimulator.connect(link, profile(), readOnly)) {
      print(simulator.found(), out);
      print(simulator.read(), out);
    }
    out.flush();
    return 0;
  }

  private static void print(GridSimulatorState state, PrintWriter out) {
    line(out, "identification", state.identification());
    line(out, "output", state.outputOn() ? "on" : "off");
    line(out, "voltage set", text(state.setVolts(), "V"));
    line(out, "highest voltage", text(state.highestVolts(), "V"));
    line(out, "current limit", text(state.mostAmperes(), "A"));
    line(out, "frequency set", text(state.setHertz(), "Hz"));
  }

  private static void print(GridSimulatorReading reading, PrintWriter out) {
    line(out, "voltage", text(reading.volts(), "V"));
    line(out, "current", text(reading.amperes(), "A"));
    line(out, "power injected", text(reading.activePowerKw(), "kW"));
    line(out, "reactive injected", text(reading.reactivePowerKvar(), "kvar"));
    line(out, "frequency", text(reading.hertz(), "Hz"));
  }

  private static void line(PrintWriter out, String what, String value) {
    out.printf("%-18s %s%n", what, value);
  }

  private static String text(OptionalDouble value, String unit) {
    return value.isPresent() ? text(List.of(value.getAsDouble()), unit) : NO_COMMAND;
  }

  private static String text(List<Double> values, String unit) {
    return values.isEmpty()
        ? NO_COMMAND
        : values.stream()
                .map(value -> String.format(Locale.ROOT, "%.3f", value))
                .collect(Collectors.joining(" "))
            + " "
            + unit;
  }

  private ScpiProfile profile() {
    try {
      return ScpiProfileFile.find(profileName);
    } catch (IllegalArgumentException e) {
      throw wrong("--profile: " + e.getMessage());
    }
  }

  private ScpiAddress address() {
    try {
      return ScpiAddress.parse(target);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
