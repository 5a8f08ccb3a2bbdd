package ndoe.controller.report;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import ndoe.controller.journal.EnvelopeRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.feeders.BusId;
import ndoe.feeders.ProsumerId;

/** The day of one connection point: what it was allowed, meant and seen to do. */
record PointDay(ProsumerId prosumer, BusId bus, List<Step> steps) {
  /** As the judge counts a use of an envelope, kW. */
  static final double TOLERANCE_KW = 1e-3;

  PointDay {
    steps = List.copyOf(steps);
  }

  /** One day per prosumer in the order of the envelopes; the last measurement of a step counts. */
  static List<PointDay> of(List<EnvelopeRow> envelopes, List<MeasurementRow> measurements) {
    Map<Place, Double> measured = new HashMap<>();
    for (MeasurementRow row : measurements) {
      if (row.isConnectionPoint() && Double.isFinite(row.activePowerKw())) {
        measured.put(new Place(row.prosumer(), row.intervalStart()), row.netImportKw());
      }
    }
    Map<ProsumerId, List<EnvelopeRow>> byProsumer = new LinkedHashMap<>();
    for (EnvelopeRow row : envelopes) {
      byProsumer.computeIfAbsent(row.prosumer(), id -> new ArrayList<>()).add(row);
    }
    List<PointDay> days = new ArrayList<>();
    byProsumer.forEach(
        (prosumer, rows) ->
            days.add(
                new PointDay(
                    prosumer,
                    rows.get(0).bus(),
                    rows.stream().map(row -> new Step(row, at(measured, row))).toList())));
    return days;
  }

  private static OptionalDouble at(Map<Place, Double> measured, EnvelopeRow row) {
    Double value = measured.get(new Place(row.prosumer(), row.intervalStart()));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  long measuredSteps() {
    return measuredKw().count();
  }

  long stepsInside() {
    return marginsKw().filter(margin -> margin >= -TOLERANCE_KW).count();
  }

  /** Smallest distance to a limit, kW, negative outside; empty when nothing was measured. */
  OptionalDouble smallestMarginKw() {
    return marginsKw().min();
  }

  DoubleStream plannedKw() {
    return steps.stream().mapToDouble(step -> step.envelope().plannedNetImportKw());
  }

  DoubleStream measuredKw() {
    return steps.stream().flatMapToDouble(step -> step.measuredKw().stream());
  }

  private DoubleStream marginsKw() {
    return steps.stream().flatMapToDouble(step -> step.marginKw().stream());
  }

  private record Place(ProsumerId prosumer, LocalDateTime intervalStart) {}

  /**
   * One interval.
   *
   * @param measuredKw net import, kW, if measured
   */
  record Step(EnvelopeRow envelope, OptionalDouble measuredKw) {

    /** Distance of the measured value to the nearer limit, kW, negative outside. */
    OptionalDouble marginKw() {
      return measuredKw.stream()
          .map(
              measured ->
                  Math.min(
                      envelope.importLimitKw() - measured, envelope.exportLimitKw() + measured))
          .findFirst();
    }
  }
}
