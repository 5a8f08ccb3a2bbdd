package ndoe.feeders;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a {@link YamlFile}. Every key asked for is thereby a known key. The form of a
 * method without a fallback notes a missing key as a problem. After a problem a permitted
 * placeholder is returned.
 */
public final class YamlMap {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private final YamlFile file;
  private final String path;
  private final int line;
  private final Optional<MappingNode> node;
  private final Optional<YamlMap> defaults;
  private final boolean partial;

  YamlMap(
      YamlFile file,
      String path,
      int line,
      Optional<MappingNode> node,
      Optional<YamlMap> defaults,
      boolean partial) {
    this.file = file;
    this.path = path;
    this.line = line;
    this.node = node;
    this.defaults = defaults;
    this.partial = partial;
  }

  /** This mapping, completed by another one where it lacks a key, at every depth. */
  public YamlMap withDefaults(YamlMap other) {
    return new YamlMap(file, path, line, node, Optional.of(other), partial);
  }

  /** This mapping, read without noting missing keys. */
  public YamlMap asPartial() {
    return new YamlMap(file, path, line, node, defaults, true);
  }

  /** Whether the mapping itself, not its defaults, has the key. */
  public boolean has(String key) {
    return own(key).isPresent();
  }

  /** Every key of the mapping itself; all become known. */
  public Set<String> keys() {
    return node.map(mapping -> file.visit(mapping, path))
        .map(
            visit -> {
              visit.asked().addAll(visit.entries().keySet());
              return visit.entries().keySet();
            })
        .orElse(Set.of());
  }

  /** Notes what is wrong with the value of a key. */
  public void problem(String key, String message) {
    Optional<YamlValue> found = find(key);
    found.ifPresentOrElse(
        there -> there.problem(file, message),
        () -> file.problems().add(file.path(), line, join(path, key), message));
  }

  /** Notes what is wrong with a list. */
  public void problemAt(TextList list, String message) {
    file.problems().add(file.path(), list.line(), list.path(), message);
  }

  /** Whether anything is wrong with the file so far. */
  boolean hasProblems() {
    return file.problems().count() > 0;
  }

  public double number(String key, Range range) {
    return scalar(key, true, range.toString(), YamlValue.number(range)).orElse(range.example());
  }

  public double number(String key, Range range, double fallback) {
    return scalar(key, false, range.toString(), YamlValue.number(range)).orElse(fallback);
  }

  public int wholeNumber(String key, int low, int high) {
    return wholeNumber(key, true, low, high).orElse((long) low).intValue();
  }

  public int wholeNumber(String key, int low, int high, int fallback) {
    return wholeNumber(key, false, low, high).orElse((long) fallback).intValue();
  }

  public long wholeNumber(String key, long fallback) {
    return wholeNumber(key, false, Long.MIN_VALUE, Long.MAX_VALUE).orElse(fallback);
  }

  public boolean flag(String key, boolean fallback) {
    return scalar(key, false, "true or false", YamlValue::flag).orElse(fallback);
  }

  public String text(String key) {
    return scalar(key, true, "a text", YamlValue::text).orElse("x");
  }

  public String text(String key, String fallback) {
    return scalar(key, false, "a text", YamlValue::text).orElse(fallback);
  }

  /**
   * A file named relative to the folder this one is in; whether it is there is not asked, but a
   * device or a folder is refused.
   */
  public Path file(String key) {
    return scalar(
            key,
            true,
            "the name of a regular file",
            scalar -> YamlValue.text(scalar).flatMap(file::regularFile))
        .orElse(file.path());
  }

  /** A name that may also be a folder's and a topic's. */
  public String id(String key) {
    String allowed = "1 to 64 letters, digits, _ or -, the first a letter or digit";
    return scalar(key, true, allowed, s -> YamlValue.text(s).filter(t -> ID.matcher(t).matches()))
        .orElse("x");
  }

  /** One of the given texts; {@code what} says what they are, as in "a bus of the feeder". */
  public String oneOf(String key, Collection<String> allowed, String what) {
    Optional<String> text = scalar(key, true, what, YamlValue::text);
    if (text.isPresent() && !allowed.contains(text.get())) {
      problem(
          key,
          "%s is not %s; %s".formatted(text.get(), what, NearNames.advice(text.get(), allowed)));
    }
    return text.filter(allowed::contains).orElse(allowed.stream().findFirst().orElse("x"));
  }

  /** A constant of an enum, written in lower case. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> constants) {
    E first = constants.getEnumConstants()[0];
    return constant(key, true, constants).orElse(first);
  }

  /** A constant of an enum, written in lower case. */
  public <E extends Enum<E>> E oneOf(String key, E fallback) {
    return constant(key, false, fallback.getDeclaringClass()).orElse(fallback);
  }

  /** A time of day as {@code "18:00"}. */
  public LocalTime time(String key) {
    return scalar(key, true, "a time of day such as \"18:00\"", YamlValue.parsed(LocalTime::parse))
        .orElse(LocalTime.MIDNIGHT);
  }

  /** A local date and time as {@code "2016-06-21T00:00"}. */
  public LocalDateTime dateTime(String key) {
    return scalar(
            key,
            true,
            "a local date and time such as \"2016-06-21T00:00\", of the years 0001 to 9998",
            YamlValue.parsed(LocalDateTime::parse).andThen(YamlMap::ofOurEra))
        .orElse(LocalDateTime.of(2000, 1, 1, 0, 0));
  }

  /** Far enough from the ends of what can be told that a horizon’s end can be, too. */
  private static Optional<LocalDateTime> ofOurEra(Optional<LocalDateTime> time) {
    return time.filter(known -> known.getYear() >= 1 && known.getYear() <= 9998);
  }

  /** The mapping at the key, its own or that of the defaults or both together. */
  public YamlMap map(String key) {
    if (find(key).isEmpty()) {
      missing(key, "a mapping");
      return new YamlMap(file, join(path, key), line, Optional.empty(), Optional.empty(), true);
    }
    return mapOrEmpty(key);
  }

  /** The same, or an empty mapping to read the fallbacks from when there is none. */
  public YamlMap mapOrEmpty(String key) {
    Optional<YamlMap> inherited = defaults.map(others -> others.mapOrEmpty(key));
    return optionalMap(key)
        .or(() -> inherited)
        .orElseGet(
            () ->
                new YamlMap(
                    file,
                    join(path, key),
                    line,
                    Optional.empty(),
                    Optional.empty(),
                    partial || has(key)));
  }

  /** The mapping at the key, completed by the defaults; empty when the defaults alone have it. */
  public Optional<YamlMap> optionalMap(String key) {
    Optional<YamlValue> found = own(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get().node() instanceof MappingNode mapping) {
      return Optional.of(
          new YamlMap(
              file,
              join(path, key),
              found.get().line(),
              Optional.of(mapping),
              defaults.map(others -> others.mapOrEmpty(key)),
              partial));
    }
    found.get().refuse(file, "a mapping");
    return Optional.empty();
  }

  /** The list of mappings at the key; empty, and a problem when required, when there is none. */
  public List<YamlMap> maps(String key, boolean required) {
    List<YamlMap> maps = new ArrayList<>();
    for (YamlValue item : items(key, required)) {
      if (item.node() instanceof MappingNode mapping) {
        maps.add(
            new YamlMap(
                file, item.path(), item.line(), Optional.of(mapping), Optional.empty(), partial));
      } else {
        item.refuse(file, "a mapping");
      }
    }
    return maps;
  }

  /** The list of lists of texts at the key. */
  public List<TextList> textLists(String key) {
    List<TextList> lists = new ArrayList<>();
    for (YamlValue item : items(key, false)) {
      List<String> texts = new ArrayList<>();
      if (item.node() instanceof SequenceNode sequence) {
        for (Node element : sequence.getValue()) {
          Optional<String> text =
              element instanceof ScalarNode scalar ? YamlValue.text(scalar) : Optional.empty();
          text.ifPresentOrElse(texts::add, () -> item.refuse(file, "a list of texts"));
        }
        lists.add(new TextList(item.line(), item.path(), texts));
      } else {
        item.refuse(file, "a list of texts");
      }
    }
    return lists;
  }

  /** Whether the value of the key is one text or number, neither a list nor a mapping. */
  public boolean isScalar(String key) {
    return find(key).filter(found -> found.node() instanceof ScalarNode).isPresent();
  }

  Optional<MappingNode> node() {
    return node;
  }

  int line() {
    return line;
  }

  /** Dotted path of a key, relative to the file. */
  String pathOf(String key) {
    return join(path, key);
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<Long> wholeNumber(String key, boolean required, long low, long high) {
    String allowed =
        low == Long.MIN_VALUE
            ? "a whole number"
            : high == Integer.MAX_VALUE
                ? "a whole number ≥ " + low
                : low == high ? "only " + low : "a whole number from " + low + " to " + high;
    return scalar(key, required, allowed, YamlValue.wholeNumber(low, high));
  }

  private <E extends Enum<E>> Optional<E> constant(
      String key, boolean required, Class<E> constants) {
    List<E> all = Arrays.asList(constants.getEnumConstants());
    List<String> names = all.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    return scalar(
        key,
        required,
        String.join(" | ", names),
        scalar -> Optional.of(names.indexOf(scalar.getValue())).filter(i -> i >= 0).map(all::get));
  }

  private List<YamlValue> items(String key, boolean required) {
    Optional<YamlValue> found = find(key);
    if (found.isEmpty()) {
      if (required) {
        missing(key, "a list");
      }
      return List.of();
    }
    if (!(found.get().node() instanceof SequenceNode sequence)) {
      found.get().refuse(file, "a list");
      return List.of();
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      String itemPath = found.get().path() + "[" + items.size() + "]";
      items.add(new YamlValue(itemPath, YamlFile.line(item), item));
    }
    return items;
  }

  private <T> Optional<T> scalar(
      String key, boolean required, String allowed, Function<ScalarNode, Optional<T>> parse) {
    Optional<YamlValue> found = find(key);
    if (found.isEmpty()) {
      if (required) {
        missing(key, allowed);
      }
      return Optional.empty();
    }
    Optional<T> value =
        found.get().node() instanceof ScalarNode scalar ? parse.apply(scalar) : Optional.empty();
    if (value.isEmpty()) {
      found.get().refuse(file, allowed);
    }
    return value;
  }

  private void missing(String key, String allowed) {
    if (!partial) {
      file.problems().add(file.path(), line, join(path, key), "missing; needed is " + allowed);
    }
  }

  private Optional<YamlValue> find(String key) {
    Optional<YamlValue> fromDefaults = defaults.flatMap(others -> others.find(key));
    return own(key).or(() -> fromDefaults);
  }

  private Optional<YamlValue> own(String key) {
    if (node.isEmpty()) {
      return Optional.empty();
    }
    YamlFile.Visit visit = file.visit(node.get(), path);
    visit.asked().add(key);
    return Optional.ofNullable(visit.entries().get(key))
        .map(entry -> new YamlValue(join(path, key), entry.line(), entry.value()));
  }

  /**
   * A list of texts with its place.
   *
   * @param line one-based
   * @param path dotted path in the file
   */
  public record TextList(int line, String path, List<String> texts) {
    public TextList {
      texts = List.copyOf(texts);
    }
  }
}
