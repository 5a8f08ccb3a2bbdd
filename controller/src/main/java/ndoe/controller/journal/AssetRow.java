package ndoe.controller.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.Profile;

/**
 * What one of the operator’s own assets does in one interval, injection positive.
 *
 * @param interval counted from 0
 * @param activePowerKw injection, kW
 * @param reactivePowerKvar injection, kvar
 */
public record AssetRow(
    int interval, String asset, BusId bus, double activePowerKw, double reactivePowerKvar) {

  static List<AssetRow> of(List<AssetSchedule> schedules) {
    List<AssetRow> rows = new ArrayList<>();
    for (AssetSchedule schedule : schedules) {
      for (int t = 0; t < schedule.activePowerKw().intervals(); t++) {
        rows.add(
            new AssetRow(
                t,
                schedule.asset(),
                schedule.bus(),
                schedule.activePowerKw().at(t),
                schedule.reactivePowerKvar().at(t)));
      }
    }
    return rows;
  }

  /** The schedules that these rows were made of. */
  static List<AssetSchedule> schedules(List<AssetRow> rows) {
    Map<String, List<AssetRow>> byAsset = new LinkedHashMap<>();
    rows.forEach(row -> byAsset.computeIfAbsent(row.asset(), a -> new ArrayList<>()).add(row));
    return byAsset.values().stream()
        .map(
            own ->
                new AssetSchedule(
                    own.get(0).asset(),
                    own.get(0).bus(),
                    Profile.generate(own.size(), t -> own.get(t).activePowerKw()),
                    Profile.generate(own.size(), t -> own.get(t).reactivePowerKvar())))
        .toList();
  }
}
