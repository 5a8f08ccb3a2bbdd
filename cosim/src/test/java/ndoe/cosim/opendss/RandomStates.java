package ndoe.cosim.opendss;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import ndoe.cosim.powerflow.Injections;

/** Seeded states of a feeder, from heavy import to heavy export, all with a solution. */
final class RandomStates {
  private static final double MOST_KW_PER_BUS = 220;

  private RandomStates() {}

  static Stream<Injections> of(int buses, int number, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> next(buses, random)).limit(number);
  }

  private static Injections next(int buses, SplittableRandom random) {
    Injections injections = new Injections(buses);
    double direction = random.nextDouble(-1, 1);
    for (int bus = 0; bus < buses; bus++) {
      double activeKw = MOST_KW_PER_BUS * (0.5 * direction + random.nextDouble(-0.5, 0.5));
      injections.add(bus, activeKw, activeKw * random.nextDouble(-0.3, 0.6));
    }
    return injections;
  }
}
