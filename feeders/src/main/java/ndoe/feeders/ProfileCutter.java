package ndoe.feeders;

import java.util.List;
import java.util.Optional;

/** Cuts the profiles a scenario names to its horizon and to the days it learns from. */
final class ProfileCutter {
  private final Optional<ProfileFile> file;
  private final Horizon horizon;
  private final boolean usable;
  private List<Horizon> history = List.of();

  ProfileCutter(Optional<ProfileFile> file, Horizon horizon, YamlMap horizonMap) {
    this.horizon = horizon;
    Optional<String> whyNot = file.flatMap(known -> known.whyNotCut(horizon));
    whyNot.ifPresent(reason -> horizonMap.problem("start", reason));
    this.file = file;
    this.usable = file.isPresent() && whyNot.isEmpty();
  }

  /** From now on history is as long as asked for, or as long as there is; returns its days. */
  List<Horizon> useHistoryOf(Uncertainty uncertainty, YamlMap root, boolean whole) {
    if (!usable) {
      return history;
    }
    history = file.orElseThrow().nearestDays(horizon, uncertainty.historyDays());
    if (history.size() < uncertainty.historyDays()) {
      root.mapOrEmpty("uncertainty")
          .problem(
              "history_days",
              "found %d; the profiles have only %d other whole days"
                  .formatted(uncertainty.historyDays(), history.size()));
    }
    if (whole) {
      history = file.orElseThrow().nearestDays(horizon, Integer.MAX_VALUE);
    }
    return history;
  }

  /** The column under {@code profile}, times a factor; zeros after a problem. */
  Profile cut(YamlMap map, double factor) {
    return cut(map, horizon).times(factor);
  }

  /** Zeros over the horizon. */
  Profile nothing() {
    return Profile.constant(0, horizon.intervals());
  }

  /** The same on each day of the history, earliest first. */
  List<Profile> cutHistory(YamlMap map, double factor) {
    return history.stream().map(day -> cut(map, day).times(factor)).toList();
  }

  /** Zeros for each day of the history. */
  List<Profile> emptyHistory() {
    return history.stream().map(day -> Profile.constant(0, day.intervals())).toList();
  }

  private Profile cut(YamlMap map, Horizon window) {
    if (file.isEmpty()) {
      map.text("profile");
      return Profile.constant(0, 1);
    }
    List<String> columns = file.get().columns();
    String column = map.oneOf("profile", columns, "a column of the profiles");
    return usable && file.get().keeps(column)
        ? file.get().cut(column, window)
        : Profile.constant(0, 1);
  }
}
