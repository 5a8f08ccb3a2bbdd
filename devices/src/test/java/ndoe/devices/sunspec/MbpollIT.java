package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command-line client built on libmodbus reads and sets an emulator. */
@Timeout(60)
class MbpollIT {

  @Test
  void aThirdStackFindsTheMarkerAndLimitsAnEmulator() throws Exception {
    Path mbpoll = mbpollOrSkip();
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("pv"),
            Kind.GENERATOR,
            Rating.generator(100, 15),
            Instant::now,
            System::nanoTime);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant)) {
      String marker = run(mbpoll, emulator.address(), "4:hex", 40_000, 3);
      assertTrue(marker.contains("0x5375") && marker.contains("0x6E53"), marker);
      assertTrue(marker.contains("0x0001"), marker);
      int controls =
          SunSpecScan.of(emulator.address(), ModbusTimings.DEFAULT)
              .find(704)
              .orElseThrow()
              .address();
      run(mbpoll, emulator.address(), "4", controls + 14, 0, 1, 4_000, 1_500, 1, 0, 60);
      assertEquals(40, plant.limitKw(), 1e-9);
      String read = run(mbpoll, emulator.address(), "4", controls + 14, 2);
      assertTrue(read.contains("4000"), read);
    }
  }

  /** Reads so many registers, or writes the values in one request when there are any. */
  private static String run(
      Path mbpoll, ModbusAddress at, String type, int register, int count, int... values)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(mbpoll.toString(), "-m", "tcp", "-0", "-1"));
    command.addAll(List.of("-p", "" + at.port(), "-a", "" + at.unitId(), "-t", type));
    command.addAll(List.of("-r", "" + register));
    if (values.length == 0) {
      command.addAll(List.of("-c", "" + count));
    }
    command.add(at.host());
    for (int value : values) {
      command.add("" + value);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), "mbpoll does not end");
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  private static Path mbpollOrSkip() {
    Optional<Path> found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "mbpoll"))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String reason = "skipped: mbpoll is not installed";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return found.orElseThrow();
  }
}
