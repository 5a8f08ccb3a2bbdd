package ndoe.cosim.benchmark;

import java.nio.file.Path;
import java.util.Map;
import ndoe.feeders.Feeder;
import ndoe.feeders.FeederFile;
import ndoe.feeders.VoltageLimits;

/** The feeder of a script with limits so wide that no state of a benchmark breaks one. */
final class BenchmarkFeeder {
  private static final double SOURCE_VOLTAGE_PU = 1.03;
  private static final VoltageLimits VOLTAGE_LIMITS = new VoltageLimits(0.8, 1.2);
  private static final double RATING_KVA = 20_000;

  private BenchmarkFeeder() {}

  static Feeder read(Path script) {
    return FeederFile.read(
        script, SOURCE_VOLTAGE_PU, VOLTAGE_LIMITS, Map.of("default", RATING_KVA));
  }
}
