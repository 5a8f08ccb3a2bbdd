package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import ndoe.controller.loop.EmulatedDevices;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandIT {
  @TempDir Path temp;

  private Path made(String... options) {
    Path folder = temp.resolve("street");
    Spoken spoken =
        Spoken.by(Stream.concat(Stream.of("init", folder), Stream.of(options)).toArray());
    assertEquals(0, spoken.exitCode(), spoken.err());
    assertTrue(spoken.out().contains("next: ndoe check " + folder), spoken.out());
    return folder;
  }

  @Test
  void anExampleIsRightAndRunsAsItIs() throws IOException {
    Path scenario = made().resolve("scenario.yaml");
    Spoken checked = Spoken.by("check", scenario);
    assertEquals(0, checked.exitCode(), checked.out());
    assertFalse(checked.out().contains("WARN"), checked.out());

    Path runs = temp.resolve("runs");
    Spoken run = Spoken.by("run", scenario, "--runs", runs, "--random-points", 20);
    assertEquals(0, run.exitCode(), run.out() + run.err());
    assertTrue(run.out().contains("certified: "), run.out());
    assertTrue(run.out().contains("done: no limit was broken"), run.out());
    try (Stream<Path> folders = Files.list(runs)) {
      assertTrue(Files.size(folders.findFirst().orElseThrow().resolve("report.html")) > 10_000);
    }
  }

  @Test
  void itsFleetTakesEmulatedDevicesForReal() throws IOException {
    Path folder = made("--with-fleet");
    Path scenario = folder.resolve("scenario.yaml");
    Path fleet = folder.resolve("fleet.yaml");
    Path devices = folder.resolve("devices.yaml");
    Spoken checked = Spoken.by("check", scenario, fleet, devices);
    assertEquals(0, checked.exitCode(), checked.out());
    assertTrue(checked.out().contains("farm-pv, pv of Farm, modbus 127.0.0.1:15021"));

    replace(
        scenario,
        "T00:00\", interval_minutes: 60, intervals: 24",
        "T11:00\", interval_minutes: 60, intervals: 2");
    replace(devices, "port: 15021", "port: 0");
    replace(devices, "port: 15022", "port: 0");
    try (EmulatedDevices emulated = EmulatedDevices.start(devices, Optional.empty(), 1)) {
      for (DeviceSpec spec : emulated.specs()) {
        int port = ((Connection.ModbusTcp) spec.connection()).port();
        replace(fleet, spec.id().value().equals("farm-pv") ? "15021" : "15022", "" + port);
      }
      Spoken run =
          Spoken.by(
              "run",
              scenario,
              "--fleet",
              fleet,
              "--runs",
              temp.resolve("runs"),
              "--random-points",
              5);
      assertEquals(0, run.exitCode(), run.out() + run.err());
      assertTrue(run.out().contains("2 of them real"), run.out());
    }
  }

  @Test
  void overwritesNothing() throws IOException {
    Path folder = made();
    Path scenario = Files.writeString(folder.resolve("scenario.yaml"), "mine");
    Spoken again = Spoken.by("init", folder);
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("is not empty"), again.err());
    assertEquals("mine", Files.readString(scenario));
  }

  private static void replace(Path file, String text, String replacement) throws IOException {
    String known = Files.readString(file);
    assertTrue(known.contains(text), "nothing to replace: " + text);
    Files.writeString(file, known.replace(text, replacement));
  }
}
