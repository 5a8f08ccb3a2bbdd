package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.controller.ShortDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchAgentsCommandIT {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... options) throws Exception {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] arguments = new String[options.length + 3];
    arguments[0] = "bench";
    arguments[1] = "agents";
    arguments[2] = ShortDay.write(folder, 10, 2).toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return command.execute(arguments);
  }

  @Test
  void measuresSoManyRoundsOfEachNumberAndProjectsForMany() throws Exception {
    assertEquals(0, bench("--prosumers", "4,12", "--rounds", "2"), err + "\n" + out);
    String said = out.toString();
    assertTrue(
        said.contains("4 prosumers: not agreed (ended by --rounds), certified after 2"), said);
    assertTrue(
        said.contains("12 prosumers: not agreed (ended by --rounds), certified after"), said);
    Matcher rounds = Pattern.compile("a round: (\\d+) messages").matcher(said);
    assertTrue(rounds.find(), said);
    assertTrue(rounds.find(rounds.end()), said);
    // A prosumer says and hears at least eight messages in a round of one cycle.
    assertTrue(Integer.parseInt(rounds.group(1)) >= 12 * 7, said);
    assertTrue(said.contains("0 sent again, 0 prosumers dropped"), said);
    assertTrue(said.contains("projection, not measured: 10,000 prosumers need "), said);
    assertTrue(said.contains("linear in their number; fitted to 2 measured"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prosumers | 0 | --prosumers must be 1 to 10000: 0",
        "--prosumers | 8,10001 | --prosumers must be 1 to 10000: 10001",
        "--rounds | 0 | --rounds must be at least 1: 0",
        "--broker | tcp://a,ssl://b | --broker: brokers of one cluster are all tcp:// or all ssl://"
      })
  void saysWhichValuesAreAllowed(String option, String value, String expected) throws Exception {
    assertEquals(2, bench(option, value));
    assertTrue(err.toString().contains(expected), err::toString);
  }
}
