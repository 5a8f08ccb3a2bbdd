package ndoe.controller.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.controller.journal.RunRecord;
import ndoe.feeders.ProsumerId;

/**
 * The room everybody was left, and how evenly.
 *
 * @param areaKwh Σ (import limit + export limit) · Δ per prosumer, kWh
 * @param fraction of what the connection could carry; empty when that is not known
 */
record EnvelopeShares(Map<ProsumerId, Double> areaKwh, Map<ProsumerId, Double> fraction) {

  static EnvelopeShares of(RunRecord run, List<PointDay> points) {
    double hours = run.scenario().horizon().intervalHours();
    Map<ProsumerId, Double> areas = new LinkedHashMap<>();
    Map<ProsumerId, Double> fractions = new LinkedHashMap<>();
    for (PointDay point : points) {
      double area =
          hours
              * point.steps().stream()
                  .map(PointDay.Step::envelope)
                  .mapToDouble(row -> row.importLimitKw() + row.exportLimitKw())
                  .sum();
      areas.put(point.prosumer(), area);
      Double capacityKw = run.capacitiesKw().get(point.prosumer());
      if (capacityKw != null && capacityKw > 0) {
        fractions.put(point.prosumer(), area / (capacityKw * hours * point.steps().size()));
      }
    }
    return new EnvelopeShares(areas, fractions);
  }

  double totalKwh() {
    return areaKwh.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * Jain’s index of the fractions, (Σx)² / (N Σx²): 1 when everybody has the same share of its
   * connection, 1/N when one has all (R. Jain, D. Chiu, W. Hawe, DEC research report TR-301, 1984).
   */
  OptionalDouble fairness() {
    if (fraction.isEmpty() || fraction.size() < areaKwh.size()) {
      return OptionalDouble.empty();
    }
    double sum = fraction.values().stream().mapToDouble(x -> x).sum();
    double squares = fraction.values().stream().mapToDouble(x -> x * x).sum();
    return OptionalDouble.of(squares == 0 ? 1 : sum * sum / (fraction.size() * squares));
  }
}
