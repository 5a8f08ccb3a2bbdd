package ndoe.controller.report;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ndoe.controller.journal.VoltageRow;

/** Voltages of a day; where an interval was written twice the later values count. */
final class VoltageDay {
  static final Comparator<VoltageRow> BY_VOLTAGE =
      Comparator.comparingDouble(VoltageRow::voltagePu);

  private final Map<LocalDateTime, Interval> intervals = new TreeMap<>();

  VoltageDay(List<VoltageRow> rows) {
    Map<LocalDateTime, Map<Place, VoltageRow>> latest = new LinkedHashMap<>();
    for (VoltageRow row : rows) {
      if (Double.isFinite(row.voltagePu())) {
        latest
            .computeIfAbsent(row.intervalStart(), start -> new LinkedHashMap<>())
            .put(new Place(row.bus().value(), row.phase()), row);
      }
    }
    latest.forEach(
        (start, places) -> intervals.put(start, Interval.of(List.copyOf(places.values()))));
  }

  boolean isEmpty() {
    return intervals.isEmpty();
  }

  Stream<Interval> intervals() {
    return intervals.values().stream();
  }

  Optional<Interval> at(LocalDateTime start) {
    return Optional.ofNullable(intervals.get(start));
  }

  /** The interval with the lowest voltage of all. */
  Optional<Interval> lowest() {
    return intervals().min(Comparator.comparing(Interval::lowest, BY_VOLTAGE));
  }

  /** The interval with the highest voltage of all. */
  Optional<Interval> highest() {
    return intervals().max(Comparator.comparing(Interval::highest, BY_VOLTAGE));
  }

  int phases() {
    return intervals()
        .flatMap(interval -> interval.rows().stream())
        .mapToInt(VoltageRow::phase)
        .max()
        .orElse(1);
  }

  private record Place(String bus, int phase) {}

  /**
   * The feeder in one interval.
   *
   * @param medianPu over all buses and phases, per unit
   */
  record Interval(
      LocalDateTime start,
      List<VoltageRow> rows,
      VoltageRow lowest,
      double medianPu,
      VoltageRow highest) {

    private static Interval of(List<VoltageRow> rows) {
      List<VoltageRow> sorted = rows.stream().sorted(BY_VOLTAGE).toList();
      int count = sorted.size();
      double median =
          (sorted.get((count - 1) / 2).voltagePu() + sorted.get(count / 2).voltagePu()) / 2;
      return new Interval(
          rows.get(0).intervalStart(), rows, sorted.get(0), median, sorted.get(count - 1));
    }
  }
}
