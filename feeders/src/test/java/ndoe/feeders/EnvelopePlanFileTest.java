package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopePlanFileTest {
  private Path file;
  private Scenario scenario;

  @BeforeEach
  void writeRoundPlan(@TempDir Path folder) {
    scenario = new SmallScenario(folder).read();
    file = folder.resolve("envelopes.csv");
    EnvelopePlanFile.write(file, plan((n, t) -> 10.5 + t));
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    assertEquals(plan((n, t) -> 10.5 + t), EnvelopePlanFile.read(file, scenario));
    assertEquals(
        List.of(
            "interval_start,prosumer,bus,import_limit_kw,export_limit_kw,planned_net_import_kw",
            "2016-03-05T00:00,A,mid,10.500,21.000,-5.250",
            "2016-03-05T00:00,B,mid,10.500,21.000,-5.250",
            "2016-03-05T02:00,A,mid,11.500,23.000,-5.750"),
        Files.readAllLines(file).subList(0, 4));
  }

  @Test
  void neverWritesALimitTooHighNorAPlanOutsideIt() {
    Random random = new Random(7);
    double[] values = random.doubles(100, 0, 1000).toArray();
    EnvelopePlan exact = plan((n, t) -> values[n * 12 + t]);
    EnvelopePlan atLimits =
        new EnvelopePlan(
            exact.horizon(),
            exact.points().stream().map(EnvelopePlanFileTest::plannedAtImportLimit).toList());
    EnvelopePlanFile.write(file, atLimits);
    EnvelopePlan read = EnvelopePlanFile.read(file, scenario);
    assertEquals(EnvelopePlanFile.asWritten(atLimits), read);
    for (ConnectionPoint point : scenario.connectionPoints()) {
      for (int t = 0; t < 12; t++) {
        OperatingEnvelope before = atLimits.of(point.prosumer()).envelopes().get(t);
        OperatingEnvelope after = read.of(point.prosumer()).envelopes().get(t);
        assertTrue(after.importLimitKw() <= before.importLimitKw());
        assertTrue(after.exportLimitKw() <= before.exportLimitKw());
        assertEquals(before.importLimitKw(), after.importLimitKw(), 1e-3);
        assertEquals(after.importLimitKw(), read.of(point.prosumer()).plannedNetImportKw().at(t));
      }
    }
  }

  @Test
  void readsRowsInAnyOrder() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    Collections.shuffle(lines.subList(1, lines.size()), new Random(3));
    Files.write(file, lines);
    assertEquals(plan((n, t) -> 10.5 + t), EnvelopePlanFile.read(file, scenario));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          T00:00,A,mid,10.500,21.000 | T00:00,A,mid,-1,21.000    | 2 | import_limit_kw | found -1; allowed is a number ≥ 0
          T00:00,A,mid,10.500,21.000 | T00:00,A,mid,NaN,21.000   | 2 | import_limit_kw | found NaN
          T00:00,A,mid,10.500,21.000 | T00:00,A,mid,10.500,      | 2 | export_limit_kw | found nothing
          T00:00,A,mid,10.500,21.000 | T00:00,A,mid,10.500,1     | 2 | planned_net_import_kw | found -5.25; allowed is the envelope, -1.0 to 10.5
          T00:00,A,mid,10.500,21.000 | T00:00,C,mid,10.500,21.000 | 2 | prosumer | no prosumer of the scenario
          T00:00,A,mid,10.500,21.000 | T00:00,A,end,10.500,21.000 | 2 | bus | A is at bus mid
          T00:00,A,mid,10.500,21.000 | T01:00,A,mid,10.500,21.000 | 2 | interval_start | 12 intervals of 120 minutes from 2016-03-05T00:00
          T00:00,A,mid,10.500,21.000 | T02:00,A,mid,10.500,21.000 | 4 | interval_start | twice; first in line 2
          T00:00,A,mid,10.500,21.000 | T00:00,A,10.500,21.000    | 2 | '' | 5 fields; allowed is 6
          2016-03-05T00:00,A         | 2015-03-05T00:00,A        | 2 | interval_start | found 2015-03-05T00:00
          import_limit_kw            | import_limit              | 1 | '' | the first line must read interval_start,prosumer,bus,import_limit_kw
          """)
  void refuses(String text, String replacement, int line, String column, String message)
      throws IOException {
    String csv = Files.readString(file);
    assertTrue(csv.contains(text));
    Files.writeString(file, csv.replace(text, replacement));
    InvalidInputException.Problem problem =
        assertThrows(InvalidInputException.class, () -> EnvelopePlanFile.read(file, scenario))
            .problems()
            .get(0);
    assertEquals(line, problem.line(), problem::toString);
    assertEquals(column, problem.key());
    assertTrue(problem.message().contains(message), problem::toString);
  }

  @Test
  void refusesAPlanWithMissingRows() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 3));
    assertEquals(
        List.of(
            "A has no row for 1 of 12 intervals, first 2016-03-05T22:00",
            "B has no row for 2 of 12 intervals, first 2016-03-05T20:00"),
        assertThrows(InvalidInputException.class, () -> EnvelopePlanFile.read(file, scenario))
            .problems()
            .stream()
            .map(InvalidInputException.Problem::message)
            .toList());
  }

  @Test
  void listsAllProblemsAtOnce() throws IOException {
    Files.writeString(
        file, Files.readString(file).replace(",21.000,", ",x,").replace(",23.000,", ",-1,"));
    assertEquals(
        List.of(2, 3, 4, 5),
        assertThrows(InvalidInputException.class, () -> EnvelopePlanFile.read(file, scenario))
            .problems()
            .stream()
            .map(InvalidInputException.Problem::line)
            .toList());
  }

  private EnvelopePlan plan(Limit limit) {
    List<ProsumerSite> sites = scenario.prosumers();
    return new EnvelopePlan(
        scenario.horizon(),
        IntStream.range(0, sites.size())
            .mapToObj(
                n ->
                    new EnvelopePlan.PointPlan(
                        sites.get(n).id(),
                        sites.get(n).connectionPoint().bus(),
                        IntStream.range(0, 12)
                            .mapToObj(
                                t -> new OperatingEnvelope(limit.kw(n, t), 2 * limit.kw(n, t)))
                            .toList(),
                        Profile.generate(12, t -> -limit.kw(n, t) / 2)))
            .toList());
  }

  private static EnvelopePlan.PointPlan plannedAtImportLimit(EnvelopePlan.PointPlan point) {
    return new EnvelopePlan.PointPlan(
        point.prosumer(),
        point.bus(),
        point.envelopes(),
        Profile.generate(12, t -> point.envelopes().get(t).importLimitKw()));
  }

  private interface Limit {
    double kw(int prosumer, int interval);
  }
}
