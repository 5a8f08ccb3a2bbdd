package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema says the same as the reader, as far as a schema can. */
class ScenarioSchemaTest {
  private static final Path SCHEMA = Path.of("scenario.schema.json");
  private static JsonSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    schema = factory.getSchema(Files.readString(SCHEMA));
  }

  @Test
  void isAValidSchema() throws IOException {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(Set.of(), meta.validate(tree(Files.readString(SCHEMA))));
  }

  @Test
  void acceptsTheReferenceScenario() throws IOException {
    assertEquals(Set.of(), places(Files.readString(ScenarioFileTest.REFERENCE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ieee13", "lowvoltage"})
  void acceptsScenariosOnUnbalancedFeeders(String feeder) throws IOException {
    assertEquals(Set.of(), places(Files.readString(Path.of(feeder, feeder + ".yaml"))));
  }

  @Test
  void needsSourceVoltageAndRatingsOnlyWhereTheFeederIsBalanced() throws IOException {
    String neither =
        SmallScenario.YAML
            .replaceFirst(" +source_voltage_pu: 1.0\n", "")
            .replaceFirst(" +line_ratings_kva: .*\n", "");
    assertEquals(Set.of("/feeder"), places(neither));
    assertEquals(Set.of("/feeder"), places(neither.replace("dss:", "model: balanced\n  dss:")));
    assertEquals(Set.of(), places(neither.replace("dss:", "model: opendss\n  dss:")));
    assertEquals(Set.of(), places(SmallScenario.YAML.replace("dss:", "model: opendss\n  dss:")));
  }

  @Test
  void acceptsASmallScenarioThatLeavesOptionalKeysOut() throws IOException {
    assertEquals(Set.of(), places(SmallScenario.YAML));
  }

  @Test
  void acceptsEitherDistance() throws IOException {
    for (String distance : new String[] {"norm", "wasserstein"}) {
      String yaml = SmallScenario.YAML.replace("scenarios: 2", "distance: " + distance);
      assertEquals(Set.of(), places(yaml));
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          format: 1              | format: 2                 | /format
          name: small            | name: ../small            | /name
          name: small            | nme: small                |
          source_voltage_pu: 1.0 | model: linear             | /feeder/model
          source_voltage_pu: 1.0 | source_voltage_pu: "1.0"  | /feeder/source_voltage_pu
          default: 500           | default: 0                | /feeder/line_ratings_kva/default
          interval_minutes: 120  | interval_minutes: 0       | /horizon/interval_minutes
          start: "2016-03-05T    | start: "05.03.2016T       | /horizon/start
          from: "00:00"          | from: "01:00"             | /tariff/retail_buy_per_kwh
          from: "07:00"          | from: "7:00"              | /tariff/retail_buy_per_kwh
          links: all             | links: [[A]]              | /trading/links
          id: ESS                | id: E/S                   | /dso/batteries/0/id
          id: ESS                | id: ESS, colour: red      | /dso/batteries/0
          bus: end,              |                           | /dso/static_var_compensators/0
          scenarios: 2           | distance: far             | /uncertainty/distance
          scenarios: 2           | radius: wide              | /uncertainty/radius
          efficiency: 0.9        | efficiency: 90            | /prosumer_defaults/battery/efficiency
          efficiency: 0.9        | eficiency: 0.9            | /prosumer_defaults/battery
          peak_kw: 60            | peak_kw: -60              | /prosumers/0/pv/peak_kw
          id: B,                 |                           | /prosumers/1
          """)
  void refuses(String text, String replacement, String place) throws IOException {
    String broken = SmallScenario.YAML.replace(text, replacement == null ? "" : replacement);
    assertFalse(broken.equals(SmallScenario.YAML));
    Set<String> places = places(broken);
    String expected = place == null ? "" : place;
    assertTrue(
        places.stream()
            .anyMatch(
                found ->
                    found.equals(expected)
                        || (!expected.isEmpty() && found.startsWith(expected + "/"))),
        places::toString);
  }

  private static Set<String> places(String yaml) throws IOException {
    return schema.validate(tree(yaml)).stream()
        .map(message -> message.getInstanceLocation().toString().replace("$", ""))
        .map(place -> place.replace('.', '/').replaceAll("\\[(\\d+)]", "/$1"))
        .collect(Collectors.toSet());
  }

  private static JsonNode tree(String yaml) throws IOException {
    return new YAMLMapper().readTree(yaml);
  }
}
