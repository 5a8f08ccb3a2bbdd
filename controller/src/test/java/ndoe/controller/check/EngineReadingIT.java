package ndoe.controller.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ndoe.controller.ReferenceDay;
import ndoe.feeders.Feeder;
import ndoe.feeders.FeederFile;
import ndoe.feeders.VoltageLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineReadingIT {
  private static final Path SCRIPT = ReferenceDay.FILE.resolveSibling("feeder.dss");

  @TempDir Path temp;

  private final Feeder feeder =
      FeederFile.read(SCRIPT, 1.03, new VoltageLimits(0.95, 1.05), Map.of("default", 3000.0));

  private List<String> differences(String script) throws IOException {
    Path changed = Files.writeString(temp.resolve("changed.dss"), script);
    return EngineReading.differences(changed, feeder);
  }

  @Test
  void findsNoneInTheFeederOfTheReferenceDay() {
    assertEquals(List.of(), EngineReading.differences(SCRIPT, feeder));
  }

  @Test
  void namesEveryValueTheEngineReadsOtherwise() throws IOException {
    String script =
        Files.readString(SCRIPT)
            .replace("kW=420 kvar=200", "kW=421 kvar=200")
            .replace("New Load.B33 ", "New Load.B34 ");
    assertEquals(
        List.of(
            "load b33 is not in OpenDSS",
            "load b34 is in OpenDSS alone",
            "load B24: read 420.0 kW, OpenDSS 421.0",
            "load B25: read 420.0 kW, OpenDSS 421.0"),
        differences(script));
  }

  @Test
  void noticesAnotherImpedanceInTheVoltagesButNotOneThatCarriesNoCurrent() throws IOException {
    String script = Files.readString(SCRIPT);
    List<String> differences = differences(script.replace("r1=0.0922 ", "r1=0.0932 "));
    assertEquals(1, differences.size(), differences.toString());
    assertTrue(
        differences.get(0).startsWith("at nominal load the voltage of bus 18 differs by 0.0000"),
        differences.get(0));
    assertEquals(List.of(), differences(script.replace("r0=0.0922 ", "r0=0.3 ")));
  }

  @Test
  void tellsWhyTheEngineDoesNotTakeAScript() throws IOException {
    List<String> differences = differences(Files.readString(SCRIPT).replace("=[12.66]", "=[0.4]"));
    assertEquals(1, differences.size(), differences.toString());
    assertTrue(differences.get(0).startsWith("OpenDSS refuses the script: "), differences.get(0));
    assertTrue(
        differences("Clear\n").get(0).contains("no New Circuit"), differences("Clear\n").get(0));
  }
}
