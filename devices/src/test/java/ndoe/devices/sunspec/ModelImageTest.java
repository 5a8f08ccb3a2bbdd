package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModelImageTest {

  /** Curves[NCrv] of points[NPt], a single inner group, a literal scale factor. */
  private static final String CURVES =
      """
      {"id": 9001, "group": {"name": "Curves", "type": "group", "points": [
         {"name": "ID", "type": "uint16", "size": 1}, {"name": "L", "type": "uint16", "size": 1},
         {"name": "NPt", "type": "uint16", "size": 1}, {"name": "NCrv", "type": "count", "size": 1},
         {"name": "Fix", "type": "int16", "size": 1, "sf": -3},
         {"name": "V_SF", "type": "sunssf", "size": 1}],
       "groups": [
         {"name": "Crv", "count": "NCrv", "points": [
            {"name": "Act", "type": "enum16", "size": 1},
            {"name": "P_SF", "type": "sunssf", "size": 1}],
          "groups": [
            {"name": "Pt", "count": "NPt", "points": [
              {"name": "V", "type": "uint16", "size": 1, "sf": "V_SF"},
              {"name": "P", "type": "int32", "size": 2, "sf": "P_SF"}]},
            {"name": "One", "points": [{"name": "X", "type": "float32", "size": 2}]}]}]}}
      """;

  private static final String ENDLESS =
      """
      {"id": 9002, "group": {"name": "Modules", "type": "group", "points": [
         {"name": "ID", "type": "uint16", "size": 1}, {"name": "L", "type": "uint16", "size": 1},
         {"name": "Name", "type": "string", "size": 8}],
       "groups": [{"name": "M", "count": 0, "points": [
            {"name": "A", "type": "acc32", "size": 2}, {"name": "B", "type": "pad", "size": 1}]}]}}
      """;

  @Test
  void findsPointsOfNestedRepeatingGroups() throws IOException {
    ModelImage image = curves();
    assertEquals(21, image.offset("Crv[1].Pt[1].V"));
    assertEquals(OptionalDouble.of(23.0), image.value("Crv[1].One.X"));
    assertEquals(OptionalDouble.of(2.2), image.value("Crv[1].Pt[1].V"));
    assertEquals(OptionalDouble.of(-7_000), image.value("Crv[1].Pt[1].P"));
    assertEquals(OptionalLong.of(-7), image.raw("Crv[1].Pt[1].P"));
    assertEquals(OptionalLong.empty(), image.raw("Crv[2].Act"));
  }

  @Test
  void takesAScaleFactorFromNumberOwnOrOuterGroup() throws IOException {
    ModelImage image = curves();
    assertEquals(OptionalInt.of(-3), image.scaleFactor("Fix"));
    assertEquals(OptionalDouble.of(-1.5), image.value("Fix"));
    assertEquals(OptionalInt.of(-1), image.scaleFactor("Crv[0].Pt[0].V"));
    assertEquals(OptionalInt.of(3), image.scaleFactor("Crv[0].Pt[0].P"));
  }

  @Test
  void knowsNoValueWithoutItsScaleFactor() throws IOException {
    ModelImage image = curves();
    image.putRaw("V_SF", -32_768);
    assertEquals(OptionalDouble.empty(), image.value("Crv[1].Pt[1].V"));
    assertEquals(OptionalLong.of(22), image.raw("Crv[1].Pt[1].V"));
  }

  @Test
  void fillsTheModelWithGroupsOfCountZero() throws IOException {
    ModelImage image = image(ENDLESS, new int[2 + 8 + 3 * 4 + 2]);
    assertTrue(image.paths().contains("M[3].A"));
    assertTrue(image.paths().contains("M[4].A"));
    assertEquals(22, image.offset("M[4].A"));
    assertEquals(OptionalLong.empty(), image.raw("M[4].B"));
    assertEquals(OptionalLong.empty(), image.raw("M[5].A"));
  }

  @Test
  void toleratesAShorterAndALongerModel() throws IOException {
    ModelImage shorter = image(CURVES, new int[] {9001, 3, 2, 2, 7});
    assertEquals(OptionalDouble.of(0.007), shorter.value("Fix"));
    assertEquals(OptionalLong.empty(), shorter.raw("V_SF"));
    int[] longer = new int[40];
    longer[2] = 1;
    longer[3] = 1;
    assertEquals(13, image(CURVES, longer).end("Crv[0].One.X"));
  }

  @Test
  void readsAModelInPartsThatEndOnPoints() {
    int[] registers = new int[155];
    ModelDefinition model = ModelDefinition.of(701);
    assertEquals(123, ModelLayout.of(model, registers, 0).readableUpTo(125));
    assertEquals(155, ModelLayout.of(model, registers, 123).readableUpTo(125));
    int[] longer = new int[300];
    assertEquals(155, ModelLayout.of(model, longer, 123).readableUpTo(125));
    assertEquals(280, ModelLayout.of(model, longer, 155).readableUpTo(125));
  }

  @Test
  void readsCountsBeforeWhatTheyCount() throws IOException {
    int[] registers = new int[26];
    ModelDefinition model = definition(CURVES);
    assertEquals(6, ModelLayout.of(model, registers, 0).readableUpTo(125));
    registers[2] = 2;
    registers[3] = 2;
    assertEquals(26, ModelLayout.of(model, registers, 6).readableUpTo(125));
    assertEquals(14, ModelLayout.of(model, registers, 6).readableUpTo(9));
  }

  @Test
  void knowsTheSentinelOfEveryType() {
    for (PointType type : PointType.values()) {
      if (type.words() > 0 && type.words() <= 4 && type != PointType.RAW16) {
        assertTrue(!type.implemented(type.sentinel()), type + "");
      }
    }
    assertTrue(PointType.INT16.implemented(0x7FFF));
    assertTrue(PointType.UINT64.implemented(Long.MIN_VALUE));
    assertTrue(PointType.ACC32.implemented(0xFFFF_FFFFL));
  }

  @Test
  void readsUnsigned64BitNumbersAsPositive() {
    ModelImage image = ModelImage.blank(701).putRaw("TotWh_SF", 0).putRaw("TotWhInj", -2);
    assertEquals(0x1p64, image.value("TotWhInj").orElseThrow(), 1e4);
  }

  @Test
  void blankImplementsNothing() {
    ModelImage image = ModelImage.blank(704);
    assertEquals(67, image.size());
    assertEquals(OptionalLong.of(65), image.raw("L"));
    assertEquals(2, image.paths().stream().filter(path -> image.raw(path).isPresent()).count());
    assertEquals(14, image.offset("WMaxLimPctEna"));
    assertEquals(20, image.end("WMaxLimPctRvrtTms"));
    assertEquals(22, image.offset("WSetEna"));
    assertEquals(33, image.end("WSetRvrtTms"));
    assertEquals(60, image.offset("PFWInj.Ext"));
  }

  @Test
  void aNumberThatDoesNotFitReadsUnknown() {
    ModelImage image = ModelImage.blank(701).putRaw("W_SF", 0).putRaw("V_SF", -2);
    assertEquals(OptionalDouble.of(-32_767), image.put("W", -32_767).value("W"));
    assertEquals(OptionalDouble.empty(), image.put("W", 32_768).value("W"));
    assertEquals(OptionalDouble.empty(), image.put("LLV", 655.35).value("LLV"));
    assertEquals(OptionalDouble.empty(), image.put("LLV", Double.NaN).value("LLV"));
  }

  @Test
  void keepsTextWithItsAccents() {
    assertEquals("Müller AG", ModelImage.blank(1).putText("Mn", "Müller AG").text("Mn"));
    assertEquals("", ModelImage.blank(1).text("Mn"));
  }

  @Test
  void codesALimitNeverAboveWhatIsAskedNorAWholeStepBelow() {
    SplittableRandom random = new SplittableRandom(704);
    for (int i = 0; i < 20_000; i++) {
      double base = Math.pow(10, random.nextDouble(-1, 5));
      double limit =
          random.nextInt(3) == 0 ? base * random.nextInt(101) / 100 : random.nextDouble(base);
      int power = -random.nextInt(4);
      double step = Math.pow(10, power) / 100 * base;
      double coded = PercentCode.kw(PercentCode.atMost(limit, base, power), base, power);
      assertTrue(coded <= limit && coded > limit - step * (1 + 1e-9), coded + " for " + limit);
    }
  }

  @Test
  void codesRoundPercentagesExactly() {
    for (int percent = 0; percent <= 100; percent++) {
      assertEquals(100L * percent, PercentCode.atMost(150.0 * percent / 100, 150, -2));
    }
  }

  private static ModelImage curves() throws IOException {
    int[] registers = new int[26];
    registers[2] = 2;
    registers[3] = 2;
    for (int i = 4; i < registers.length; i++) {
      registers[i] = i + 1;
    }
    ModelImage image = image(CURVES, registers);
    image.putRaw("Fix", -1_500).putRaw("V_SF", -1);
    image.putRaw("Crv[0].P_SF", 3).putRaw("Crv[1].P_SF", 3).putRaw("Crv[1].Pt[1].P", -7);
    image.overwrite(image.offset("Crv[1].One.X"), new int[] {0x41B8, 0});
    return image;
  }

  private static ModelImage image(String json, int[] registers) throws IOException {
    return new ModelImage(definition(json), registers);
  }

  private static ModelDefinition definition(String json) throws IOException {
    return ModelDefinition.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
