package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.sunspec.ModelLayout.Slot;
import ndoe.devices.sunspec.PointValue.Decimal;
import ndoe.devices.sunspec.PointValue.Flags;
import ndoe.devices.sunspec.PointValue.NotImplemented;
import ndoe.devices.sunspec.PointValue.State;
import ndoe.devices.sunspec.PointValue.Text;
import ndoe.devices.sunspec.PointValue.Unscaled;
import org.junit.jupiter.api.Test;

class ModelDecoderTest {
  private static final int[] NUMBERS_IN_USE = IntStream.range(1, 1_000).toArray();

  @Test
  void namesStatesAndFlagsAsTheDefinitionDoes() {
    ModelReading.Decoded reading =
        decode(
            ModelImage.blank(701)
                .putRaw("St", 1)
                .putRaw("InvSt", 77)
                .putRaw("Alrm", 1L << 7 | 1L << 30)
                .putRaw("DERMode", 0));
    assertEquals(new State(1, "ON"), value(reading, "St"));
    assertEquals(new State(77, ""), value(reading, "InvSt"));
    assertEquals(
        new Flags(1L << 7 | 1L << 30, List.of("OVER_TEMP", "bit 30")), value(reading, "Alrm"));
    assertEquals("none", value(reading, "DERMode").toString());
    assertEquals(new NotImplemented(), value(reading, "ConnSt"));
  }

  @Test
  void givesNumbersExactlyAsCoded() {
    ModelReading.Decoded reading =
        decode(
            ModelImage.blank(701)
                .putRaw("V_SF", -2)
                .putRaw("LLV", 40_050)
                .putRaw("W_SF", 3)
                .putRaw("W", -7)
                .putRaw("TotWh_SF", 0)
                .putRaw("TotWhInj", -2));
    assertEquals("400.50", value(reading, "LLV").toString());
    assertEquals(OptionalDouble.of(-7_000), reading.number("W"));
    assertEquals("18446744073709551614", value(reading, "TotWhInj").toString());
    assertTrue(value(reading, "W") instanceof Decimal);
  }

  @Test
  void doesNotGuessANumberWithoutASoundScaleFactor() {
    ModelImage image = ModelImage.blank(701).putRaw("W", 5);
    assertEquals(new Unscaled(BigInteger.valueOf(5)), value(decode(image), "W"));
    for (int power : new int[] {11, -11, 30_000, -32_767}) {
      ModelReading.Decoded reading = decode(image.putRaw("W_SF", power));
      assertEquals(new Unscaled(BigInteger.valueOf(5)), value(reading, "W"));
      assertEquals(OptionalDouble.empty(), reading.number("W"));
    }
  }

  @Test
  void writesAddressesAsUsual() {
    int[] all = new int[200];
    ModelImage test = new ModelImage(ModelDefinition.of(63_001), all);
    assertFalse(decode(test).point("ipaddr").orElseThrow().implemented());
    test.overwrite(test.offset("ipaddr"), new int[] {0xC0A8, 0xFE14});
    test.overwrite(test.offset("ipv6addr"), new int[] {0x2001, 0xDB8, 0, 0, 0, 0, 0, 1});
    assertEquals(new Text("192.168.254.20"), value(decode(test), "ipaddr"));
    assertEquals(
        new Text("2001:0db8:0000:0000:0000:0000:0000:0001"), value(decode(test), "ipv6addr"));
    assertEquals(new NotImplemented(), value(decode(test), "ipv6addr_u"));
    ModelImage link = new ModelImage(ModelDefinition.of(11), new int[20]);
    link.overwrite(link.offset("MAC"), new int[] {0, 0x00A0, 0xB1C2, 0xD3E4});
    assertEquals(new Text("00:a0:b1:c2:d3:e4"), value(decode(link), "MAC"));
    link.overwrite(link.offset("MAC"), new int[] {0, 0xFFFF, 0xFFFF, 0xFFFF});
    assertEquals(new NotImplemented(), value(decode(link), "MAC"));
  }

  @Test
  void keepsNestedGroupsInTheirParents() {
    ModelReading.Decoded reading = decode(voltVarCurves(2, 3));
    assertEquals(
        List.of("Crv[0]", "Crv[1]"),
        reading.values().groups().stream().map(GroupReading::path).toList());
    assertEquals(
        List.of("Crv[1].Pt[0]", "Crv[1].Pt[1]", "Crv[1].Pt[2]"),
        reading.values().groups().get(1).groups().stream().map(GroupReading::path).toList());
    assertTrue(decode(ModelImage.blank(704)).values().groups().get(0).atomic());
  }

  @Test
  void findsNothingBeyondAModelThatTheDeviceCutsShort() {
    ModelReading.Decoded reading =
        decode(new ModelImage(ModelDefinition.of(702), new int[] {702, 3, 1, 2, 3}));
    assertEquals(Optional.empty(), reading.point("WMax"));
    assertEquals(3, reading.length());
    assertEquals(5, reading.values().allPoints().count());
  }

  @Test
  void cutsReadsOfEveryDefinitionBetweenPoints() {
    SplittableRandom random = new SplittableRandom(125);
    int models = 0;
    for (int id : NUMBERS_IN_USE) {
      Optional<ModelDefinition> model = ModelDefinition.find(id);
      if (model.isPresent()) {
        int[] registers = random.ints(random.nextInt(2, 700), 0, 5).toArray();
        ModelLayout whole = ModelLayout.of(model.get(), registers, registers.length);
        assertReadable(model.get(), registers, whole);
        models++;
      }
    }
    assertEquals(99, models);
  }

  private static void assertReadable(ModelDefinition model, int[] registers, ModelLayout whole) {
    for (int known = 0; known < registers.length; ) {
      int next = ModelLayout.of(model, registers, known).readableUpTo(ModbusLink.MAX_READ);
      String what = "model " + model.id() + " of " + registers.length + " cut at " + next;
      assertTrue(next > known && next <= known + ModbusLink.MAX_READ, what);
      int cut = next;
      assertTrue(
          whole.slots().values().stream()
              .noneMatch(slot -> slot.offset() < cut && cut < slot.end()),
          what);
      assertFalse(inAtomicGroup(whole.root(), cut), what);
      known = next;
    }
  }

  private static boolean inAtomicGroup(ModelLayout.Placed group, int cut) {
    int from = group.slots().values().stream().mapToInt(Slot::offset).min().orElse(0);
    int to = group.slots().values().stream().mapToInt(Slot::end).max().orElse(0);
    return group.definition().atomic() && from < cut && cut < to
        || group.groups().stream().anyMatch(inner -> inAtomicGroup(inner, cut));
  }

  private static ModelImage voltVarCurves(int curves, int points) {
    int[] registers = new int[15 + curves * (10 + 2 * points)];
    ModelImage counted = new ModelImage(ModelDefinition.of(705), registers);
    counted.putRaw("ID", 705).putRaw("L", registers.length - 2);
    counted.putRaw("NPt", points).putRaw("NCrv", curves);
    return new ModelImage(ModelDefinition.of(705), registers);
  }

  private static ModelReading.Decoded decode(ModelImage image) {
    return ModelDecoder.decode(image, 40_002);
  }

  private static PointValue value(ModelReading.Decoded reading, String path) {
    return reading.point(path).orElseThrow().value();
  }
}
