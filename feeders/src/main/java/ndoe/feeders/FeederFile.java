package ndoe.feeders;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a balanced radial feeder from an OpenDSS script. Of the language it takes what such feeders
 * need; every other command, class or property is refused rather than ignored.
 */
public final class FeederFile {
  private static final String COMMANDS =
      "Clear, New, Edit, Set, CalcVoltageBases, Solve, ~ (continuation)";
  private static final String CLASSES = "Circuit, Line, Linecode, Load";

  private final Path path;
  private final Problems problems;
  private final Map<String, DssElement> lines = new LinkedHashMap<>();
  private final Map<String, DssElement> lineCodes = new LinkedHashMap<>();
  private final Map<String, DssElement> loads = new LinkedHashMap<>();
  private Optional<DssElement> circuit = Optional.empty();
  private Optional<DssScript.Parameter> voltageBases = Optional.empty();

  private FeederFile(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /**
   * Reads a feeder.
   *
   * @param sourceVoltagePu voltage held at the source bus, per unit; instead of the script’s
   * @param ratingsKva thermal rating by line name, kVA; {@code default} is for all others
   * @throws InvalidInputException with everything that is wrong with the script
   */
  public static Feeder read(
      Path script,
      double sourceVoltagePu,
      VoltageLimits voltageLimits,
      Map<String, Double> ratingsKva) {
    Problems problems = new Problems();
    Optional<Feeder> feeder = read(script, sourceVoltagePu, voltageLimits, ratingsKva, problems);
    problems.throwIfAny();
    return feeder.orElseThrow();
  }

  static Optional<Feeder> read(
      Path script,
      double sourceVoltagePu,
      VoltageLimits voltageLimits,
      Map<String, Double> ratingsKva,
      Problems problems) {
    int before = problems.count();
    FeederFile file = new FeederFile(script, problems);
    List<String> text = file.readText();
    if (problems.count() > before) {
      return Optional.empty();
    }
    DssScript.commands(text, file::problem).forEach(file::run);
    if (file.circuit.isEmpty()) {
      file.problem(0, "", "no New Circuit in the script");
      return Optional.empty();
    }
    FeederBuilder.Elements elements =
        new FeederBuilder.Elements(file.lines.values(), file.lineCodes, file.loads.values());
    Feeder feeder =
        new FeederBuilder(file.circuit.get())
            .build(elements, sourceVoltagePu, voltageLimits, ratingsKva);
    file.voltageBases.ifPresent(bases -> file.checkVoltageBases(bases, feeder.nominalVoltageKv()));
    return problems.count() == before ? Optional.of(feeder) : Optional.empty();
  }

  private List<String> readText() {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException missing) {
      problem(0, "", "there is no such file");
    } catch (CharacterCodingException notUtf8) {
      problem(0, "", "not text in UTF-8");
    } catch (IOException failed) {
      problem(0, "", "cannot be read: " + failed);
    }
    return List.of();
  }

  private void problem(int line, String key, String message) {
    problems.add(path, line, key, message);
  }

  private void run(DssScript.Command command) {
    switch (command.verb().toLowerCase(Locale.ROOT)) {
      case "clear", "clearall" -> clear(command);
      case "new" -> create(command);
      case "edit" -> edit(command);
      case "set" -> set(command);
      case "calcvoltagebases", "calcv", "solve" -> refuseParameters(command);
      default ->
          problem(
              command.line(),
              "",
              "%s is not supported; supported commands: %s".formatted(command.verb(), COMMANDS));
    }
  }

  private void clear(DssScript.Command command) {
    refuseParameters(command);
    if (circuit.isPresent()) {
      problem(command.line(), "", command.verb() + " must come before New Circuit");
    }
  }

  private void refuseParameters(DssScript.Command command) {
    for (DssScript.Parameter parameter : command.parameters()) {
      problem(
          parameter.line(),
          parameter.name().orElse(""),
          "%s takes no parameters here, found %s".formatted(command.verb(), parameter.value()));
    }
  }

  private void create(DssScript.Command command) {
    ObjectName object = objectName(command);
    String name = object.name().toLowerCase(Locale.ROOT);
    switch (object.className()) {
      case "circuit" -> {
        if (circuit.isPresent()) {
          problem(command.line(), "Circuit." + object.name(), "a second circuit; only one allowed");
          return;
        }
        DssElement element = element(DssElement.Kind.CIRCUIT, object, command);
        circuit = Optional.of(element);
        element.set(object.properties(command));
      }
      case "line" -> add(lines, name, DssElement.Kind.LINE, object, command);
      case "linecode" -> add(lineCodes, name, DssElement.Kind.LINECODE, object, command);
      case "load" -> add(loads, name, DssElement.Kind.LOAD, object, command);
      default ->
          problem(
              command.line(),
              "",
              "New %s is not supported; supported classes: %s".formatted(object.text(), CLASSES));
    }
  }

  private void add(
      Map<String, DssElement> elements,
      String name,
      DssElement.Kind kind,
      ObjectName object,
      DssScript.Command command) {
    if (circuit.isEmpty()) {
      problem(command.line(), object.text(), "comes before New Circuit");
    }
    DssElement element = element(kind, object, command);
    DssElement earlier = elements.putIfAbsent(name, element);
    if (earlier != null) {
      problem(command.line(), object.text(), "given twice; first in line " + earlier.line());
    }
    element.set(object.properties(command));
  }

  private DssElement element(DssElement.Kind kind, ObjectName object, DssScript.Command command) {
    if (object.name().isEmpty()) {
      problem(command.line(), object.text(), "has no name; needed is Class.Name");
    }
    return new DssElement(kind, object.name(), command.line(), this::problem);
  }

  private void edit(DssScript.Command command) {
    ObjectName object = objectName(command);
    String name = object.name().toLowerCase(Locale.ROOT);
    Optional<DssElement> element =
        switch (object.className()) {
          case "vsource" -> circuit.filter(any -> name.equals("source"));
          case "line" -> Optional.ofNullable(lines.get(name));
          case "linecode" -> Optional.ofNullable(lineCodes.get(name));
          case "load" -> Optional.ofNullable(loads.get(name));
          default -> Optional.empty();
        };
    element.ifPresentOrElse(
        known -> known.set(object.properties(command)),
        () ->
            problem(
                command.line(),
                object.text(),
                "nothing of this name to edit; the source is Vsource.Source"));
  }

  private ObjectName objectName(DssScript.Command command) {
    if (command.parameters().isEmpty()) {
      return new ObjectName("", "", "");
    }
    DssScript.Parameter first = command.parameters().get(0);
    boolean named = first.name().map(name -> !name.equalsIgnoreCase("object")).orElse(false);
    String text = named ? "" : first.value();
    int dot = text.indexOf('.');
    return dot < 0
        ? new ObjectName(text, text.toLowerCase(Locale.ROOT), "")
        : new ObjectName(
            text, text.substring(0, dot).toLowerCase(Locale.ROOT), text.substring(dot + 1));
  }

  private void set(DssScript.Command command) {
    for (DssScript.Parameter parameter : command.parameters()) {
      String option = parameter.name().orElse("").toLowerCase(Locale.ROOT);
      String value = parameter.value().toLowerCase(Locale.ROOT);
      boolean supported =
          switch (option) {
            case "voltagebases" -> {
              voltageBases = Optional.of(parameter);
              yield true;
            }
            case "tolerance", "maxiterations", "defaultbasefrequency" -> true;
            case "mode" -> value.startsWith("snap");
            case "controlmode" -> value.equals("off") || value.equals("static");
            default -> false;
          };
      if (!supported) {
        problem(
            parameter.line(),
            "Set " + parameter.name().orElse(""),
            "found %s; supported options: VoltageBases, Tolerance, MaxIterations,"
                    .formatted(parameter.value())
                + " DefaultBaseFrequency, Mode=Snapshot, ControlMode=Off");
      }
    }
  }

  private void checkVoltageBases(DssScript.Parameter bases, double nominalKv) {
    boolean held =
        Arrays.stream(bases.value().trim().split("[\\s,]+"))
            .map(DecimalText::parse)
            .anyMatch(base -> base.isPresent() && base.getAsDouble() == nominalKv);
    if (!held && nominalKv > 0) {
      problem(
          bases.line(),
          "Set VoltageBases",
          "found %s; the source’s %s kV must be among them".formatted(bases.value(), nominalKv));
    }
  }

  /** What a command is about; the first of its parameters. */
  private record ObjectName(String text, String className, String name) {
    List<DssScript.Parameter> properties(DssScript.Command command) {
      List<DssScript.Parameter> all = command.parameters();
      return all.subList(Math.min(1, all.size()), all.size());
    }
  }
}
