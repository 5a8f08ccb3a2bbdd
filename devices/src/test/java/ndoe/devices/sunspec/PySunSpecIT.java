package ndoe.devices.sunspec;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.Flavour;
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
      assertEquals("[1,103,701,702,704,705,706,715]", seen.get("models").toString());
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
  void aForeignClientSetsAnEmulatedStorage() throws Exception {
    PeerScript.pythonOrSkip();
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("bat-peer"),
            Kind.STORAGE,
            Rating.storage(7, 5, 20, 0.95, 0.1, 0.9, 0.5),
            Instant::now,
            System::nanoTime);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant)) {
      JsonNode seen =
          JSON.readTree(
              PeerScript.run(
                      "set_storage.py",
                      emulator.address().host(),
                      emulator.address().port(),
                      -2500,
                      60)
                  .get(0));
      assertEquals(5_000, seen.get("charge_rating_w").asDouble());
      assertEquals(50, seen.get("soc_pct").asDouble(), 0.01);
      assertEquals(-2_500, seen.get("set_w").asDouble());
      assertEquals(-2_500, seen.get("w").asDouble(), 2.5);
      assertEquals(-2.5, plant.setpointKw(), 1e-9);
      assertTrue(seen.get("remaining").asInt() > 50, seen.toString());
    }
  }

  @Test
  void aForeignClientReadsAndSetsTheOldModels() throws Exception {
    PeerScript.pythonOrSkip();
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("battery-peer"),
            Kind.STORAGE,
            Rating.storage(50, 40, 100, 0.95, 0.1, 0.9, 0.5),
            Instant::now,
            System::nanoTime);
    plant.setVoltagePu(1.05);
    try (SunSpecEmulator emulator =
        SunSpecEmulator.start(
            plant, SunSpecEmulator.Placement.loopback(0, 0, 7, Flavour.ONE_HUNDRED))) {
      JsonNode seen =
          JSON.readTree(
              PeerScript.run(
                      "set_old_models.py", emulator.address().host(), emulator.address().port(), 7)
                  .get(0));
      assertEquals("[1,103,120,121,122,123,124,126,132,802]", seen.get("models").toString());
      assertEquals("", seen.get("errors").asText());
      assertEquals(50_000, seen.get("w_max").asDouble());
      assertEquals(40_000, seen.get("w_cha_max").asDouble());
      assertEquals(50, seen.get("soc").asDouble(), 0.1);
      assertEquals(-20_000, seen.get("w_charging").asDouble(), 50);
      assertEquals(4, seen.get("charge_status").asInt());
      assertEquals(0, seen.get("w_released").asDouble());
      assertEquals(0, seen.get("mode_released").asInt());
      assertEquals(-7_370, seen.get("var").asDouble(), 40);
      assertTrue(seen.get("read_only").asText().contains("2"), seen.get("read_only").asText());
      assertTrue(seen.get("bad_curve").asText().contains("3"), seen.get("bad_curve").asText());
    }
  }

  @Test
  void decodesEveryDefinitionLikeThePeer() throws Exception {
    PeerScript.pythonOrSkip();
    List<String> lines = PeerScript.run("decode_random_images.py", 33, 3);
    Path definitions = Path.of(JSON.readTree(lines.get(0)).get("definitions").asText());
    Set<Integer> models = new HashSet<>();
    int points = 0;
    int values = 0;
    for (String line : lines.subList(1, lines.size())) {
      JsonNode image = JSON.readTree(line);
      int id = image.get("model").asInt();
      if (models.add(id)) {
        assertSameDefinition(definitions, id);
      }
      Map<String, PointReading> ours = decode(image);
      assertEquals(image.get("points").size(), ours.size(), "points of model " + id);
      for (JsonNode point : image.get("points")) {
        values += compare(ours, point, "model " + id + " " + point);
        points++;
      }
    }
    System.out.printf(
        "pysunspec2 agrees on %d models, %d points, %d of them implemented%n",
        models.size(), points, values);
    assertEquals(112, models.size());
    assertTrue(values > 10_000, values + " values");
  }

  private static void assertSameDefinition(Path folder, int id) throws IOException {
    String name = "model_" + id + ".json";
    try (InputStream shipped = ModelDefinition.class.getResourceAsStream(name)) {
      assertArrayEquals(Files.readAllBytes(folder.resolve(name)), shipped.readAllBytes(), name);
    }
  }

  private static Map<String, PointReading> decode(JsonNode image) {
    int id = image.get("model").asInt();
    int[] registers = JSON.convertValue(image.get("registers"), int[].class);
    ModelReading.Decoded model =
        ModelDecoder.decode(new ModelImage(ModelDefinition.of(id), registers), 40_002);
    return model.values().allPoints().collect(toMap(PointReading::path, identity()));
  }

  private static int compare(Map<String, PointReading> readings, JsonNode point, String what) {
    PointReading ours = readings.get(point.get(0).asText());
    assertNotNull(ours, what);
    assertEquals(point.get(1).asInt(), ours.offset(), what);
    JsonNode coded = point.get(3);
    JsonNode meant = point.get(4);
    PointValue value = ours.value();
    assertEquals(!coded.isNull(), ours.implemented(), what);
    if (value instanceof PointValue.Decimal decimal) {
      double expected = meant.asDouble();
      assertEquals(expected, decimal.number().doubleValue(), Math.abs(expected) * 1e-12, what);
    } else if (value instanceof PointValue.ScaleFactor factor) {
      assertEquals(coded.asInt(), factor.power(), what);
    } else if (value instanceof PointValue.Unscaled unscaled) {
      assertTrue(meant.isNull(), what);
      assertEquals(coded.asText(), unscaled.code().toString(), what);
    } else if (value instanceof PointValue.Real real) {
      assertEquals(coded.asDouble(), real.number(), what);
    } else if (value instanceof PointValue.State state) {
      assertEquals(coded.asLong(), state.code(), what);
    } else if (value instanceof PointValue.Flags flags) {
      assertEquals(coded.asLong(), flags.bits(), what);
      assertEquals(Long.bitCount(flags.bits()), flags.names().size(), what);
    } else if (value instanceof PointValue.Text text) {
      assertEquals(foreignText(point.get(2).asText(), coded), text.text(), what);
    }
    return ours.implemented() ? 1 : 0;
  }

  /** The peer’s way to write a text or an address, in ours. */
  private static String foreignText(String type, JsonNode coded) {
    return switch (type) {
      case "ipaddr" -> {
        long bits = coded.asLong();
        yield (bits >> 24)
            + "."
            + (bits >> 16 & 255)
            + "."
            + (bits >> 8 & 255)
            + "."
            + (bits & 255);
      }
      case "ipv6addr" ->
          coded.asText().toLowerCase(Locale.ROOT).replace(":", "").replaceAll("(.{4})(?!$)", "$1:");
      case "eui48" -> coded.asText().toLowerCase(Locale.ROOT);
      default -> coded.asText();
    };
  }
}
