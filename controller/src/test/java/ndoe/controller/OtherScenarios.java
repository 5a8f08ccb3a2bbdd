package ndoe.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/** Days and prosumers nobody tuned for, made from the reference scenario. */
public final class OtherScenarios {
  private OtherScenarios() {}

  /**
   * The reference scenario with its text changed.
   *
   * @param folder where the changed file is written
   */
  public static Scenario changed(Path folder, UnaryOperator<String> change) {
    Path home = ReferenceDay.FILE.toAbsolutePath().normalize().getParent();
    try {
      String text =
          Files.readString(ReferenceDay.FILE)
              .replace("dss: feeder.dss", "dss: \"" + home.resolve("feeder.dss") + "\"")
              .replace(
                  "profiles: profiles-2016-15min.csv.gz",
                  "profiles: \"" + home.resolve("profiles-2016-15min.csv.gz") + "\"");
      Path file = Files.createTempFile(folder, "scenario", ".yaml");
      return ScenarioFile.read(Files.writeString(file, change.apply(text)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first prosumers and the links among them. */
  public static Scenario first(Scenario scenario, int prosumers) {
    var kept = scenario.prosumers().subList(0, prosumers);
    List<?> ids = kept.stream().map(site -> site.id()).toList();
    return new Scenario(
        scenario.file(),
        scenario.namedFiles(),
        scenario.name(),
        scenario.description(),
        scenario.feeder(),
        scenario.passiveLoads(),
        scenario.horizon(),
        scenario.seed(),
        scenario.tariff(),
        scenario.tradeLinks().stream()
            .filter(link -> ids.contains(link.first()) && ids.contains(link.second()))
            .toList(),
        scenario.operator(),
        scenario.uncertainty(),
        kept);
  }
}
