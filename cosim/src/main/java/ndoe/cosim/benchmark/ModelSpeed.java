package ndoe.cosim.benchmark;

import java.util.Map;
import java.util.Optional;
import ndoe.cosim.opendss.NetworkModel;

/**
 * Speed of one representation of the feeder.
 *
 * @param nodes number of voltages in a solution
 * @param times of what was measured; without those in C where there is no compiler
 * @param checksum of all states by the binding, volts
 * @param floorChecksum likewise by C
 */
public record ModelSpeed(
    NetworkModel model,
    int nodes,
    Map<Work, SolveTimes> times,
    double checksum,
    Optional<Double> floorChecksum) {
  public ModelSpeed {
    times = Map.copyOf(times);
  }

  /** Time of one solution over that of another, both at their best; empty if one is missing. */
  public Optional<Double> timeRatio(Work of, Work over) {
    if (!times.containsKey(of) || !times.containsKey(over)) {
      return Optional.empty();
    }
    return Optional.of(times.get(of).bestMicroseconds() / times.get(over).bestMicroseconds());
  }

  /** Solutions per second of two threads over those of one, both at their best. */
  public double twoThreadsOverOne() {
    return times.get(Work.TWO_THREADS).bestPerSecond() / times.get(Work.BINDING).bestPerSecond();
  }

  /** Whether C found the same voltages, to the last bit; empty without C. */
  public Optional<Boolean> sameAsFloor() {
    return floorChecksum.map(floor -> floor == checksum);
  }
}
