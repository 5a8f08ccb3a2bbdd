package ndoe.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ndoe.cosim.benchmark.ModelSpeed;
import ndoe.cosim.benchmark.SolveTimes;
import ndoe.cosim.benchmark.Work;
import ndoe.cosim.opendss.NetworkModel;

/** What {@code ndoe bench powerflow} prints about one representation of the feeder. */
final class PowerFlowTable {
  private static final double MOST_OVER_FLOOR = 1.15;
  private static final double LEAST_ON_TWO_CORES = 1.8;

  private PowerFlowTable() {}

  static List<String> lines(ModelSpeed speed) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "%s, %d nodes".formatted(name(speed.model()), speed.nodes()),
            "best, us",
            "median, us",
            "per second",
            "at their best"));
    for (Work work : Work.values()) {
      SolveTimes times = speed.times().get(work);
      if (times != null) {
        lines.add(
            row(
                "%s, to %s pu".formatted(name(work), tolerance(work)),
                decimals(1, times.bestMicroseconds()),
                decimals(1, times.medianMicroseconds()),
                decimals(0, times.bestPerSecond()),
                comparison(work, speed)));
      }
    }
    lines.add("checksum " + checksum(speed));
    return lines;
  }

  private static String name(NetworkModel model) {
    return switch (model) {
      case POSITIVE_SEQUENCE -> "one phase for all";
      case THREE_PHASE -> "three phases";
    };
  }

  private static String name(Work work) {
    return switch (work) {
      case BINDING, STRICT_BINDING -> "binding";
      case FLOOR, STRICT_FLOOR -> "C";
      case TWO_THREADS -> "binding on two threads";
      case TEXT -> "text commands";
      case JUDGE -> "judge with limits";
    };
  }

  private static String tolerance(Work work) {
    return String.format(Locale.ROOT, "%.0e", work.tolerancePu()).replace("e-0", "e-");
  }

  private static String comparison(Work work, ModelSpeed speed) {
    return switch (work) {
      case BINDING -> overFloor(speed.timeRatio(work, Work.FLOOR));
      case STRICT_BINDING -> overFloor(speed.timeRatio(work, Work.STRICT_FLOOR));
      case FLOOR, STRICT_FLOOR -> "";
      case TWO_THREADS ->
          "%s times one thread, to reach: at least %s"
              .formatted(decimals(2, speed.twoThreadsOverOne()), LEAST_ON_TWO_CORES);
      case TEXT ->
          decimals(1, speed.timeRatio(work, Work.BINDING).orElseThrow()) + " x the binding";
      case JUDGE ->
          decimals(2, speed.timeRatio(work, Work.STRICT_BINDING).orElseThrow()) + " x the binding";
    };
  }

  private static String overFloor(Optional<Double> ratio) {
    return ratio
        .map(r -> "%s x C, to reach: at most %s".formatted(decimals(2, r), MOST_OVER_FLOOR))
        .orElse("");
  }

  private static String checksum(ModelSpeed speed) {
    String ours = decimals(6, speed.checksum()) + " V";
    return speed
        .floorChecksum()
        .map(
            floor ->
                speed.sameAsFloor().orElseThrow()
                    ? ours + ", the same in C"
                    : ours + ", but in C " + decimals(6, floor) + " V: not the same work")
        .orElse(ours);
  }

  private static String row(
      String what, String best, String median, String perSecond, String comparison) {
    return "%-34s %9s %10s %11s   %s"
        .formatted(what, best, median, perSecond, comparison)
        .stripTrailing();
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
