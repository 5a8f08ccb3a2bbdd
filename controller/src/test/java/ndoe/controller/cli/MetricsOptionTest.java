package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

class MetricsOptionTest {
  @Command(name = "test")
  private static final class Line {
    @Mixin private MetricsOption metrics;

    @Parameters(arity = "0..1")
    private String scenario;
  }

  private static Line parsed(String... words) {
    Line line = new Line();
    new CommandLine(line).parseArgs(words);
    return line;
  }

  @Test
  void takesAPortOnlyWhereANumberFollows() {
    assertEquals(OptionalInt.empty(), parsed("day.yaml").metrics.port());
    assertEquals(OptionalInt.of(0), parsed("--metrics").metrics.port());
    assertEquals(OptionalInt.of(9464), parsed("--metrics", "9464").metrics.port());
    assertEquals(OptionalInt.of(9464), parsed("--metrics=9464", "day.yaml").metrics.port());
    Line before = parsed("--metrics", "day.yaml");
    assertEquals(OptionalInt.of(0), before.metrics.port());
    assertEquals("day.yaml", before.scenario);
  }

  @Test
  void refusesAPortThatIsNone() {
    Line line = parsed("--metrics", "65536");
    assertThrows(ParameterException.class, line.metrics::port);
  }
}
