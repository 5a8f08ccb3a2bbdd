package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
  @TempDir private Path folder;

  @Test
  void refusesATagThatIsNone() {
    Path file = folder.resolve("file.yaml");
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class, () -> YamlFile.parse(file, "devices:\n  - !.0%1"));
    assertTrue(refused.problems().get(0).message().startsWith("not YAML: "), refused::getMessage);
  }

  @Test
  void readsEveryKindOfValue() {
    YamlFile file =
        yaml(
            """
            port: 1883
            secure: false
            mode: robust
            host: localhost
            devices:
              - {id: inverter-1, unit: 126}
              - {id: "2", unit: 7}
            """);
    YamlMap root = file.root();
    assertEquals(1883, root.wholeNumber("port", 1, 65535));
    assertFalse(root.flag("secure", true));
    assertTrue(root.flag("absent", true));
    assertEquals(Uncertainty.Radius.ROBUST, root.oneOf("mode", Uncertainty.Radius.class));
    assertEquals("localhost", root.text("host"));
    List<YamlMap> devices = root.maps("devices", true);
    assertEquals("inverter-1", devices.get(0).id("id"));
    assertEquals("2", devices.get(1).id("id"));
    assertEquals(126, devices.get(0).wholeNumber("unit", 1, 247));
    assertEquals(7, devices.get(1).wholeNumber("unit", 1, 247));
    file.finish();
  }

  @Test
  void notesEveryProblemWithLineKeyValueAndWhatIsAllowed() {
    YamlFile file =
        yaml(
            """
            port: 70000
            secure: maybe
            mode:
              nested: 1
            host:
            extra: 1
            devices:
              - id: a b
              - 5
            """);
    YamlMap root = file.root();
    assertTrue(root.wholeNumber("port", 1, 65535) >= 1);
    root.flag("secure", true);
    root.oneOf("mode", Uncertainty.Radius.class);
    root.text("host");
    root.number("power_kw", Range.atLeast(0));
    root.maps("devices", true).forEach(device -> device.id("id"));
    assertEquals(
        List.of(
            "1 port: found 70000; allowed is a whole number from 1 to 65535",
            "1 power_kw: missing; needed is a number ≥ 0",
            "2 secure: found maybe; allowed is true or false",
            "3 mode: found a mapping; allowed is valid | published | stochastic | robust",
            "5 host: found nothing; allowed is a text",
            "6 extra: unknown key; allowed: power_kw",
            "8 devices[0].id: found a b; allowed is 1 to 64 letters, digits, _ or -, the first a"
                + " letter or digit",
            "9 devices[1]: found 5; allowed is a mapping"),
        problems(file));
  }

  @Test
  void refusesAKeyGivenTwice() {
    YamlFile file = yaml("a: 1\nb: {c: 1, c: 2}\na: 2\n");
    file.root().wholeNumber("a", 0, 9);
    file.root().map("b").wholeNumber("c", 0, 9);
    assertEquals(
        List.of("2 b.c: given twice; first in line 2", "3 a: given twice; first in line 1"),
        problems(file));
  }

  @Test
  void completesAMappingByItsDefaultsAtEveryDepth() {
    YamlFile file =
        yaml(
            """
            defaults: {soc: {min: 0.1, max: 0.9}, power: 5}
            own: {soc: {min: 0.2}}
            """);
    YamlMap own = file.root().map("own").withDefaults(file.root().map("defaults"));
    assertEquals(0.2, own.map("soc").number("min", Range.between(0, 1)));
    assertEquals(0.9, own.map("soc").number("max", Range.between(0, 1)));
    assertEquals(5, own.number("power", Range.atLeast(0)));
    assertFalse(own.has("power"));
    file.finish();
  }

  @Test
  void blamesADefaultOnceAndWhereItStands() {
    YamlFile file = yaml("defaults: {power: -5}\none: {x: 1}\ntwo: {x: 1}\n");
    YamlMap defaults = file.root().map("defaults");
    for (String name : List.of("one", "two")) {
      YamlMap map = file.root().map(name).withDefaults(defaults);
      map.number("power", Range.atLeast(0));
      map.number("x", Range.atLeast(0));
    }
    assertEquals(List.of("1 defaults.power: found -5; allowed is a number ≥ 0"), problems(file));
  }

  @Test
  void refusesWhatIsNotNumbers() {
    for (String text :
        List.of(
            ".nan", ".inf", "-.inf", "NaN", "1e999", "0x10", "1_000", "'1'", "1d", "~", "[1]",
            "one")) {
      YamlFile file = yaml("n: " + text + "\n");
      file.root().number("n", Range.finite());
      assertEquals(1, problems(file).size(), text);
    }
  }

  @Test
  void readsNumbersHoweverWritten() {
    for (String text : List.of("1000", "1e3", "+1000", "1000.", "1.0E+3")) {
      YamlFile file = yaml("n: " + text + "\n");
      assertEquals(1000, file.root().number("n", Range.finite()), text);
      file.finish();
    }
  }

  @Test
  void saysWhereTheSyntaxBreaks() {
    InvalidInputException broken =
        assertThrows(InvalidInputException.class, () -> yaml("a: 1\nb: [1, 2\nc: 3\n"));
    assertEquals(3, broken.problems().get(0).line(), broken::getMessage);
    assertThrows(InvalidInputException.class, () -> yaml("- a\n- b\n"));
    assertThrows(InvalidInputException.class, () -> yaml(""));
    assertThrows(InvalidInputException.class, () -> yaml("a: 1\n---\na: 2\n"));
  }

  @Test
  void refusesFilesThatAreNotThereOrNotText() throws IOException {
    assertTrue(
        assertThrows(InvalidInputException.class, () -> YamlFile.read(folder.resolve("none.yaml")))
            .getMessage()
            .endsWith("none.yaml: there is no such file"));
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: Zürich\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> YamlFile.read(latin))
            .getMessage()
            .contains("UTF-8"));
  }

  @Test
  void survivesAliasesThatContainThemselves() {
    YamlFile file = yaml("a: &a {b: *a, profile: x}\n");
    file.root().map("a").map("b").text("profile");
    assertEquals(List.of("x"), List.copyOf(YamlFile.textsUnder("profile", List.of(file.root()))));
    file.finish();
  }

  private static List<String> problems(YamlFile file) {
    return assertThrows(InvalidInputException.class, file::finish).problems().stream()
        .map(problem -> "%d %s: %s".formatted(problem.line(), problem.key(), problem.message()))
        .toList();
  }

  private YamlFile yaml(String text) {
    try {
      return YamlFile.read(Files.writeString(folder.resolve("file.yaml"), text));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
