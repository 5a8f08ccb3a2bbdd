package ndoe.devices.gridsimulator;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a grid simulator measures at its output; power is positive when the hardware injects.
 *
 * @param atNanos monotonic time before the first of the queries
 * @param volts of each phase, V
 * @param amperes of each phase, A; empty without a command for it
 * @param activePowerKw of all phases, kW
 * @param reactivePowerKvar of all phases, kvar; empty if it is neither measured nor assumed
 * @param hertz frequency, Hz
 */
public record GridSimulatorReading(
    long atNanos,
    List<Double> volts,
    List<Double> amperes,
    OptionalDouble activePowerKw,
    OptionalDouble reactivePowerKvar,
    OptionalDouble hertz) {
  public GridSimulatorReading {
    volts = List.copyOf(volts);
    amperes = List.copyOf(amperes);
  }

  /** Mean of the phases, V; NaN if no voltage is measured. */
  public double meanVolts() {
    return volts.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
  }
}
