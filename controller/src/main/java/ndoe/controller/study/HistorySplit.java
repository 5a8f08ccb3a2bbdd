package ndoe.controller.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;

/**
 * Past days that may be learned from, and others of the same season to be tested with.
 *
 * @param learning positions in the history, the day nearest to the horizon first
 * @param testing positions in the history
 */
record HistorySplit(List<Integer> learning, List<Integer> testing) {
  HistorySplit {
    learning = List.copyOf(learning);
    testing = List.copyOf(testing);
  }

  /**
   * Takes every second day of the season for testing.
   *
   * @param days of the history, earliest first
   * @param seasonDays how many of the days nearest to the horizon make its season
   * @throws IllegalArgumentException if there is no day for one of the two
   */
  static HistorySplit of(List<Horizon> days, Horizon horizon, int seasonDays) {
    List<Integer> nearest =
        IntStream.range(0, days.size())
            .boxed()
            .sorted(
                Comparator.comparing(
                    i -> Duration.between(horizon.start(), days.get(i).start()).abs()))
            .toList();
    List<Integer> season =
        nearest.stream().limit(seasonDays).sorted(Comparator.naturalOrder()).toList();
    List<Integer> testing =
        IntStream.range(0, season.size()).filter(i -> i % 2 == 1).mapToObj(season::get).toList();
    List<Integer> learning = new ArrayList<>(nearest);
    learning.removeAll(testing);
    if (testing.isEmpty()) {
      throw new IllegalArgumentException("two days of history are needed, not " + days.size());
    }
    return new HistorySplit(learning, testing);
  }

  /** What a site has measured on the nearest days it may learn from, earliest first, kW. */
  List<Profile> historyKw(ProsumerSite site, int days) {
    return learning.stream()
        .limit(days)
        .sorted(Comparator.naturalOrder())
        .map(site.generationHistoryKw()::get)
        .toList();
  }
}
