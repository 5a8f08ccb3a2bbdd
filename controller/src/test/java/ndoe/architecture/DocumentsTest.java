package ndoe.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of the code and of each other. */
class DocumentsTest {
  private static final Path HOME = Path.of("..");
  private static final Path METHOD = Path.of("docs", "method.md");
  private static final Set<String> GENERATED = Set.of("target", "node_modules", ".git", "runs");

  /** A class with its package, as in {@code dso.RobustRows}, and maybe a method. */
  private static final Pattern CLASS = Pattern.compile("`([a-z]+)\\.([A-Z]\\w+)(?:\\.\\w+)*`");

  /** The same inside a block of formulas, where there are no marks around it. */
  private static final Pattern IN_FORMULA = Pattern.compile("\\b([a-z]+)\\.([A-Z]\\w+)\\b");

  private static final Pattern PICTURE =
      Pattern.compile("!\\[[^\\]]*\\]\\(([^)]+)\\)|<img[^>]*src=\"([^\"]+)\"");

  private static List<Path> files(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(wanted)
          .filter(
              file ->
                  Stream.of(folder.relativize(file).toString().split("/"))
                      .noneMatch(GENERATED::contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code dso/RobustRows}: every class by its last package. */
  private static Set<String> classes() {
    return files(HOME, file -> file.toString().endsWith(".java")).stream()
        .map(file -> file.getParent().getFileName() + "/" + file.getFileName())
        .map(name -> name.replace(".java", ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> named(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1) + "/" + found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyClassTheDocumentsNameExists() {
    Set<String> known = classes();
    List<String> unknown = new ArrayList<>();
    for (Path page : files(Path.of("docs"), file -> file.toString().endsWith(".md"))) {
      Set<String> named = named(CLASS, text(page));
      named.removeAll(known);
      named.forEach(name -> unknown.add(page + ": " + name));
    }
    assertEquals(List.of(), unknown);
  }

  /** Sections 1 and 10 are about who talks; 16 is about whose it is. */
  @Test
  void everySectionOfTheMethodWithFormulasNamesItsClass() {
    Set<String> known = classes();
    List<String> without = new ArrayList<>();
    int formulas = 0;
    for (String section : text(METHOD).split("(?m)^(?=## \\d)")) {
      if (!section.startsWith("## ") || !section.contains("```")) {
        continue;
      }
      formulas++;
      Set<String> named = named(IN_FORMULA, section);
      named.retainAll(known);
      if (named.isEmpty()) {
        without.add(section.lines().findFirst().orElseThrow());
      }
    }
    assertTrue(formulas >= 5, "formulas in " + formulas + " sections");
    assertEquals(List.of(), without);
  }

  @Test
  void everyPictureIsMadeByACommandThatIsNamedOrByATest() {
    String makers =
        text(HOME.resolve("CONTRIBUTING.md"))
            + files(HOME, file -> file.toString().endsWith("IT.java")).stream()
                .map(DocumentsTest::text)
                .collect(Collectors.joining());
    List<String> unmade = new ArrayList<>();
    int pictures = 0;
    for (Path page : files(HOME, file -> file.toString().endsWith(".md"))) {
      for (MatchResult found : PICTURE.matcher(text(page)).results().toList()) {
        String target = found.group(1) == null ? found.group(2) : found.group(1);
        Path picture = page.resolveSibling(target);
        pictures++;
        if (!Files.exists(picture) || !makers.contains(picture.getFileName().toString())) {
          unmade.add(page + ": " + target);
        }
      }
    }
    assertTrue(pictures > 0, "no pictures");
    assertEquals(List.of(), unmade);
  }
}
