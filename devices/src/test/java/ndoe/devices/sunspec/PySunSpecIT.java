package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator;
import org.junit.jupiter.api.Test;

/** The SunSpec Alliance’s own Python client as an independent judge of emulator and reader. */
class PySunSpecIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aForeignClientReadsAndLimitsAnEmulator() throws Exception {
    PeerScript.pythonOrSkip();
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("pv-peer"),
            Kind.GENERATOR,
            Rating.generator(900, 135).withRamp(5),
            Instant::now,
            System::nanoTime);
    plant.setAvailablePowerKw(720);
    plant.setVoltagePu(1.02);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant)) {
      JsonNode seen =
          JSON.readTree(
              PeerScript.run(
                      "scan_and_limit.py",
                      emulator.address().host(),
                      emulator.address().port(),
                      40,
                      15,
                      2)
                  .get(0));
      assertEquals("[1,103,701,702,704]", seen.get("models").toString());
      assertEquals("", seen.get("errors").asText());
      assertEquals("pv-peer", seen.get("serial").asText());
      assertEquals(900_000, seen.get("rating_w").asDouble());
      assertEquals(720_000, seen.get("w_before").asDouble());
      assertEquals(720_000, seen.get("w_103").asDouble());
      assertEquals(408, seen.get("llv").asDouble(), 0.005);
      assertEquals(50, seen.get("hz").asDouble());
      assertEquals(0, seen.get("enabled_before").asInt());
      assertEquals(360_000, seen.get("w_limited").asDouble());
      assertEquals(40, seen.get("limit_read").asDouble());
      assertTrue(seen.get("remaining").asInt() > 0);
      assertEquals(135_000, seen.get("w_reverted").asDouble());
      assertEquals(15, seen.get("limit_reverted").asDouble());
      assertTrue(seen.get("read_only").asText().contains("2"), seen.get("read_only").asText());
      assertTrue(seen.get("too_much").asText().contains("3"), seen.get("too_much").asText());
      assertEquals(135, plant.activePowerKw(), 0.01);
    }
  }

  @Test
  void decodesEveryStandardModelLikeThePeer() throws Exception {
    PeerScript.pythonOrSkip();
    List<String> lines = PeerScript.run("decode_random_images.py", 33, 3);
    Path definitions = Path.of(JSON.readTree(lines.get(0)).get("definitions").asText());
    Map<Integer, ModelDefinition> models = new HashMap<>();
    int points = 0;
    int values = 0;
    for (String line : lines.subList(1, lines.size())) {
      JsonNode image = JSON.readTree(line);
      int id = image.get("model").asInt();
      if (!models.containsKey(id)) {
        models.put(id, definition(definitions, id));
      }
      ModelImage ours =
          new ModelImage(models.get(id), JSON.convertValue(image.get("registers"), int[].class));
      for (JsonNode point : image.get("points")) {
        values += compare(ours, point, "model " + id + " " + point);
        points++;
      }
    }
    System.out.printf(
        "pysunspec2 agrees on %d models, %d points, %d of them implemented%n",
        models.size(), points, values);
    assertTrue(models.size() > 90 && values > 5_000);
  }

  private static int compare(ModelImage ours, JsonNode point, String what) {
    String path = point.get(0).asText();
    JsonNode raw = point.get(3);
    JsonNode scaled = point.get(4);
    assertTrue(ours.paths().contains(path), what);
    assertEquals(point.get(1).asInt(), ours.offset(path), what);
    String type = point.get(2).asText();
    if (type.equals("string")) {
      assertEquals(raw.isNull() ? "" : raw.asText(), ours.text(path), what);
    } else if (type.startsWith("float")) {
      OptionalDouble value = ours.value(path);
      assertEquals(raw.isNull() || raw.isTextual(), value.isEmpty(), what);
    } else {
      OptionalLong found = ours.raw(path);
      assertEquals(raw.isNull(), found.isEmpty(), what);
      found.ifPresent(number -> assertEquals(raw.asText(), text(number, type), what));
      OptionalDouble value = ours.value(path);
      assertEquals(scaled.isNull(), value.isEmpty(), what);
      if (value.isPresent()) {
        double expected = scaled.asDouble();
        assertEquals(expected, value.getAsDouble(), Math.abs(expected) * 1e-12, what);
      }
    }
    return raw.isNull() ? 0 : 1;
  }

  private static String text(long number, String type) {
    return type.startsWith("int") || type.equals("sunssf")
        ? Long.toString(number)
        : Long.toUnsignedString(number);
  }

  private static ModelDefinition definition(Path folder, int id) throws Exception {
    Path file = folder.resolve("model_" + id + ".json");
    try (InputStream json = Files.newInputStream(file)) {
      return ModelDefinition.parse(json);
    }
  }
}
