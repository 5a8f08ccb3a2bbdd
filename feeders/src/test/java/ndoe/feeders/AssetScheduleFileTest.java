package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetScheduleFileTest {
  private Path file;
  private Scenario scenario;

  @BeforeEach
  void writeSchedules(@TempDir Path folder) {
    scenario = new SmallScenario(folder).read();
    file = folder.resolve("dso-assets.csv");
    AssetScheduleFile.write(file, scenario.horizon(), schedules());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    assertEquals(AssetScheduleFile.asWritten(schedules()), AssetScheduleFile.read(file, scenario));
    assertEquals(
        List.of(
            "interval_start,asset,bus,active_power_kw,reactive_power_kvar",
            "2016-03-05T00:00,SVC,end,0.000,-20.000",
            "2016-03-05T00:00,ESS,mid,1.235,0.000"),
        Files.readAllLines(file).subList(0, 3));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          T00:00,SVC,end,0.000,-20.000 | T00:00,SVC,end,1,-20.000    | 2 | active_power_kw | found 1; allowed is only 0
          T00:00,SVC,end,0.000,-20.000 | T00:00,SVC,end,0.000,-41    | 2 | reactive_power_kvar | found -41
          T00:00,SVC,end,0.000,-20.000 | T00:00,SVX,end,0.000,-20    | 2 | asset | did you mean SVC?
          T00:00,SVC,end,0.000,-20.000 | T00:00,SVC,mid,0.000,-20    | 2 | bus | SVC is at bus end
          T00:00,SVC,end,0.000,-20.000 | T02:00,SVC,end,0.000,-20    | 4 | interval_start | twice; first in line 2
          T00:00,ESS,mid,1.235         | T00:00,ESS,mid,Infinity     | 3 | active_power_kw | found Infinity
          """)
  void refuses(String text, String replacement, int line, String column, String message)
      throws IOException {
    String csv = Files.readString(file);
    assertTrue(csv.contains(text));
    Files.writeString(file, csv.replace(text, replacement));
    InvalidInputException.Problem problem =
        assertThrows(InvalidInputException.class, () -> AssetScheduleFile.read(file, scenario))
            .problems()
            .get(0);
    assertEquals(line, problem.line(), problem::toString);
    assertEquals(column, problem.key());
    assertTrue(problem.message().contains(message), problem::toString);
  }

  @Test
  void refusesSchedulesWithMissingRows() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> AssetScheduleFile.read(file, scenario))
            .getMessage()
            .contains("ESS has no row for 1 of 12 intervals, first 2016-03-05T22:00"));
  }

  private List<AssetSchedule> schedules() {
    return List.of(
        new AssetSchedule(
            "SVC", new BusId("end"), Profile.constant(0, 12), Profile.generate(12, t -> -20 + t)),
        new AssetSchedule(
            "ESS", new BusId("mid"), Profile.constant(1.2346, 12), Profile.constant(0, 12)));
  }
}
