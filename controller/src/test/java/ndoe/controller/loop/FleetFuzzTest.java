package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ndoe.controller.ReferenceDay;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.YamlFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class FleetFuzzTest {
  private static final List<DeviceNeed> NEEDS =
      ReferenceDay.scenario().prosumers().stream()
          .flatMap(site -> DeviceNeed.of(site, site.connectionPoint().defaultEnvelope()).stream())
          .toList();

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "")
  @DictionaryFile(resourcePath = "fleet.dict")
  void aFleetIsRefusedWithReasonsOrEachDeviceIsSoundAndThereOnce(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      check(FleetFile.read(YamlFile.parse(folder.resolve("fleet.yaml"), text), NEEDS));
    } catch (InvalidInputException refused) {
      assertFalse(refused.problems().isEmpty());
      refused.problems().forEach(problem -> assertFalse(problem.message().isBlank()));
    }
  }

  private static void check(FleetFile.Fleet fleet) {
    List<DeviceSpec> devices = fleet.devices();
    assertEquals(devices.size(), devices.stream().map(DeviceSpec::id).distinct().count());
    long seconds = fleet.timings().reversion().toSeconds();
    assertTrue(seconds >= 3 && seconds <= 3600);
    for (DeviceSpec device : devices) {
      assertTrue(device.scale() > 0 && Double.isFinite(device.scale()), device + "");
      assertTrue(Double.isFinite(device.reversionKw()), device + "");
      if (device.connection() instanceof Connection.ModbusTcp modbus) {
        assertTrue(modbus.port() >= 1 && modbus.port() <= 65_535, device + "");
      } else {
        assertTrue(fleet.broker().isPresent(), device + "");
      }
    }
  }
}
