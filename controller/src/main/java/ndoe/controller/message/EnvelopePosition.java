package ndoe.controller.message;

import java.util.function.DoubleBinaryOperator;
import ndoe.feeders.Profile;

/**
 * The quantities operator and prosumer have to agree on: both limits of the envelope and the plan.
 *
 * @param importLimitKw ≥ 0, kW per interval
 * @param exportLimitKw ≥ 0, kW per interval
 * @param netImportKw planned exchange, kW per interval
 */
public record EnvelopePosition(Profile importLimitKw, Profile exportLimitKw, Profile netImportKw) {

  public EnvelopePosition {
    int intervals = importLimitKw.intervals();
    if (exportLimitKw.intervals() != intervals || netImportKw.intervals() != intervals) {
      throw new IllegalArgumentException("limits and plan must cover the same intervals");
    }
  }

  int numbers() {
    return 3 * importLimitKw.intervals();
  }

  /** Combines every number of two positions. */
  public EnvelopePosition with(EnvelopePosition other, DoubleBinaryOperator combine) {
    return new EnvelopePosition(
        combined(importLimitKw, other.importLimitKw, combine),
        combined(exportLimitKw, other.exportLimitKw, combine),
        combined(netImportKw, other.netImportKw, combine));
  }

  /** Largest difference of any number, kW. */
  public double distanceKw(EnvelopePosition other) {
    EnvelopePosition difference = with(other, (a, b) -> Math.abs(a - b));
    return Math.max(
        difference.netImportKw.stream().max().orElse(0),
        Math.max(
            difference.importLimitKw.stream().max().orElse(0),
            difference.exportLimitKw.stream().max().orElse(0)));
  }

  private static Profile combined(Profile a, Profile b, DoubleBinaryOperator combine) {
    return Profile.generate(a.intervals(), t -> combine.applyAsDouble(a.at(t), b.at(t)));
  }
}
