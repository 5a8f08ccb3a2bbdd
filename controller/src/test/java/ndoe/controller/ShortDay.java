package ndoe.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/** The reference scenario cut to a few hours of its day. */
public final class ShortDay {
  private ShortDay() {}

  /** Writes it into a folder; the first interval starts at this hour. */
  public static Path write(Path folder, int startHour, int intervals) throws IOException {
    Path home = ReferenceDay.FILE.toAbsolutePath().normalize().getParent();
    String text =
        Files.readString(ReferenceDay.FILE)
            .replace("dss: feeder.dss", "dss: \"" + home.resolve("feeder.dss") + "\"")
            .replace(
                "profiles: profiles-2016-15min.csv.gz",
                "profiles: \"" + home.resolve("profiles-2016-15min.csv.gz") + "\"")
            .replace("2016-06-21T00:00", "2016-06-21T%02d:00".formatted(startHour))
            .replace("intervals: 24", "intervals: " + intervals);
    return Files.writeString(folder.resolve("short.yaml"), text);
  }

  /** A whole day of a few long intervals. */
  public static Scenario coarse(Path folder, int intervals) throws IOException {
    Path file = write(folder, 0, intervals);
    String text =
        Files.readString(file)
            .replace("interval_minutes: 60", "interval_minutes: " + 24 * 60 / intervals);
    return ScenarioFile.read(Files.writeString(file, text));
  }
}
