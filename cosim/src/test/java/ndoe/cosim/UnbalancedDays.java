package ndoe.cosim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/** The scenarios on feeders that only the engine can read. */
public final class UnbalancedDays {
  private static final Path FEEDERS = Path.of("..", "feeders").toAbsolutePath().normalize();

  private UnbalancedDays() {}

  /** The scenario of {@code feeders/<name>}. */
  public static Scenario of(String name) {
    return ScenarioFile.read(FEEDERS.resolve(name).resolve(name + ".yaml"));
  }

  /** The reference scenario, whose feeder we understand ourselves. */
  public static Scenario reference() {
    return ScenarioFile.read(FEEDERS.resolve("ieee33").resolve("ieee33-improved.yaml"));
  }

  /**
   * The reference scenario with its feeder read by the engine.
   *
   * @param folder where the changed file is written
   */
  public static Scenario referenceAsCircuit(Path folder) {
    Path home = FEEDERS.resolve("ieee33");
    try {
      String text =
          Files.readString(home.resolve("ieee33-improved.yaml"))
              .replace("dss: feeder.dss", "model: opendss\n  dss: " + home.resolve("feeder.dss"))
              .replace("profiles: profiles", "profiles: " + home.resolve("profiles"));
      return ScenarioFile.read(Files.writeString(folder.resolve("scenario.yaml"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
