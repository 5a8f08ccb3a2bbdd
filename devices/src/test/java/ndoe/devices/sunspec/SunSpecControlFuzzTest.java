package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import ndoe.devices.modbus.ModbusLink;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SunSpecControlFuzzTest {
  private static final int SETTINGS = 3;
  private static final int SETTING_BYTES = 10;
  private static final List<Integer> SHIPPED =
      IntStream.concat(IntStream.range(1, 1000), IntStream.range(63_000, 1 << 16))
          .filter(id -> ModelDefinition.find(id).isPresent())
          .boxed()
          .toList();

  /**
   * Two bytes for the model, two for its length, one for manners, three settings of a point (two
   * bytes) and a value (eight), then the registers.
   */
  @FuzzTest(maxDuration = "")
  void whatIsCodedIsWhatWasAskedOrLessByUnderAStep(byte[] bytes) {
    ByteBuffer told = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 64));
    int id = SHIPPED.get((told.getShort() & 0xFFFF) % SHIPPED.size());
    int[] registers = new int[2 + (told.getShort() & 0x1FF)];
    int manners = told.get();
    ByteBuffer asked = told.slice(told.position(), SETTINGS * SETTING_BYTES);
    told.position(told.position() + SETTINGS * SETTING_BYTES);
    for (int i = 0; i < registers.length && told.remaining() > 1; i++) {
      registers[i] = told.getShort() & 0xFFFF;
    }
    ModelImage present = new ModelImage(ModelDefinition.of(id), registers);
    if ((manners & 4) == 0) {
      makeScaleFactorsSound(present);
    }
    Map<String, Double> settings = settings(present, asked, 1 + (manners & 3) % SETTINGS);
    if (!settings.isEmpty()) {
      check(new ControlRequest(id, settings), present);
    }
  }

  /** Otherwise nearly none would be, and no control could be coded. */
  private static void makeScaleFactorsSound(ModelImage image) {
    image
        .layout()
        .slots()
        .forEach(
            (path, slot) -> {
              if (slot.point().type() == PointType.SUNSSF) {
                image.putRaw(path, image.registers(slot.offset(), slot.end())[0] % 5 - 3);
              }
            });
  }

  private static Map<String, Double> settings(ModelImage image, ByteBuffer asked, int most) {
    List<String> writable =
        image.layout().slots().entrySet().stream()
            .filter(slot -> slot.getValue().point().writable())
            .map(Map.Entry::getKey)
            .toList();
    List<String> all = List.copyOf(image.paths());
    Map<String, Double> settings = new LinkedHashMap<>();
    for (int i = 0; i < most; i++) {
      int choice = asked.getShort();
      double value = asked.getDouble();
      List<String> paths = choice < 0 || writable.isEmpty() ? all : writable;
      if (Double.isFinite(value)) {
        settings.put(
            paths.isEmpty() ? "none" : paths.get(Math.floorMod(choice, paths.size())), value);
      }
    }
    return settings;
  }

  private static void check(ControlRequest request, ModelImage present) {
    int[] before = present.registers(0, present.size());
    CodedControl coded = CodedControl.of(request, present);
    assertArrayEquals(before, present.registers(0, present.size()), "what was read is changed");
    if (coded.problem().isPresent()) {
      assertFalse(coded.problem().get().isBlank());
      return;
    }
    int[] written = coded.registers();
    assertTrue(written.length >= 1 && written.length <= ModbusLink.MAX_WRITE);
    ModelImage after = present.copy();
    after.overwrite(coded.from(), written);
    assertEquals(List.of(), coded.differences(after));
    request
        .settings()
        .forEach(
            (path, asked) -> {
              double told = after.value(path).orElseThrow();
              double step = Math.pow(10, after.scaleFactor(path).orElseThrow());
              double rounding = Math.abs(asked) * 1e-12;
              assertTrue(Math.abs(told) <= Math.abs(asked) + rounding, path + " holds more");
              assertTrue(Math.abs(asked - told) < step * (1 + 1e-9) + rounding, path + " is lost");
            });
  }
}
