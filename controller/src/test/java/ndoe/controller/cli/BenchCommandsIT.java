package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.Role;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.EmergencyStop;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.PahoLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands for the bench, on emulated devices taken for real. */
class BenchCommandsIT {
  private static final String DAY = ReferenceDay.FILE.toString();

  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int ndoe(String... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private static EmulatedBench plant(Rating rating) {
    return EmulatedBench.start(
        List.of(
            new EmulatedDeviceSpec(
                new DeviceId("pv-p18"), "P18", Role.PV, Protocol.MODBUS, rating)),
        SimulatedClock.running(Instant.parse("2016-06-21T10:00:00Z"), 1, System::nanoTime));
  }

  private Path fleetFile(EmulatedBench bench) throws IOException {
    Connection.ModbusTcp at = (Connection.ModbusTcp) bench.specs().get(0).connection();
    return Files.writeString(
        temp.resolve("fleet.yaml"),
        """
        format: 1
        devices:
          - {id: pv-p18, prosumer: P18, role: pv, modbus: {host: %s, port: %d}, scale: 180}
        """
            .formatted(at.host(), at.port()));
  }

  @Test
  void commissionsADeviceAndSignsForIt() throws IOException {
    try (EmulatedBench bench = plant(Rating.generator(5, 0))) {
      Path report = temp.resolve("report.md");
      int code =
          ndoe(
              "commission",
              "pv-p18",
              DAY,
              "--fleet",
              fleetFile(bench).toString(),
              "--steps",
              "100,50",
              "--reversion",
              "3",
              "--by",
              "A. Tester",
              "--report",
              report.toString(),
              "--yes");
      assertEquals(0, code, err + "\n" + out);
      String text = Files.readString(report);
      assertTrue(text.contains("| limit | 450.000 | 450.000 | 450.000 |"), text);
      assertTrue(text.contains("Result: **PASSED**"), text);
      assertTrue(text.contains("Signed off by A. Tester at "), text);
      assertTrue(text.contains("SHA-256 of everything above"), text);
      assertTrue(bench.plant(new DeviceId("pv-p18")).limitKw() < 0.5, "left at its default");
      assertEquals(
          2,
          ndoe(
              "commission",
              "pv-p18",
              DAY,
              "--fleet",
              temp.resolve("fleet.yaml").toString(),
              "--report",
              report.toString(),
              "--yes"));
      assertTrue(err.toString().contains("is there already"), err.toString());
    }
  }

  @Test
  void writesNothingWithoutConsentOrToADeviceThatIsNotListed() throws IOException {
    try (EmulatedBench bench = plant(Rating.generator(5, 0))) {
      String fleet = fleetFile(bench).toString();
      assertEquals(2, ndoe("commission", "pv-p19", DAY, "--fleet", fleet, "--yes"));
      assertTrue(err.toString().contains("no device pv-p19"), err.toString());
      assertEquals(
          2, ndoe("commission", "pv-p18", DAY, "--fleet", fleet, "--steps", "100,120", "--yes"));
      assertTrue(err.toString().contains("--steps must be 0 to 100"), err.toString());
      assertEquals(5, bench.plant(new DeviceId("pv-p18")).limitKw());
      assertFalse(Files.exists(Path.of("commissioning-pv-p18.md")));
    }
  }

  @Test
  void failsADeviceThatDoesNotFollow() throws IOException {
    try (EmulatedBench bench = plant(Rating.generator(5, 0).withRamp(1e-6))) {
      Path report = temp.resolve("report.md");
      int code =
          ndoe(
              "commission",
              "pv-p18",
              DAY,
              "--fleet",
              fleetFile(bench).toString(),
              "--steps",
              "50",
              "--settle",
              "1",
              "--report",
              report.toString(),
              "--yes");
      assertEquals(4, code, out.toString());
      assertTrue(Files.readString(report).contains("Result: **FAILED**"), out.toString());
    }
  }

  @Test
  void engagesAndResetsTheEmergencyStopForWhoeverComesLater() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertEquals(
          0, ndoe("stop", "--broker", broker.address().uri(), "--reason", "smoke", "--by", "me"));
      EmergencyStop engaged = retained(broker);
      assertTrue(engaged.engaged());
      assertEquals("me", engaged.by());
      assertEquals("smoke", engaged.reason());
      assertEquals(0, ndoe("stop", "--broker", broker.address().uri(), "--reset"));
      assertFalse(retained(broker).engaged());
      assertTrue(out.toString().contains("emergency stop of lab1 reset"), out.toString());
    }
    assertEquals(4, ndoe("stop", "--broker", "tcp://127.0.0.1:1"));
    assertEquals(2, ndoe("stop", "--broker", "mqtt://127.0.0.1"));
  }

  private static EmergencyStop retained(EmbeddedBroker broker) {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (MqttLink link = PahoLink.connect(broker.address(), LinkSettings.of("late"))) {
      link.subscribe("hil/v1/lab1/estop", message -> heard.complete(message.payload()));
      return EmergencyStop.parse(heard.orTimeout(5, TimeUnit.SECONDS).join());
    }
  }

  @Test
  void measuresAFleetOnTheEmbeddedBroker() {
    assertEquals(
        0,
        ndoe(
            "bench",
            "devices",
            "--devices",
            "2",
            "--rounds",
            "5",
            "--reversion",
            "2",
            "--broker",
            "embedded"),
        err.toString());
    String text = out.toString();
    assertTrue(text.contains("Modbus TCP, each device"), text);
    assertTrue(text.contains("MQTT, embedded broker, whole fleet"), text);
    assertFalse(text.contains("NOT within"), text);
    assertEquals(Optional.empty(), Optional.of(err.toString()).filter(said -> !said.isEmpty()));
  }
}
