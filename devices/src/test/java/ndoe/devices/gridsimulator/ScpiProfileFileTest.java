package ndoe.devices.gridsimulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScpiProfileFileTest {
  private static final String GOOD =
      """
      {"name": "own", "vendor": "Own", "identification": "own", "verified": true,
       "power_positive": "delivered",
       "commands": {
         "identify": {"lines": ["*IDN?"], "source": "manual"},
         "read_error": {"lines": ["SYST:ERR?"], "source": "manual"},
         "set_voltage": {"lines": ["VOLT {value}"], "decimals": 2, "source": "manual"},
         "output_off": {"lines": ["OUTP OFF"], "source": "manual"}}}
      """;

  @TempDir Path temp;

  private ScpiProfile read(String text) throws IOException {
    return ScpiProfileFile.read(Files.writeString(temp.resolve("own.json"), text));
  }

  @Test
  void everyBuiltInProfileIsValidAndNamesItsSources() {
    for (String name : ScpiProfileFile.BUILT_IN) {
      ScpiProfile profile = ScpiProfileFile.find(name);
      assertEquals(name, profile.name());
      assertEquals(!name.startsWith("itech"), profile.verified(), name);
      profile
          .commands()
          .forEach(
              (operation, command) ->
                  assertEquals(
                      profile.verified(),
                      command.source().startsWith("sunspec/svp_energy_lab@25b17c2"),
                      name + " " + operation));
    }
  }

  @Test
  void aCommandThatIsNotProvenIsNotThere() {
    ScpiProfile pacific = ScpiProfileFile.find("pacific");
    assertFalse(pacific.has(ScpiOperation.MEASURE_POWER));
    String message =
        assertThrows(
                UnsupportedScpiException.class, () -> pacific.require(ScpiOperation.MEASURE_POWER))
            .getMessage();
    assertTrue(message.startsWith("profile pacific has no command for: measure power"), message);
  }

  @Test
  void readsAFileOfTheUser() throws IOException {
    ScpiProfile own = read(GOOD);
    assertEquals("VOLT 231.46", own.require(ScpiOperation.SET_VOLTAGE).filled(1, 231.456).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"verified\": true|\"verified\": 1|verified is 1; allowed is true or false",
        "\"delivered\"|\"both\"|power_positive is \"both\"; allowed is delivered or absorbed",
        "\"set_voltage\"|\"set_volt\"|commands.set_volt: allowed is one of identify",
        "VOLT {value}|VOLT {volts}|commands.set_voltage.lines is \"VOLT {volts}\"",
        "VOLT {value}|VOLT|allowed is a last line with {value}",
        "*IDN?|*IDN|allowed is a query",
        "\"decimals\": 2|\"decimals\": 9|commands.set_voltage.decimals is 9",
        "\"decimals\": 2|\"factor\": 0|commands.set_voltage.factor is 0",
        "\"decimals\": 2|\"digits\": 2|commands.set_voltage.digits: allowed is one of decimals",
        "\"own\", \"verified\"|\"(own\", \"verified\"|identification is \"(own\"",
        "\"output_off\"|\"output_on\"|commands.output_off: allowed is a command",
        "\"name\": \"own\",|\"name\": \"\",|name is \"\"; allowed is a text",
        "OUTP OFF\"|OUTP OFF\\n\"|commands.output_off.lines",
        "}}}|}}|own.json is not JSON"
      })
  void aMistakeIsNamedWithFileKeyValueAndWhatIsAllowed(String was, String is, String expected) {
    assertTrue(GOOD.contains(was), was);
    String message =
        assertThrows(IllegalArgumentException.class, () -> read(GOOD.replace(was, is)))
            .getMessage();
    assertTrue(message.contains("own.json"), message);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aNameThatIsNeitherFileNorBuiltInNamesThoseThereAre() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ScpiProfileFile.find("regatron"))
            .getMessage();
    assertTrue(message.contains("ametek-mx, chroma-61800, itech-it7900, pacific"), message);
  }
}
