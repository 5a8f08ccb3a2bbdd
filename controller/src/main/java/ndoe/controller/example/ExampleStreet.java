package ndoe.controller.example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.journal.RunFolderException;

/**
 * The files of a street with three prosumers: feeder, scenario, profiles, and a fleet if wanted.
 */
public final class ExampleStreet {
  /** The file to check and to run. */
  public static final String SCENARIO = "scenario.yaml";

  /** Devices to emulate, and the fleet that takes them for real. */
  public static final String DEVICES = "devices.yaml";

  public static final String FLEET = "fleet.yaml";

  private static final List<String> ALWAYS =
      List.of("README.md", SCENARIO, "feeder.dss", "profiles.csv");

  private ExampleStreet() {}

  /**
   * Writes the files.
   *
   * @param folder empty or not there yet
   * @return what was written
   * @throws RunFolderException if the folder holds anything or cannot be written
   */
  public static List<Path> write(Path folder, boolean withFleet) {
    EmptyFolder.at(folder);
    List<String> names = new ArrayList<>(ALWAYS);
    if (withFleet) {
      names.addAll(List.of(DEVICES, FLEET));
    }
    return names.stream().map(name -> write(name, folder.resolve(name))).toList();
  }

  private static Path write(String name, Path file) {
    try (InputStream known = ExampleStreet.class.getResourceAsStream(name)) {
      Files.copy(known, file);
      return file;
    } catch (IOException e) {
      throw new RunFolderException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
