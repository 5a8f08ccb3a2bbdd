package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import ndoe.devices.gridsimulator.HardwareModel;
import ndoe.devices.gridsimulator.ScpiEmulator;
import ndoe.devices.gridsimulator.ScpiProfileFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ScpiCommandIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int scpi(String... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length + 1];
    words[0] = "scpi";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return command.execute(words);
  }

  private static ScpiEmulator emulator(String profile) {
    return ScpiEmulator.start(
        ScpiProfileFile.find(profile), 230, HardwareModel.constantPower(3, 0), Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ametek-mx", "chroma-61800", "itech-it7900", "pacific"})
  void tellsWhatAGridSimulatorIsWithoutSettingAnything(String profile) {
    try (ScpiEmulator emulator = emulator(profile)) {
      String target = "127.0.0.1:" + emulator.address().port();
      assertEquals(0, scpi(target, "--profile", profile), err.toString());
      assertTrue(out.toString().contains("EMULATED"), out.toString());
      assertTrue(out.toString().contains("output             off"), out.toString());
      for (String line : emulator.received()) {
        assertTrue(line.contains("?") || line.startsWith("inst:"), line);
      }
    }
  }

  @Test
  void saysWhatTheProfileCannotTell() {
    try (ScpiEmulator emulator = emulator("pacific")) {
      scpi("127.0.0.1:" + emulator.address().port(), "--profile", "pacific");
    }
    assertTrue(out.toString().contains("power injected     not told by this profile"));
    assertFalse(out.toString().contains("frequency          not told"), out.toString());
  }

  @Test
  void anInstrumentOfAnotherVendorIsNotReadOn() {
    try (ScpiEmulator emulator = emulator("ametek-mx")) {
      String target = "127.0.0.1:" + emulator.address().port();
      assertEquals(4, scpi(target, "--profile", "pacific"));
      assertEquals(1, emulator.received().size());
    }
  }

  @Test
  void aProfileThatDoesNotExistIsBadUsage() {
    assertEquals(2, scpi("127.0.0.1:1", "--profile", "regatron"));
    assertTrue(err.toString().contains("ametek-mx"), err.toString());
  }
}
