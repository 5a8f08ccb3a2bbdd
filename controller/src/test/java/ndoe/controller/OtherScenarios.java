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

  /**
   * A few hours of a scenario of another feeder.
   *
   * @param feeder folder under {@code feeders}, whose scenario has its name
   * @param folder where the changed file is written
   */
  public static Scenario shortDayOf(String feeder, Path folder, int startHour, int intervals) {
    Path home = ReferenceDay.FILE.toAbsolutePath().normalize().getParent();
    Path other = home.resolveSibling(feeder);
    try {
      String text =
          Files.readString(other.resolve(feeder + ".yaml"))
              .replace("dss: feeder.dss", "dss: \"" + other.resolve("feeder.dss") + "\"")
              .replace(
                  "../ieee33/profiles-2016-15min.csv.gz",
                  home.resolve("profiles-2016-15min.csv.gz").toString())
              .replace("T00:00", "T%02d:00".formatted(startHour))
              .replace("intervals: 24", "intervals: " + intervals);
      Path file = Files.createTempFile(folder, "scenario", ".yaml");
      return ScenarioFile.read(Files.writeString(file, text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first prosumers and the links among them. */
  public static Scenario first(Scenario scenario, int prosumers) {
    var kept = scenario.prosumers().subList(0, prosumers);
    List<?> ids = kept.stream().map(site -> site.id()).toList();
    return scenario
        .withTradeLinks(
            scenario.tradeLinks().stream()
                .filter(link -> ids.contains(link.first()) && ids.contains(link.second()))
                .toList())
        .withProsumers(kept);
  }
}
