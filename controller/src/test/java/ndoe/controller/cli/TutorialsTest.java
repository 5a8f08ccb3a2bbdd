package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** What the tutorials tell to type: commands that exist, files that are there by then. */
class TutorialsTest {
  private static final Path HOME = Path.of("..");
  private static final Set<String> WRITTEN =
      Set.of("--out", "--runs", "--report", "--state", "--fleet-out", "--certificate");
  private static final Set<String> OPERATORS = Set.of("|", "||", "&", "&&", ";", ">");

  /** What looks like a file of this project or one that was made before. */
  private static final Pattern FILE =
      Pattern.compile("[A-Za-z][\\w.*-]*(/[\\w.*-]+)+|[\\w-]+\\.(yaml|dss|csv|json|md|txt)");

  private final Set<Path> made = new HashSet<>();
  private final List<String> missing = new ArrayList<>();

  static Stream<Tutorial> tutorials() {
    return Tutorial.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tutorials")
  void everyCommandCanBeTypedAndEveryFileIsThere(Tutorial tutorial) {
    List<List<String>> commands = tutorial.commands();
    assertTrue(commands.size() > 3, () -> tutorial + " has only " + commands);
    for (List<String> words : commands) {
      look(words);
    }
    assertEquals(List.of(), missing, tutorial::toString);
  }

  @Test
  void misspelledOptionsAndForgottenFilesAreFound() {
    CommandLine ndoe = Ndoe.commandLine();
    org.junit.jupiter.api.Assertions.assertThrows(
        CommandLine.ParameterException.class, () -> ndoe.parseArgs("run", "--dry-runs"));
    look(List.of("./ndoe", "check", "bench/fleet.yaml", "feeders/ieee33/ieee33-short.yaml"));
    look(List.of("sed", "-i", "s/a/b/", "mine/x.yaml"));
    assertEquals(List.of("bench/fleet.yaml", "mine/x.yaml"), missing);
  }

  private void look(List<String> words) {
    int redirected = words.indexOf(">");
    int end = (int) words.stream().takeWhile(word -> !OPERATORS.contains(word)).count();
    List<String> command = words.subList(0, end);
    if (command.get(0).equals("./ndoe")) {
      lookAtNdoe(command.subList(1, command.size()));
    } else if (command.get(0).equals("mkdir") || command.contains("venv")) {
      made.add(Path.of(command.get(command.size() - 1)));
    } else {
      lookAtOther(command);
    }
    if (redirected >= 0) {
      made.add(Path.of(words.get(redirected + 1)));
    }
  }

  private void lookAtOther(List<String> command) {
    String last = command.get(command.size() - 1);
    for (String word : command) {
      if (command.get(0).equals("cp") && word.equals(last)) {
        made.add(Path.of(word));
      } else if (command.contains("--state") && word.equals(after(command, "--state"))) {
        made.add(Path.of(word));
      } else if (FILE.matcher(word).matches()) {
        need(word);
      }
    }
  }

  private static String after(List<String> command, String option) {
    return command.get(command.indexOf(option) + 1);
  }

  private void lookAtNdoe(List<String> arguments) {
    ParseResult parsed =
        assertDoesNotThrow(
            () -> Ndoe.commandLine().parseArgs(arguments.toArray(String[]::new)),
            arguments::toString);
    assertTrue(parsed.hasSubcommand(), () -> "no command in " + arguments);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    boolean makes = parsed.commandSpec().name().equals("init");
    List<String> written = new ArrayList<>();
    for (var option : parsed.matchedOptions()) {
      if (WRITTEN.contains(option.longestName())) {
        written.addAll(option.stringValues());
      } else if (isPath(option)) {
        option.stringValues().forEach(this::need);
      }
    }
    for (var positional : parsed.matchedPositionals()) {
      if (makes) {
        written.addAll(positional.stringValues());
      } else if (isPath(positional)) {
        positional.stringValues().forEach(this::need);
      }
    }
    written.forEach(file -> made.add(Path.of(file)));
  }

  private static boolean isPath(ArgSpec argument) {
    return argument.type().equals(Path.class)
        || Arrays.asList(argument.auxiliaryTypes()).contains(Path.class);
  }

  private void need(String file) {
    Path path = Path.of(file);
    boolean there =
        Files.exists(HOME.resolve(path)) && !path.startsWith("out")
            || made.stream().anyMatch(path::startsWith);
    if (!there) {
      missing.add(file);
    }
  }

  @Test
  void linksLeadToFiles() {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    for (Tutorial tutorial : Tutorial.all()) {
      String text = assertDoesNotThrow(() -> Files.readString(tutorial.page()));
      assertFalse(text.contains("@"), () -> tutorial + " has something left to fill in");
      link.matcher(text)
          .results()
          .map(found -> tutorial.page().resolveSibling(found.group(1)))
          .forEach(target -> assertTrue(Files.exists(target), () -> tutorial + ": " + target));
    }
  }
}
