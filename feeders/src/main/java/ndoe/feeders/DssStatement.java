package ndoe.feeders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One command of a master file, checked and written anew for the engine. */
final class DssStatement {
  private static final Set<String> CLASSES =
      new TreeSet<>(
          Set.of(
              "circuit",
              "vsource",
              "line",
              "linecode",
              "linegeometry",
              "linespacing",
              "wiredata",
              "cndata",
              "tsdata",
              "xfmrcode",
              "transformer",
              "regcontrol",
              "capacitor",
              "capcontrol",
              "reactor",
              "load",
              "energymeter"));

  /** Options that shape the network; others of the same harmless kind are dropped. */
  private static final Set<String> KEPT_OPTIONS =
      Set.of("voltagebases", "defaultbasefrequency", "maxcontroliter", "earthmodel");

  private static final Set<String> DROPPED_OPTIONS =
      Set.of("tolerance", "maxiterations", "maxiter", "controlmode", "algorithm");

  /** What only a study over time needs; a snapshot does without. */
  private static final Set<String> DROPPED_CLASSES =
      Set.of(
          "loadshape", "growthshape", "tshape", "priceshape", "monitor", "spectrum", "tcc_curve");

  private static final Set<String> DROPPED_PROPERTIES =
      Set.of("daily", "yearly", "duty", "growth", "spectrum");

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.\\-#+$@]+");
  private static final Pattern PROPERTY = Pattern.compile("%?[a-z0-9_-]+");
  private static final Pattern PLACE = Pattern.compile("[\\p{L}\\p{N}_\\-#+$@]+(\\.\\d{1,2})*");
  private static final Pattern SMALL = Pattern.compile("\\d{1,2}");
  private static final Pattern FORBIDDEN =
      Pattern.compile("file|usermodel|userdata|dynadll|dyndata", Pattern.CASE_INSENSITIVE);

  private final DssScript.Command command;
  private final DssScript.ProblemAt problems;
  private final boolean inCircuit;

  DssStatement(
      DssScript.Command command, DssScript.ProblemAt problems, Optional<String> circuitName) {
    this.command = command;
    this.problems = problems;
    this.inCircuit = circuitName.isPresent();
  }

  /** Name of the circuit this statement begins. */
  Optional<String> newCircuit() {
    return object()
        .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("circuit."))
        .map(text -> text.substring(text.indexOf('.') + 1));
  }

  Optional<String> creating() {
    if (object().filter(text -> DROPPED_CLASSES.contains(className(text))).isPresent()) {
      return Optional.empty();
    }
    Optional<String> object = checkedObject();
    if (object.isPresent() && !inCircuit && newCircuit().isEmpty()) {
      problem(object.get(), "comes before New Circuit");
      return Optional.empty();
    }
    if (inCircuit && newCircuit().isPresent()) {
      problem(object.orElse(""), "a second circuit; only one is allowed");
      return Optional.empty();
    }
    return object.flatMap(name -> written("New " + name, afterObject()));
  }

  Optional<String> editing() {
    return checkedObject().flatMap(name -> written("Edit " + name, afterObject()));
  }

  /** {@code Class.Name.Property=value …}. */
  Optional<String> assigning() {
    int equals = command.verb().indexOf('=');
    String target = command.verb().substring(0, equals);
    int dot = target.lastIndexOf('.');
    Optional<String> object = checked(target.substring(0, dot));
    DssScript.Parameter first =
        new DssScript.Parameter(
            command.line(),
            Optional.of(target.substring(dot + 1)),
            command.verb().substring(equals + 1));
    List<DssScript.Parameter> all = new ArrayList<>(List.of(first));
    all.addAll(command.parameters());
    return object.flatMap(name -> written("Edit " + name, all));
  }

  /** Opening, closing, enabling or disabling an element. */
  Optional<String> switching() {
    Optional<String> object = checkedObject();
    boolean numbers =
        afterObject().stream().allMatch(parameter -> SMALL.matcher(parameter.value()).matches());
    if (object.isPresent() && !numbers) {
      problem(object.get(), "terminal and conductor must be numbers");
    }
    return object.map(
        name ->
            command.verb()
                + " "
                + name
                + afterObject().stream().map(DssStatement::text).collect(Collectors.joining()));
  }

  /** Options, of which some are ours to decide. */
  Optional<String> setting() {
    StringBuilder kept = new StringBuilder();
    for (DssScript.Parameter parameter : command.parameters()) {
      String option = parameter.name().orElse("").toLowerCase(Locale.ROOT);
      if (KEPT_OPTIONS.contains(option)) {
        kept.append(' ').append(option).append("=[").append(parameter.value()).append(']');
      } else if (!DROPPED_OPTIONS.contains(option)
          && !(option.equals("mode")
              && parameter.value().toLowerCase(Locale.ROOT).startsWith("snap"))) {
        problems.add(
            parameter.line(),
            "Set " + parameter.name().orElse(""),
            "found %s; allowed are VoltageBases, DefaultBaseFrequency, EarthModel, MaxControlIter,"
                    .formatted(parameter.value())
                + " Tolerance, MaxIterations, ControlMode and Mode=Snapshot");
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of("Set" + kept);
  }

  private Optional<String> object() {
    if (command.parameters().isEmpty()) {
      return Optional.empty();
    }
    DssScript.Parameter first = command.parameters().get(0);
    boolean named = first.name().map(name -> !name.equalsIgnoreCase("object")).orElse(false);
    return named ? Optional.empty() : Optional.of(first.value());
  }

  private List<DssScript.Parameter> afterObject() {
    List<DssScript.Parameter> all = command.parameters();
    return all.subList(Math.min(1, all.size()), all.size());
  }

  private Optional<String> checkedObject() {
    if (object().isEmpty()) {
      problem(command.verb(), "names nothing; needed is Class.Name");
    }
    return object().flatMap(this::checked);
  }

  private static String className(String object) {
    int dot = object.indexOf('.');
    return dot < 0 ? "" : object.substring(0, dot).toLowerCase(Locale.ROOT);
  }

  private Optional<String> checked(String object) {
    if (!CLASSES.contains(className(object))) {
      problem(
          object,
          "not an element of a class that is allowed: %s; prosumers and their plants belong into"
                  .formatted(String.join(", ", CLASSES))
              + " the scenario");
      return Optional.empty();
    }
    if (!NAME.matcher(object).matches() || object.length() > 120) {
      problem(object, "a name of letters, digits and _.-#+$@ is needed");
      return Optional.empty();
    }
    return Optional.of(object);
  }

  private Optional<String> written(String start, List<DssScript.Parameter> parameters) {
    boolean sound = parameters.stream().filter(parameter -> !sound(parameter)).count() == 0;
    return sound
        ? Optional.of(
            start
                + parameters.stream()
                    .filter(parameter -> !DROPPED_PROPERTIES.contains(nameOf(parameter)))
                    .map(DssStatement::text)
                    .collect(Collectors.joining()))
        : Optional.empty();
  }

  private static String nameOf(DssScript.Parameter parameter) {
    return parameter.name().orElse("").toLowerCase(Locale.ROOT);
  }

  private static String text(DssScript.Parameter parameter) {
    String value = parameter.value();
    String quoted = value.contains("]") ? "\"" + value + "\"" : "[" + value + "]";
    return " " + parameter.name().map(name -> name + "=").orElse("") + quoted;
  }

  /** Whether a property neither reaches out of the engine nor is known to break it. */
  private boolean sound(DssScript.Parameter parameter) {
    String name = nameOf(parameter);
    String value = parameter.value();
    if (!PROPERTY.matcher(name).matches()) {
      return refuse(parameter, name, "found %s; needed is property=value".formatted(value));
    }
    if (FORBIDDEN.matcher(name).find() || FORBIDDEN.matcher(value).find()) {
      return refuse(parameter, name, "files and user-written models are not allowed");
    }
    if (value.contains("\"") || value.chars().anyMatch(Character::isISOControl)) {
      return refuse(parameter, name, "a quotation mark inside a value");
    }
    return switch (name) {
      case "phases", "nphases" -> number(parameter, name, 1, 3);
      case "windings", "wdg", "nconds", "ncond", "wire", "cond", "terminal" ->
          number(parameter, name, 1, 12);
      case "bus", "bus1", "bus2", "buses" -> places(parameter, name);
      default -> true;
    };
  }

  private boolean number(DssScript.Parameter parameter, String name, int least, int most) {
    boolean fits =
        SMALL.matcher(parameter.value()).matches()
            && Integer.parseInt(parameter.value()) >= least
            && Integer.parseInt(parameter.value()) <= most;
    return fits
        || refuse(
            parameter,
            name,
            "found %s; allowed is a whole number from %d to %d"
                .formatted(parameter.value(), least, most));
  }

  private boolean places(DssScript.Parameter parameter, String name) {
    for (String place : parameter.value().trim().split("[\\s,]+")) {
      if (!PLACE.matcher(place).matches()) {
        return refuse(
            parameter, name, "found %s; allowed is a bus such as 671 or 671.1.2".formatted(place));
      }
    }
    return true;
  }

  private boolean refuse(DssScript.Parameter parameter, String key, String message) {
    problems.add(parameter.line(), key, message);
    return false;
  }

  private void problem(String key, String message) {
    problems.add(command.line(), key, message);
  }
}
