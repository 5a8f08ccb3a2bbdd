package ndoe.devices.gridsimulator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.devices.gridsimulator.PowerAmplifier.Sample;

/** Measures at the output of a grid simulator with what its profile has commands for. */
final class OutputMeter {
  private static final double WATTS_PER_KW = 1000;

  private final ScpiConversation conversation;
  private final ScpiProfile profile;
  private final GridSimulatorSettings settings;

  OutputMeter(ScpiConversation conversation, ScpiProfile profile, GridSimulatorSettings settings) {
    this.conversation = conversation;
    this.profile = profile;
    this.settings = settings;
  }

  /** Everything there is a command for. */
  GridSimulatorReading read() {
    long at = System.nanoTime();
    OptionalDouble active = total(ScpiOperation.MEASURE_POWER);
    return new GridSimulatorReading(
        at,
        phases(ScpiOperation.MEASURE_VOLTAGE),
        phases(ScpiOperation.MEASURE_CURRENT),
        active.isPresent()
            ? OptionalDouble.of(injectedKw(active.getAsDouble()))
            : OptionalDouble.empty(),
        reactive(active),
        conversation.numberIfKnown(ScpiOperation.MEASURE_FREQUENCY));
  }

  /** Voltage and power only, which is quicker. */
  Sample sample() {
    long at = System.nanoTime();
    OptionalDouble active = total(ScpiOperation.MEASURE_POWER);
    return new Sample(
        at,
        meanVolts() / settings.nominalVolts(),
        new HardwarePower(injectedKw(active.orElseThrow()), reactive(active).orElse(0)));
  }

  /** Mean of the phases, V. */
  double meanVolts() {
    return phases(ScpiOperation.MEASURE_VOLTAGE).stream()
        .mapToDouble(v -> v)
        .average()
        .orElse(Double.NaN);
  }

  private OptionalDouble reactive(OptionalDouble active) {
    OptionalDouble measured = total(ScpiOperation.MEASURE_REACTIVE_POWER);
    if (measured.isPresent()) {
      return OptionalDouble.of(injectedKw(measured.getAsDouble()));
    }
    OptionalDouble apparent = total(ScpiOperation.MEASURE_APPARENT_POWER);
    if (apparent.isEmpty() || active.isEmpty()) {
      return OptionalDouble.empty();
    }
    double square =
        apparent.getAsDouble() * apparent.getAsDouble()
            - active.getAsDouble() * active.getAsDouble();
    double kvar = Math.sqrt(Math.max(0, square)) / WATTS_PER_KW;
    return switch (settings.onlyMagnitude()) {
      case IGNORED -> OptionalDouble.empty();
      case ABSORBED -> OptionalDouble.of(-kvar);
      case INJECTED -> OptionalDouble.of(kvar);
    };
  }

  /** Sum of the phases, or the one number there is; empty without a command. */
  private OptionalDouble total(ScpiOperation operation) {
    List<Double> each = phases(operation);
    return each.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(each.stream().mapToDouble(v -> v).sum());
  }

  private List<Double> phases(ScpiOperation operation) {
    List<Double> values = new ArrayList<>();
    if (profile.has(operation)) {
      int phases = profile.require(operation).perPhase() ? settings.phases() : 1;
      for (int phase = 1; phase <= phases; phase++) {
        values.add(conversation.number(operation, phase));
      }
    }
    return values;
  }

  private double injectedKw(double measuredWatts) {
    return (profile.powerDelivered() ? 0 - measuredWatts : measuredWatts) / WATTS_PER_KW;
  }
}
