package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;

/**
 * A day nobody has planned for: the weather of a real one, disturbed, and the same for all.
 *
 * @param position of the real day in the history
 * @param factor of the disturbance on the generation, per interval
 */
record TestDay(int position, Profile factor) {
  /** Standard deviation of the disturbance, fraction of the generation. */
  static final double DEVIATION = 0.12;

  /** Correlation of the disturbance with itself an hour later. */
  static final double HOURLY_CORRELATION = 0.7;

  /** Draws days; the first of many are the same as those of few. */
  static List<TestDay> draw(HistorySplit split, Horizon horizon, long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TestDay> days = new ArrayList<>();
    for (int day = 0; day < count; day++) {
      int position = split.testing().get(random.nextInt(split.testing().size()));
      days.add(new TestDay(position, disturbance(horizon, random)));
    }
    return days;
  }

  /** 1 and a stationary process x ← r x + sqrt(1 − r²) σ ε, never below 0. */
  private static Profile disturbance(Horizon horizon, SplittableRandom random) {
    double correlation = Math.pow(HOURLY_CORRELATION, horizon.intervalHours());
    double fresh = Math.sqrt(1 - correlation * correlation);
    double[] factors = new double[horizon.intervals()];
    double state = random.nextGaussian();
    for (int t = 0; t < factors.length; t++) {
      factors[t] = Math.max(0, 1 + DEVIATION * state);
      state = correlation * state + fresh * random.nextGaussian();
    }
    return Profile.of(factors);
  }

  /** PV and wind this day allows at a site, kW, from 0 to the plants’ ratings. */
  Profile generationKw(ProsumerSite site) {
    double peakKw =
        site.pv().map(ProsumerSite.Generator::peakKw).orElse(0.0)
            + site.wind().map(ProsumerSite.Generator::peakKw).orElse(0.0);
    Profile real = site.generationHistoryKw().get(position);
    return Profile.generate(real.intervals(), t -> Math.min(peakKw, real.at(t) * factor.at(t)));
  }
}
