package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.controller.loop.EmulatedDevices;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.Fault;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.SunSpecScan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class EmulateCommandIT {
  private static final Path BENCH =
      Path.of(System.getProperty("ndoe.home", "..")).resolve("lab-setup/fleets/bench.yaml");

  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static EmulatedDevices bench() {
    return EmulatedDevices.start(BENCH, Optional.empty(), 1);
  }

  private int emulate(String... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length + 1];
    words[0] = "emulate";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return command.execute(words);
  }

  @Test
  void everyModbusDeviceOfTheBenchIsSunSpecAtItsUnitAndBase() {
    try (EmulatedDevices devices = bench()) {
      int scanned = 0;
      for (DeviceSpec spec : devices.specs()) {
        if (spec.connection() instanceof Connection.ModbusTcp modbus) {
          ModbusAddress address = new ModbusAddress(modbus.host(), modbus.port(), modbus.unitId());
          SunSpecScan scan = SunSpecScan.of(address, ModbusTimings.DEFAULT);
          boolean old = spec.id().value().endsWith("-100");
          assertEquals(!old, scan.find(701).isPresent(), spec.id().value());
          assertEquals(old, scan.find(121).isPresent(), spec.id().value());
          assertEquals(spec.id().value(), scan.find(1).orElseThrow().text("SN"));
          scanned++;
        }
      }
      assertEquals(7, scanned);
      assertTrue(devices.broker().isPresent());
    }
  }

  @Test
  void theDevicesOfTheBenchAreMeasuredByTheirDrivers() {
    try (EmulatedDevices devices = bench()) {
      var reachable =
          devices.specs().stream().filter(spec -> !spec.id().value().endsWith("-100")).toList();
      try (DeviceFleet fleet =
          DeviceFleet.connect(reachable, devices.broker(), FleetTimings.defaults())) {
        fleet.devices().forEach(device -> assertEquals(device.id(), device.measure().device()));
        assertEquals(7, fleet.devices().size());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fault pv-700 silent         | pv-700 is silent
          fault pv-700 HALF_OPEN      | pv-700 is half_open
          clear pv-700                | pv-700 is sound
          voltage pv-700 1.06         | pv-700 feels 1.06 pu
          available pv-100 4          | pv-100 has 4 kW available
          demand meter-mqtt 2.5       | meter-mqtt takes 2.5 kW
          fault pv-mqtt torn_frame    | not done: pv-mqtt cannot be "torn_frame"; allowed are late, silent, drifting, ignoring_setpoints, frozen
          fault pv-700 tired          | not done: pv-700 cannot be "tired"; allowed are late, silent, half_open
          fault pv-9 late             | not done: no device "pv-9"; devices are pv-700, battery-700
          fault pv-700                | not done: the command is: fault ID KIND
          voltage pv-700 high         | not done: PU "high": allowed is a number from 0 to 2
          voltage pv-700 NaN          | not done: PU "NaN": allowed is a number from 0 to 2
          available meter-700 1       | not done: meter-700 is a load; use demand ID KW
          demand pv-700 1             | not done: pv-700 is no load; use available ID KW
          dance                       | unknown command "dance"; help shows all
          help                        | fault ID KIND     break a device: late, silent
          """)
  void answersEveryCommand(String command, String answer) {
    try (EmulatedDevices devices = bench()) {
      String said = new EmulatorConsole(devices).answer(command);
      assertTrue(said.startsWith(answer), said);
    }
  }

  @Test
  void commandsActAndTheListShowsIt() {
    try (EmulatedDevices devices = bench()) {
      String commands = "available pv-100 4\n\nfault pv-100 late\nfault pv-100 frozen\nlist\n";
      InputStream in = new ByteArrayInputStream(commands.getBytes(StandardCharsets.UTF_8));
      new EmulatorConsole(devices).serve(in, new PrintWriter(out, true));
      assertEquals(4, devices.plant(new DeviceId("pv-100")).activePowerKw());
      assertTrue(devices.device(new DeviceId("pv-drifting")).faults().contains(Fault.DRIFTING));
      assertTrue(
          out.toString()
              .contains("pv-100                   4.000 kW     0.000 kvar 1.0000 pu  late, frozen"),
          out.toString());
      assertEquals(13, out.toString().lines().count(), out.toString());
    }
  }

  @Test
  void runsOnAfterTheEndOfItsInputUntilItIsStopped() throws Exception {
    InputStream before = System.in;
    AtomicInteger code = new AtomicInteger(-1);
    CountDownLatch inputEnded = new CountDownLatch(1);
    System.setIn(
        new ByteArrayInputStream("voltage pv 1.05\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] into, int at, int most) {
            int count = super.read(into, at, most);
            if (count < 0) {
              inputEnded.countDown();
            }
            return count;
          }
        });
    Path file =
        Files.writeString(
            temp.resolve("one.yaml"),
            "format: 1\ndevices:\n  - {id: pv, role: pv, rating_kw: 1}\n");
    Thread running = new Thread(() -> code.set(emulate(file.toString())));
    try {
      running.start();
      inputEnded.await();
      running.join(Duration.ofMillis(300).toMillis());
      assertTrue(running.isAlive(), err.toString());
      assertTrue(out.toString().contains("pv feels 1.05 pu"), out.toString());
    } finally {
      running.interrupt();
      running.join();
      System.setIn(before);
    }
    assertEquals(0, code.get());
  }

  @Test
  void saysWhatAFileLacksAndStartsNothing() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("bad.yaml"), "format: 1\ndevices:\n  - {id: pv, role: pv}\n");
    assertEquals(Ndoe.BAD_INPUT, emulate(file.toString()));
    assertTrue(err.toString().contains("bad.yaml"), err.toString());
    assertTrue(err.toString().contains("rating_kw"), err.toString());
    assertEquals("", out.toString());
    assertEquals(Ndoe.BAD_INPUT, emulate(BENCH.toString(), "--prosumer", "P18"));
    assertTrue(err.toString().contains("--prosumer is for"), err.toString());
  }

  @Test
  void helpNamesCommandsAndKeys() {
    assertEquals(0, emulate("--help"));
    for (Fault fault : Fault.values()) {
      assertTrue(
          out.toString().contains(fault.name().toLowerCase(Locale.ROOT)), fault + "\n" + out);
    }
    assertTrue(out.toString().contains("apparent_kva"), out.toString());
    assertFalse(out.toString().contains("null"), out.toString());
  }
}
