package ndoe.controller.study;

import java.util.List;
import java.util.Locale;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.NormBall;
import ndoe.controller.uncertainty.Sample;
import ndoe.controller.uncertainty.WassersteinBall;

/** A way to beware of the unknown distribution of the generation (method, 4.3). */
public enum Hedging {
  /** Trusts the history. */
  STOCHASTIC,
  /** Norm balls with the radii of the literature. */
  PUBLISHED,
  /** Norm balls whose radii keep the confidence they state. */
  VALID,
  /** Every distribution on the samples. */
  ROBUST,
  /** A Wasserstein ball whose radius keeps the confidence it states. */
  WASSERSTEIN;

  AmbiguitySet around(List<Sample> samples, StudySetting setting, double intervalHours) {
    int days = setting.historyDays();
    double sum = setting.sumConfidence();
    double maximum = setting.maximumConfidence();
    return switch (this) {
      case STOCHASTIC -> NormBall.around(samples, 0, 0);
      case PUBLISHED -> NormBall.published(samples, days, sum, maximum);
      case VALID -> NormBall.valid(samples, days, sum, maximum);
      case ROBUST -> NormBall.around(samples, 2, 1);
      case WASSERSTEIN -> WassersteinBall.valid(samples, days, intervalHours, sum);
    };
  }

  /** Whether it has a radius with a confidence about ‖p − p⁰‖₁. */
  boolean boundsSum() {
    return this == PUBLISHED || this == VALID || this == WASSERSTEIN;
  }

  /** Whether it has a radius with a confidence about ‖p − p⁰‖∞. */
  boolean boundsMaximum() {
    return this == PUBLISHED || this == VALID;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
