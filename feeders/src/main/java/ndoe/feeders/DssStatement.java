package ndoe.feeders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One command of a master file, checked and written anew for the engine. */
final class DssStatement {
  /** Options that shape the network; others of the same harmless kind are dropped. */
  private static final Set<String> KEPT_OPTIONS =
      Set.of("voltagebases", "defaultbasefrequency", "earthmodel");

  private static final Set<String> DROPPED_OPTIONS =
      Set.of("tolerance", "maxiterations", "maxiter", "maxcontroliter", "controlmode", "algorithm");

  /** What only a study over time needs; a snapshot does without. */
  private static final Set<String> DROPPED_CLASSES =
      Set.of(
          "loadshape", "growthshape", "tshape", "priceshape", "monitor", "spectrum", "tcc_curve");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.#+$-]+");
  private static final int LONGEST_NAME = 120;
  private static final Pattern ASSIGNED = Pattern.compile("[^.]+\\..*\\.[^.]*");
  private static final Pattern SMALL = Pattern.compile("\\d{1,2}");
  private static final Pattern NUMBERS = Pattern.compile("[0-9eE.+, \\t-]+");
  private static final Set<String> EARTH_MODELS = Set.of("carson", "fullcarson", "deri");
  private static final String EARTH_MODELS_TEXT = "Carson, FullCarson and Deri";
  private static final Set<String> SWITCH_PLACES = Set.of("", "term", "cond");

  private final DssScript.Command command;
  private final DssScript.ProblemAt problems;
  private final Set<String> elements;

  /**
   * A command.
   *
   * @param elements known so far, as {@code line.a}; none before the circuit
   */
  DssStatement(DssScript.Command command, DssScript.ProblemAt problems, Set<String> elements) {
    this.command = command;
    this.problems = problems;
    this.elements = elements;
  }

  /** Name of the circuit this statement begins. */
  Optional<String> newCircuit() {
    return object()
        .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("circuit."))
        .map(text -> text.substring(text.indexOf('.') + 1));
  }

  Optional<String> creating() {
    if (isDropped()) {
      return Optional.empty();
    }
    Optional<String> object = checkedObject();
    if (object.isPresent() && elements.isEmpty() && newCircuit().isEmpty()) {
      problem(object.get(), "comes before New Circuit");
      return Optional.empty();
    }
    if (!elements.isEmpty() && newCircuit().isPresent()) {
      problem(DssParameterCheck.shown(object().orElse("")), "a second circuit; allowed is one");
      return Optional.empty();
    }
    return object.flatMap(name -> written("New ", name, afterObject()));
  }

  Optional<String> editing() {
    return isDropped()
        ? Optional.empty()
        : existing(checkedObject()).flatMap(name -> written("Edit ", name, afterObject()));
  }

  private boolean isDropped() {
    return object().filter(text -> DROPPED_CLASSES.contains(className(text))).isPresent();
  }

  /** Whether this is {@code Class.Name.Property=value …}. */
  static boolean isAssignment(String verb) {
    int equals = verb.indexOf('=');
    return equals > 0 && ASSIGNED.matcher(verb.substring(0, equals)).matches();
  }

  Optional<String> assigning() {
    int equals = command.verb().indexOf('=');
    String target = command.verb().substring(0, equals);
    int dot = target.lastIndexOf('.');
    String object = target.substring(0, dot);
    if (DROPPED_CLASSES.contains(className(object))) {
      return Optional.empty();
    }
    DssScript.Parameter first =
        new DssScript.Parameter(
            command.line(),
            Optional.of(target.substring(dot + 1)),
            command.verb().substring(equals + 1));
    List<DssScript.Parameter> all = new ArrayList<>(List.of(first));
    all.addAll(command.parameters());
    return existing(checked(object)).flatMap(name -> written("Edit ", name, all));
  }

  /** Opening, closing, enabling or disabling an element. */
  Optional<String> switching() {
    Optional<String> object = existing(checkedObject());
    List<DssScript.Parameter> places = afterObject();
    boolean numbers =
        places.size() <= 2
            && places.stream()
                .allMatch(
                    place ->
                        SWITCH_PLACES.contains(nameOf(place))
                            && SMALL.matcher(place.value()).matches());
    if (object.isPresent() && !numbers) {
      problem(object.get(), "allowed after it are the numbers of a terminal and of a conductor");
      return Optional.empty();
    }
    return object.map(
        name ->
            command.verb()
                + " "
                + name
                + places.stream()
                    .map(place -> " " + place.name().map(n -> n + "=").orElse("") + place.value())
                    .collect(Collectors.joining()));
  }

  /** Options, of which some are ours to decide. */
  Optional<String> setting() {
    StringBuilder kept = new StringBuilder();
    for (DssScript.Parameter parameter : command.parameters()) {
      String option = nameOf(parameter);
      String value = parameter.value().toLowerCase(Locale.ROOT);
      boolean shapes = KEPT_OPTIONS.contains(option);
      boolean readable =
          option.equals("earthmodel")
              ? EARTH_MODELS.contains(value)
              : NUMBERS.matcher(value).matches();
      if (shapes && readable) {
        kept.append(' ').append(option).append("=[").append(value).append(']');
      } else if (shapes) {
        refuseSetting(parameter, option.equals("earthmodel") ? EARTH_MODELS_TEXT : "numbers");
      } else if (!DROPPED_OPTIONS.contains(option)
          && !(option.equals("mode") && value.startsWith("snap"))) {
        refuseSetting(
            parameter,
            "VoltageBases, DefaultBaseFrequency, EarthModel, MaxControlIter, Tolerance,"
                + " MaxIterations, Algorithm, ControlMode and Mode=Snapshot");
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of("Set" + kept);
  }

  private void refuseSetting(DssScript.Parameter parameter, String allowed) {
    problems.add(
        parameter.line(),
        ("Set " + DssParameterCheck.shown(parameter.name().orElse(""))).strip(),
        "found %s; allowed are %s".formatted(DssParameterCheck.shown(parameter.value()), allowed));
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
    if (!DssProperties.classes().contains(className(object))) {
      problem(
          DssParameterCheck.shown(object),
          "not an element of a class that is allowed: %s; prosumers and their plants belong into"
                  .formatted(String.join(", ", DssProperties.classes()))
              + " the scenario");
      return Optional.empty();
    }
    if (!NAME.matcher(object).matches() || object.endsWith(".") || object.length() > LONGEST_NAME) {
      problem(
          DssParameterCheck.shown(object),
          "needed is a name of at most %d letters A to Z, digits and _ . - # + $"
              .formatted(LONGEST_NAME));
      return Optional.empty();
    }
    return Optional.of(object);
  }

  /** The engine would let a wrong name pass without a word. */
  private Optional<String> existing(Optional<String> object) {
    Optional<String> unknown =
        object.filter(name -> !elements.contains(name.toLowerCase(Locale.ROOT)));
    unknown.ifPresent(
        name -> problem(name, "no such element so far; " + NearNames.advice(name, elements)));
    return unknown.isPresent() ? Optional.empty() : object;
  }

  /** All parameters are looked at, so that all that is wrong is said. */
  private Optional<String> written(
      String verb, String object, List<DssScript.Parameter> parameters) {
    DssParameterCheck check = new DssParameterCheck(className(object), problems);
    List<Optional<String>> texts = parameters.stream().map(check::written).toList();
    return texts.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            texts.stream().map(Optional::get).collect(Collectors.joining("", verb + object, "")))
        : Optional.empty();
  }

  private static String nameOf(DssScript.Parameter parameter) {
    return parameter.name().orElse("").toLowerCase(Locale.ROOT);
  }

  private void problem(String key, String message) {
    problems.add(command.line(), key, message);
  }
}
