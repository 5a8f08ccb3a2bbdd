package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ndoe.controller.reference.ReferencePages;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ReferenceCommandTest {
  private static final Path HOME = Path.of("..");
  private static final Path COMMITTED = Path.of("docs", "reference");

  private final Map<String, String> pages = ReferencePages.of(Ndoe.commandLine(), HOME);

  @Test
  void theCommittedPagesAreWhatTheCodeGives() throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertEquals(
          page.getValue(),
          Files.readString(COMMITTED.resolve(page.getKey())),
          "outdated; run ./ndoe reference --out controller/docs/reference");
    }
    try (Stream<Path> files = Files.list(COMMITTED)) {
      assertEquals(
          List.copyOf(pages.keySet()).stream().sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void everyCommandAndOptionIsThereAndExplained() {
    String page = pages.get("cli.md");
    commands(Ndoe.commandLine())
        .forEach(
            command -> {
              var spec = command.getCommandSpec();
              assertTrue(page.contains("## " + spec.qualifiedName() + "\n"), spec.qualifiedName());
              assertTrue(
                  spec.usageMessage().description().length > 0,
                  spec.qualifiedName() + " says nothing");
              for (OptionSpec option : spec.options()) {
                assertTrue(page.contains(option.longestName()), option.longestName());
                assertTrue(
                    String.join("", option.description()).length() > 10,
                    spec.qualifiedName() + " " + option.longestName() + " says nothing");
              }
            });
    assertFalse(page.contains("${"), page);
  }

  private static Stream<CommandLine> commands(CommandLine parent) {
    return parent.getSubcommands().values().stream()
        .flatMap(child -> Stream.concat(Stream.of(child), commands(child)));
  }

  @Test
  void aKeyIsToldWithWhatIsAllowedAndItsDefault() {
    assertTrue(
        pages
            .get("scenario.md")
            .contains(
                "| `dso.risk.violation_probability` | a number &gt; 0 and &lt; 1 | `0.05` |"));
    assertTrue(
        pages
            .get("scenario.md")
            .contains("| `dso.batteries[].power_kw` | a number &gt; 0 | needed |"));
    assertTrue(
        pages
            .get("scenario.md")
            .contains(
                "| `feeder.source_voltage_pu` | a number ≥ 0.5 and ≤ 1.5 |"
                    + " needed unless model is opendss |"));
    assertTrue(
        pages
            .get("fleet.md")
            .contains("| `devices[].modbus.port` | a whole number ≥ 1 and ≤ 65535 |" + " `502` |"));
  }
}
