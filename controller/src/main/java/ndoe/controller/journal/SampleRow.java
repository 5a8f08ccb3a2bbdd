package ndoe.controller.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * One interval of a trajectory a prosumer decided on; private to the prosumer.
 *
 * @param sample counted from 0
 * @param interval counted from 0
 * @param generationKw of sun and wind, kW
 */
public record SampleRow(
    ProsumerId prosumer, int sample, double probability, int interval, double generationKw) {

  static List<SampleRow> of(ProsumerId prosumer, List<SampleTrajectory> samples) {
    List<SampleRow> rows = new ArrayList<>();
    for (int number = 0; number < samples.size(); number++) {
      SampleTrajectory sample = samples.get(number);
      for (int t = 0; t < sample.generationKw().intervals(); t++) {
        rows.add(
            new SampleRow(prosumer, number, sample.probability(), t, sample.generationKw().at(t)));
      }
    }
    return rows;
  }

  /** The trajectories that these rows were made of. */
  static Map<ProsumerId, List<SampleTrajectory>> trajectories(List<SampleRow> rows) {
    Map<ProsumerId, Map<Integer, List<SampleRow>>> sorted = new LinkedHashMap<>();
    for (SampleRow row : rows) {
      sorted
          .computeIfAbsent(row.prosumer(), p -> new LinkedHashMap<>())
          .computeIfAbsent(row.sample(), s -> new ArrayList<>())
          .add(row);
    }
    Map<ProsumerId, List<SampleTrajectory>> trajectories = new LinkedHashMap<>();
    sorted.forEach(
        (prosumer, samples) ->
            trajectories.put(
                prosumer, samples.values().stream().map(SampleRow::trajectory).toList()));
    return trajectories;
  }

  private static SampleTrajectory trajectory(List<SampleRow> rows) {
    return new SampleTrajectory(
        rows.get(0).probability(), Profile.generate(rows.size(), t -> rows.get(t).generationKw()));
  }
}
