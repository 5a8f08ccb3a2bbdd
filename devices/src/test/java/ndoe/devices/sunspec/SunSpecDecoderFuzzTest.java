package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusedException;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SunSpecDecoderFuzzTest {

  @FuzzTest(maxDuration = "")
  void everyRegisterIsReadOnceAndEveryPointMeansOneThing(byte[] bytes) {
    FuzzedRegisters device = new FuzzedRegisters(bytes);
    SunSpecMap map;
    try {
      map = SunSpecMap.discover(device, SunSpecQuirks.NONE);
    } catch (DeviceLinkException noSunSpecDevice) {
      assertFalse(noSunSpecDevice.getMessage().isBlank());
      return;
    }
    for (ModelHeader header : map.models()) {
      if (ModelDefinition.find(header.id()).isPresent()) {
        readAndDecode(device, header);
      }
    }
  }

  private static void readAndDecode(FuzzedRegisters device, ModelHeader header) {
    device.requests().clear();
    ModelImage image;
    try {
      image = SunSpecMap.read(device, header, ModbusLink.MAX_READ);
    } catch (ModbusRefusedException | DeviceLinkException refused) {
      return;
    }
    int next = header.address();
    for (FuzzedRegisters.Request request : device.requests()) {
      assertEquals(next, request.start());
      next += request.count();
    }
    assertEquals(header.address() + 2 + header.length(), next);
    ModelReading.Decoded decoded = ModelDecoder.decode(image, header.address());
    Set<String> paths = new HashSet<>();
    decoded.values().allPoints().forEach(point -> check(point, image, paths));
  }

  private static void check(PointReading point, ModelImage image, Set<String> paths) {
    assertTrue(paths.add(point.path()), point.path() + " is there twice");
    assertTrue(image.offset(point.path()) == point.offset() && point.offset() >= 0);
    assertTrue(image.end(point.path()) <= image.size(), point.path() + " ends beyond the model");
    assertFalse(point.value().toString().isEmpty() && point.implemented(), point.path());
    if (point.value() instanceof PointValue.Decimal decimal) {
      double value = image.value(point.path()).orElseThrow();
      assertEquals(decimal.number().doubleValue(), value, Math.abs(value) * 1e-12, point.path());
    } else if (point.value() instanceof PointValue.Real real) {
      assertFalse(Double.isNaN(real.number()), point.path());
    }
  }
}
