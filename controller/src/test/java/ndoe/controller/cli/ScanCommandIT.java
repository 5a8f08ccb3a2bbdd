package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ScanCommandIT {
  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int scan(String... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length + 1];
    words[0] = "scan";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return command.execute(words);
  }

  @Test
  void tellsWhatAnInverterIsAndDoes() {
    try (SunSpecEmulator emulator = inverter()) {
      assertEquals(0, scan(target(emulator)), err.toString());
    }
    said("unit 1: SunSpec at register 40000, 8 models");
    said("  serial        pv-7");
    said("    704    40329         67  DER AC Controls");
    said("    702  WMaxRtg              900000 W");
    said("    701  W                    720000 W");
    said("    701  LLV                  408.00 V");
    said("    701  InvSt                RUNNING");
    said("    704  WMaxLimPctEna        DISABLED");
    assertFalse(out.toString().contains("_SF"), out.toString());
  }

  @Test
  void showsTheCommonModelToThoseWhoWantAll() {
    try (SunSpecEmulator emulator = inverter()) {
      assertEquals(0, scan(target(emulator), "--all"), err.toString());
    }
    said("      1  DA                   1 ");
  }

  @Test
  void asksEveryUnitNamedAndSaysWhichIsNone() {
    try (SunSpecEmulator emulator = inverter()) {
      assertEquals(0, scan(target(emulator), "--unit", "1,9", "--timeout", "5000"));
    }
    said("unit 1: SunSpec at register 40000");
    said("unit 9 answers Modbus but not SunSpec");
  }

  @Test
  void readsWhatAVendorDoesDifferently() throws IOException {
    Path quirks = temp.resolve("vendor.json");
    try (SunSpecEmulator emulator = inverter()) {
      Files.writeString(quirks, "{\"base\": 40000, \"unit\": 1, \"registers_per_request\": 60}");
      assertEquals(0, scan(target(emulator), "--quirks", quirks.toString()), err.toString());
      Files.writeString(quirks, "{\"base\": 0}");
      assertEquals(Ndoe.UNREACHABLE, scan(target(emulator), "--quirks", quirks.toString()));
    }
    Files.writeString(quirks, "{\"unit\": 300}");
    assertEquals(Ndoe.BAD_INPUT, scan("h", "--quirks", quirks.toString()));
    String text = err.toString();
    assertTrue(text.contains("unit must be a whole number from 0 to 255, not 300"), text);
    Files.writeString(quirks, "{\"bas\": 0}");
    assertEquals(Ndoe.BAD_INPUT, scan("h", "--quirks", quirks.toString()));
    assertTrue(err.toString().contains("unknown key bas"), err.toString());
  }

  @Test
  void saysInOneLineThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertEquals(Ndoe.UNREACHABLE, scan("127.0.0.1:" + port));
    assertOneLine("cannot be reached");
  }

  @Test
  void saysInOneLineThatNobodyAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String target = "127.0.0.1:" + silent.getLocalPort();
      assertEquals(Ndoe.UNREACHABLE, scan(target, "--timeout", "150"));
    }
    assertOneLine("no complete answer within 150 ms; check the unit id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "::1",
        "a b",
        "x:",
        "h --unit=256",
        "h --unit=-1",
        "h --timeout=0"
      })
  void refusesWhatIsNoAddressAndConnectsToNothing(String arguments) {
    String[] words = arguments.equals("a b") ? new String[] {arguments} : arguments.split(" ");
    assertEquals(Ndoe.BAD_INPUT, scan(words), out.toString());
  }

  private static SunSpecEmulator inverter() {
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("pv-7"),
            Kind.GENERATOR,
            Rating.generator(900, 135).withRamp(5),
            Instant::now,
            System::nanoTime);
    plant.setAvailablePowerKw(720);
    plant.setVoltagePu(1.02);
    return SunSpecEmulator.start(plant);
  }

  private static String target(SunSpecEmulator emulator) {
    return "127.0.0.1:" + emulator.address().port();
  }

  private void said(String text) {
    assertTrue(out.toString().contains(text), text + " missing in\n" + out);
  }

  private void assertOneLine(String text) {
    assertTrue(err.toString().contains(text), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals("", out.toString());
  }
}
