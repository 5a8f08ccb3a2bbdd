package ndoe.controller.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** The reference pages: of all commands, of the scenario and of the files with devices. */
public final class ReferencePages {
  private static final String MADE =
      "Made by `./ndoe reference`; edit the code or the schema instead.";

  private ReferencePages() {}

  /**
   * Makes them.
   *
   * @param home where the schemas are, the project’s folder
   * @return Markdown by file name
   * @throws UncheckedIOException if a schema cannot be read
   */
  public static Map<String, String> of(CommandLine program, Path home) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("cli.md", CommandPage.of("# Commands\n\n" + MADE, program));
    pages.put(
        "scenario.md",
        page("Scenario", "feeders/scenario.schema.json")
            + SchemaPage.of("## Keys", schema(home, "feeders/scenario.schema.json")));
    pages.put(
        "fleet.md",
        page("Devices", "lab-setup/fleet.schema.json")
            + SchemaPage.of("## Fleet of real devices", schema(home, "lab-setup/fleet.schema.json"))
            + "\n"
            + SchemaPage.of("## Emulated devices", schema(home, "lab-setup/devices.schema.json")));
    return pages;
  }

  private static String page(String title, String schema) {
    return "# %s\n\n%s Editors that know JSON schemas take [`%s`](../../../%s).\n\n"
        .formatted(title, MADE, schema, schema);
  }

  private static JsonNode schema(Path home, String name) {
    Path file = home.resolve(name);
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schema " + file, e);
    }
  }
}
