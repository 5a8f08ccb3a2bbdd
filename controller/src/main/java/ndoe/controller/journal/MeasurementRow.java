package ndoe.controller.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.devices.Measurement;
import ndoe.feeders.ProsumerId;

/**
 * What one device, or the connection point as a whole, was measured to do; a line of {@code
 * measurements.csv}. Injection is positive, so a connection point shows minus its net import.
 *
 * @param device device id, or {@link #CONNECTION_POINT}
 * @param role of the device: {@code pv}, {@code battery}, {@code meter}, {@link #CONNECTION_POINT}
 * @param activePowerKw injection, kW
 * @param reactivePowerKvar injection, kvar
 * @param voltagePu per unit, if measured
 * @param socFraction state of charge, if it is a storage
 */
public record MeasurementRow(
    LocalDateTime intervalStart,
    ProsumerId prosumer,
    String device,
    String role,
    double activePowerKw,
    double reactivePowerKvar,
    OptionalDouble voltagePu,
    OptionalDouble socFraction,
    Instant at) {

  /** Stands for all of a prosumer’s devices together, as the network sees them. */
  public static final String CONNECTION_POINT = "connection-point";

  public static MeasurementRow of(
      LocalDateTime intervalStart, ProsumerId prosumer, String role, Measurement measurement) {
    return new MeasurementRow(
        intervalStart,
        prosumer,
        measurement.device().value(),
        role,
        measurement.activePowerKw(),
        measurement.reactivePowerKvar(),
        measurement.voltagePu(),
        measurement.socFraction(),
        measurement.at());
  }

  /**
   * The line of a whole prosumer.
   *
   * @param netImportKw drawn from the network, kW, negative when feeding in
   * @param netImportKvar drawn from the network, kvar
   */
  public static MeasurementRow connectionPoint(
      LocalDateTime intervalStart,
      ProsumerId prosumer,
      double netImportKw,
      double netImportKvar,
      Instant at) {
    return new MeasurementRow(
        intervalStart,
        prosumer,
        CONNECTION_POINT,
        CONNECTION_POINT,
        -netImportKw,
        -netImportKvar,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        at);
  }

  public boolean isConnectionPoint() {
    return device.equals(CONNECTION_POINT);
  }

  /** Drawn from the network, kW, negative when feeding in. */
  public double netImportKw() {
    return 0 - activePowerKw;
  }

  List<String> fields() {
    return List.of(
        intervalStart.toString(),
        prosumer.value(),
        device,
        role,
        CsvLog.number(activePowerKw),
        CsvLog.number(reactivePowerKvar),
        CsvLog.number(voltagePu),
        CsvLog.number(socFraction),
        at.toString());
  }
}
