package ndoe.feeders;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ndoe.feeders.InvalidInputException.Problem;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML file read key by key. What is wrong is collected in {@link #problems()} and a permitted
 * placeholder is returned in its place, so that reading goes on; use nothing of what was read
 * before {@link #finish()} has returned.
 */
public final class YamlFile {
  private final Path path;
  private final Problems problems;
  private final YamlMap root;
  private final Map<MappingNode, Visit> visits = new LinkedHashMap<>();

  private YamlFile(Path path, MappingNode root) {
    this.path = path;
    this.problems = new Problems();
    this.root = new YamlMap(this, "", 1, Optional.of(root), Optional.empty(), false);
  }

  /** Reads a file of one mapping; throws {@link InvalidInputException} when it is not YAML. */
  public static YamlFile read(Path path) {
    try {
      return parse(path, Files.readString(path));
    } catch (NoSuchFileException missing) {
      throw unreadable(path, 0, "there is no such file");
    } catch (CharacterCodingException notUtf8) {
      throw unreadable(path, 0, "not text in UTF-8");
    } catch (IOException failed) {
      throw unreadable(path, 0, "cannot be read: " + failed);
    }
  }

  /** As {@link #read}, of a file that would have this text. */
  public static YamlFile parse(Path path, String text) {
    try {
      Optional<Node> root = new Compose(settings(path)).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return new YamlFile(path, mapping);
      }
      throw unreadable(path, 1, "not a mapping of keys to values");
    } catch (MarkedYamlEngineException broken) {
      int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw unreadable(path, line, "not YAML: " + broken.getProblem());
    } catch (YamlEngineException | IllegalArgumentException broken) {
      // The second is what the reader says to some tags.
      throw unreadable(path, 0, "not YAML: " + broken.getMessage());
    }
  }

  private static LoadSettings settings(Path path) {
    return LoadSettings.builder().setLabel(path.toString()).build();
  }

  private static InvalidInputException unreadable(Path path, int line, String message) {
    return new InvalidInputException(List.of(new Problem(path, line, "", message)));
  }

  public Path path() {
    return path;
  }

  public YamlMap root() {
    return root;
  }

  /** What is wrong so far; files named by this one may be added. */
  public Problems problems() {
    return problems;
  }

  /** A file named in this one; empty for what is there but no regular file, or can be no file. */
  Optional<Path> regularFile(String relative) {
    try {
      Path named = path.resolveSibling(relative);
      return Files.exists(named) && !Files.isRegularFile(named)
          ? Optional.empty()
          : Optional.of(named);
    } catch (InvalidPathException noName) {
      return Optional.empty();
    }
  }

  /** Refuses keys nobody asked for; throws {@link InvalidInputException} with every problem. */
  public void finish() {
    refuseUnknownKeys();
    problems.throwIfAny();
  }

  /** Every text that stands anywhere in these mappings under this key. */
  static Set<String> textsUnder(String key, List<YamlMap> maps) {
    Set<String> texts = new LinkedHashSet<>();
    for (YamlMap map : maps) {
      map.node().ifPresent(node -> collect(node, key, texts, new HashSet<>()));
    }
    return texts;
  }

  /** Throws {@link InvalidInputException} with every problem; other keys belong to others. */
  public void finishPart() {
    problems.throwIfAny();
  }

  private static void collect(Node node, String key, Set<String> texts, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> collect(item, key, texts, seen));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        boolean named =
            entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
        if (named && entry.getValueNode() instanceof ScalarNode text) {
          texts.add(text.getValue());
        }
        collect(entry.getValueNode(), key, texts, seen);
      }
    }
  }

  /** Entries of a mapping, with what was asked of it so far. */
  Visit visit(MappingNode mapping, String mappingPath) {
    return visits.computeIfAbsent(
        mapping, any -> new Visit(mappingPath, entries(mapping, mappingPath)));
  }

  private Map<String, Entry> entries(MappingNode mapping, String mappingPath) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = line(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(path, line, mappingPath, "a key that is not a text");
        continue;
      }
      Entry earlier = entries.putIfAbsent(key.getValue(), new Entry(line, tuple.getValueNode()));
      if (earlier != null) {
        problems.add(
            path,
            line,
            YamlMap.join(mappingPath, key.getValue()),
            "given twice; first in line " + earlier.line());
      }
    }
    return entries;
  }

  private void refuseUnknownKeys() {
    for (Visit visit : visits.values()) {
      Set<String> known = visit.asked();
      Map<String, Entry> unknown = new HashMap<>(visit.entries());
      unknown.keySet().removeAll(known);
      Set<String> free = new LinkedHashSet<>(known);
      free.removeAll(visit.entries().keySet());
      unknown.forEach(
          (key, entry) ->
              problems.add(
                  path,
                  entry.line(),
                  YamlMap.join(visit.path(), key),
                  "unknown key; " + NearNames.advice(key, free.isEmpty() ? known : free)));
    }
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** A key's line and its value. */
  record Entry(int line, Node value) {}

  /** A mapping that was looked into; {@code asked} grows while it is read. */
  record Visit(String path, Map<String, Entry> entries, Set<String> asked) {
    Visit(String path, Map<String, Entry> entries) {
      this(path, entries, new LinkedHashSet<>());
    }
  }
}
