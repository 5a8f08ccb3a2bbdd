package ndoe.controller.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.VoltageLimits;

/**
 * What {@code run.json} says of a run; what the run had not reached yet is empty.
 *
 * @param message one line for the user, blank when there is nothing to say
 * @param command what the user ran: {@code run}, {@code negotiate}
 * @param caseName who decides about the envelopes: {@code dso}, {@code static}, …
 * @param toleranceKw of every mismatch between the parties, kW
 * @param capacitiesKw what each connection may import and export at most, added up, kW; empty for
 *     runs of older versions
 * @param agreed what came of the negotiation
 * @param timingsSeconds per phase, s, in the order they were given
 */
public record RunRecord(
    RunStatus status,
    OptionalInt exitCode,
    String message,
    Instant startedAt,
    Optional<Instant> endedAt,
    String command,
    String caseName,
    long seed,
    OptionalDouble toleranceKw,
    ScenarioFacts scenario,
    FeederFacts feeder,
    Map<ProsumerId, Double> capacitiesKw,
    Versions versions,
    Optional<AgreementFacts> agreed,
    Optional<Judgement> judgement,
    Map<String, Double> timingsSeconds) {
  public RunRecord {
    capacitiesKw = Collections.unmodifiableMap(new LinkedHashMap<>(capacitiesKw));
    timingsSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(timingsSeconds));
  }

  /**
   * The day that was run.
   *
   * @param file name without folder
   * @param sha256 of the scenario file, hexadecimal
   * @param currency ISO 4217 code
   */
  public record ScenarioFacts(
      String name,
      String description,
      String file,
      String sha256,
      String currency,
      Horizon horizon) {}

  /**
   * The network it was run on.
   *
   * @param nominalVoltageKv line-to-line, kV
   * @param sourceVoltagePu held at the source bus, per unit
   */
  public record FeederFacts(
      String name,
      String sourceBus,
      double nominalVoltageKv,
      double sourceVoltagePu,
      VoltageLimits voltageLimits) {}
}
