package ndoe.feeders;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an OpenDSS master file with the files it redirects to, which must lie in its folder or
 * below. What would touch other files, load code or run a study is refused; everything that
 * describes the network is written anew for the engine from what was understood here.
 */
final class MasterFile {
  private static final long LARGEST_BYTES = 16_000_000;
  private static final int MOST_FILES = 1000;

  private static final Set<String> SKIPPED =
      Set.of("clear", "clearall", "buscoords", "latlongcoords", "calcvoltagebases");
  private static final Set<String> SWITCHING = Set.of("open", "close", "enable", "disable");
  private static final String COMMANDS =
      "New, Edit, ~ (continuation), Set, Redirect, Open, Close, Enable, Disable, CalcVoltageBases,"
          + " Solve, Clear and Class.Name.Property=value";

  private final Path master;
  private final Path folder;
  private final Problems problems;
  private final List<CircuitScript.Statement> statements = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final Set<String> elements = new LinkedHashSet<>();
  private final Deque<Path> open = new ArrayDeque<>();
  private long bytes;
  private Optional<String> circuitName = Optional.empty();
  private boolean voltageBases;

  private MasterFile(Path master, Problems problems) {
    this.master = master;
    this.problems = problems;
    Path parent = master.toAbsolutePath().normalize().getParent();
    this.folder = parent == null ? Path.of("/") : parent;
  }

  /** The circuit, or nothing after telling what is wrong with it. */
  static Optional<CircuitScript> read(Path master, Problems problems) {
    int before = problems.count();
    MasterFile file = new MasterFile(master, problems);
    file.include(master, () -> file.problem(master, 0, "", "there is no such file"));
    if (problems.count() == before && file.circuitName.isEmpty()) {
      file.problem(master, 0, "", "no New Circuit in the script");
    }
    if (problems.count() == before && !file.voltageBases) {
      file.problem(
          master,
          0,
          "",
          "no Set VoltageBases=[…] in the script, so per-unit voltages have no base");
    }
    return problems.count() == before
        ? Optional.of(
            new CircuitScript(
                file.circuitName.orElseThrow(),
                file.statements,
                file.files.stream().distinct().toList()))
        : Optional.empty();
  }

  private void problem(Path file, int line, String key, String message) {
    problems.add(file, line, key, message);
  }

  private void include(Path file, Runnable missing) {
    try {
      if (!Files.exists(file)) {
        missing.run();
      } else if (!Files.isRegularFile(file)) {
        problem(file, 0, "", "not a file");
      } else if (Files.size(file) > LARGEST_BYTES - bytes || files.size() >= MOST_FILES) {
        problem(
            master,
            0,
            "",
            "too much; allowed are %d MB and %d files, counted as often as they are redirected to"
                .formatted(LARGEST_BYTES / 1_000_000, MOST_FILES));
      } else {
        bytes += Files.size(file);
        files.add(file);
        List<String> lines = Files.readAllLines(file);
        open.addLast(file.toRealPath());
        DssScript.commands(lines, (line, key, message) -> problem(file, line, key, message))
            .forEach(command -> take(file, command));
        open.removeLast();
      }
    } catch (CharacterCodingException notUtf8) {
      problem(file, 0, "", "not text in UTF-8");
    } catch (IOException failed) {
      problem(file, 0, "", "cannot be read: " + failed);
    }
  }

  private void take(Path file, DssScript.Command command) {
    String verb = command.verb().toLowerCase(Locale.ROOT);
    DssStatement statement =
        new DssStatement(
            command, (line, key, message) -> problem(file, line, key, message), elements);
    if (verb.equals("redirect") || verb.equals("compile")) {
      redirect(file, command);
    } else if (verb.equals("new")) {
      create(file, command, statement);
    } else if (verb.equals("edit")) {
      add(file, command, statement.editing());
    } else if (verb.equals("set")) {
      Optional<String> kept = statement.setting();
      voltageBases |=
          kept.filter(text -> text.toLowerCase(Locale.ROOT).contains("voltagebases")).isPresent();
      add(file, command, kept);
    } else if (SWITCHING.contains(verb)) {
      add(file, command, statement.switching());
    } else if (DssStatement.isAssignment(verb)) {
      add(file, command, statement.assigning());
    } else if (verb.equals("solve")) {
      snapshotOnly(file, command);
    } else if (!SKIPPED.contains(verb)) {
      problem(
          file,
          command.line(),
          "",
          "%s is not allowed; allowed are %s"
              .formatted(DssParameterCheck.shown(command.verb()), COMMANDS));
    }
  }

  /** A solution over time would be another study than ours; to solve once is for us to do. */
  private void snapshotOnly(Path file, DssScript.Command command) {
    for (DssScript.Parameter parameter : command.parameters()) {
      boolean snapshot =
          parameter.name().filter("mode"::equalsIgnoreCase).isPresent()
              && parameter.value().toLowerCase(Locale.ROOT).startsWith("snap");
      if (!snapshot) {
        problem(
            file,
            parameter.line(),
            "Solve",
            "found %s; allowed is nothing or mode=snapshot"
                .formatted(DssParameterCheck.shown(parameter.value())));
      }
    }
  }

  private void create(Path file, DssScript.Command command, DssStatement statement) {
    Optional<String> text = statement.creating();
    add(file, command, text);
    if (text.isPresent() && statement.newCircuit().isPresent()) {
      circuitName = statement.newCircuit();
      elements.add("vsource.source");
    }
    text.ifPresent(told -> elements.add(told.split(" ", 3)[1].toLowerCase(Locale.ROOT)));
  }

  private void add(Path file, DssScript.Command command, Optional<String> text) {
    text.ifPresent(t -> statements.add(new CircuitScript.Statement(file, command.line(), t)));
  }

  private void redirect(Path from, DssScript.Command command) {
    if (command.parameters().size() != 1) {
      problem(from, command.line(), command.verb(), "needed is the name of one file");
      return;
    }
    String name = command.parameters().get(0).value();
    String shown = DssParameterCheck.shown(name);
    String outside =
        "%s is not allowed; allowed is a file in the folder of %s or below"
            .formatted(shown, master.getFileName());
    try {
      Path file = from.resolveSibling(name.replace('\\', '/'));
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
      if (!real.startsWith(Files.exists(folder) ? folder.toRealPath() : folder)) {
        problem(from, command.line(), command.verb(), outside);
      } else if (open.contains(real)) {
        problem(from, command.line(), command.verb(), shown + " is redirected to in a circle");
      } else {
        include(
            file, () -> problem(from, command.line(), command.verb(), "there is no file " + shown));
      }
    } catch (InvalidPathException | IOException unusable) {
      problem(from, command.line(), command.verb(), outside);
    }
  }
}
