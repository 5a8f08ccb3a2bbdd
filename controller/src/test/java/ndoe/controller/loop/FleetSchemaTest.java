package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.controller.ReferenceDay;
import ndoe.feeders.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas say the same as the readers, as far as schemas can. */
class FleetSchemaTest {
  private static final Path LAB = Path.of("..", "lab-setup");
  private static final String FLEET =
      """
      format: 1
      site: lab1
      broker: tcp://127.0.0.1:1883
      reversion_s: 30
      devices:
        - {id: pv-p18, prosumer: P18, role: pv, scale: 180, modbus: {host: h, port: 502, unit: 1}}
        - {id: pv-p33, prosumer: P33, role: pv, mqtt: {}, ramp_kw_per_s: 3, on_exit: restore}
      grid_simulator: {host: h, profile: ametek-mx, prosumer: P18, role: battery, nominal_v: 230, max_current_a: 16}
      """;
  private static final String EMULATED =
      """
      format: 1
      devices:
        - {id: a, role: pv, rating_kw: 10, apparent_kva: 11, volt_var: true, base: 0, ramp_pct_s: 5}
        - {id: b, role: battery, charge_kw: 5, energy_kwh: 10, soc_min: 0.2, flavour: one_hundred}
        - {id: c, role: meter, protocol: mqtt, rating_kw: 15, demand_kw: 3, fault: late}
      """;
  private static final List<DeviceNeed> NEEDS =
      ReferenceDay.scenario().prosumers().stream()
          .flatMap(site -> DeviceNeed.of(site, site.connectionPoint().defaultEnvelope()).stream())
          .toList();

  @TempDir Path temp;

  private static Set<String> schemaProblems(String schema, String yaml) throws IOException {
    JsonSchema known =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(LAB.resolve(schema + ".schema.json")));
    return known.validate(new YAMLMapper().readTree(yaml)).stream()
        .map(Object::toString)
        .collect(Collectors.toSet());
  }

  private List<String> readerProblems(String schema, String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("file.yaml"), yaml);
    try {
      Object unused =
          schema.equals("fleet") ? FleetFile.read(file, NEEDS) : EmulatedFleetFile.read(file);
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"emulated", "mixed", "real"})
  void takesTheFleetsOfTheLab(String fleet) throws IOException {
    String yaml = Files.readString(LAB.resolve("fleets").resolve(fleet + ".yaml"));
    assertEquals(Set.of(), schemaProblems("fleet", yaml));
  }

  @Test
  void takesWhatTheReadersTake() throws IOException {
    assertEquals(Set.of(), schemaProblems("fleet", FLEET));
    assertEquals(List.of(), readerProblems("fleet", FLEET));
    assertEquals(Set.of(), schemaProblems("devices", EMULATED));
    assertEquals(List.of(), readerProblems("devices", EMULATED));
    String bench = Files.readString(LAB.resolve("fleets/bench.yaml"));
    assertEquals(Set.of(), schemaProblems("devices", bench));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          fleet   | format: 1        | format: 2
          fleet   | site: lab1       | site: Lab 1
          fleet   | site: lab1       | sight: lab1
          fleet   | reversion_s: 30  | reversion_s: 2
          fleet   | id: pv-p18       | id: PV
          fleet   | role: pv         | role: sun
          fleet   | scale: 180       | scale: 0
          fleet   | port: 502        | port: 0
          fleet   | unit: 1          | unit: 256
          fleet   | host: h, port    | port
          fleet   | mqtt: {},        |
          fleet   | ramp_kw_per_s: 3 | ramp_kw_per_s: 0
          fleet   | on_exit: restore | on_exit: nothing
          fleet   | nominal_v: 230   | nominal_v: 0
          fleet   | max_current_a: 16 | max_current_a: 16, phases: 2
          devices | role: pv         | role: sun
          devices | rating_kw: 10    | rating_kw: 0
          devices | rating_kw: 10,   |
          devices | energy_kwh: 10,  |
          devices | soc_min: 0.2     | soc_min: 1.2
          devices | base: 0          | base: 7
          devices | flavour: one     | flavour: two
          devices | fault: late      | fault: tired
          devices | volt_var: true   | volt_var: 1
          devices | ramp_pct_s: 5    | ramp_pct_s: 0
          """)
  void refusesWhatTheReadersRefuse(String schema, String text, String replacement)
      throws IOException {
    String right = schema.equals("fleet") ? FLEET : EMULATED;
    String wrong = right.replace(text, replacement == null ? "" : replacement);
    assertFalse(wrong.equals(right), "nothing to replace");
    assertFalse(schemaProblems(schema, wrong).isEmpty(), "the schema takes it");
    assertFalse(readerProblems(schema, wrong).isEmpty(), "the reader takes it");
  }

  @ParameterizedTest
  @CsvSource({"fleet,", "fleet,devices", "fleet,modbus", "fleet,grid_simulator", "devices,"})
  void everyKeyOfAFleetIsKnownToItsReader(String schema, String within) throws IOException {
    for (String key : keys(schema, within == null ? "" : within)) {
      String wrong = "x_" + key + ": 1";
      String value = key + ": {no: {no: 1}}";
      String yaml = schema.equals("fleet") ? FLEET : EMULATED;
      List<String> problems = readerProblems(schema, placed(yaml, within, value));
      assertFalse(
          problems.stream().anyMatch(p -> p.contains(key + ": unknown key")),
          key + ": " + problems);
      List<String> unknown = readerProblems(schema, placed(yaml, within, wrong));
      assertTrue(
          unknown.stream().anyMatch(p -> p.contains("x_" + key + ": unknown key")),
          key + ": " + unknown);
    }
  }

  private static List<String> keys(String schema, String within) throws IOException {
    JsonNode node = new ObjectMapper().readTree(LAB.resolve(schema + ".schema.json").toFile());
    String path =
        Map.of(
                "", "/properties",
                "devices", "/properties/devices/items/properties",
                "modbus", "/properties/devices/items/properties/modbus/properties",
                "grid_simulator", "/properties/grid_simulator/properties")
            .get(within);
    List<String> keys = new ArrayList<>();
    node.at(path).fieldNames().forEachRemaining(keys::add);
    assertTrue(keys.size() > 3, path);
    return keys;
  }

  private static String placed(String yaml, String within, String entry) {
    if (within == null) {
      return entry + "\n" + yaml;
    }
    String opening = within.equals("devices") ? "- {" : within + ": {";
    return yaml.replace(opening, opening + entry + ", ");
  }
}
