package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusServer;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.modbus.RegisterBank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SunSpecScanIT {
  private static final int UNIT = 3;

  @ParameterizedTest
  @ValueSource(ints = {40_000, 0, 50_000})
  void findsTheModelsAtEveryBase(int base) {
    SunSpecScan scan = scan(new FixedRegisters(base, common(), measurement()));
    assertEquals(base, scan.base());
    assertEquals("Müller", scan.find(1).orElseThrow().text("Mn"));
    assertEquals(base + 2 + 68, scan.find(701).orElseThrow().address());
    assertEquals(OptionalDouble.of(-4_200), scan.find(701).orElseThrow().number("W"));
  }

  @Test
  void passesOverModelsOfTheVendorsOwn() {
    int[] own = new int[12];
    own[0] = 64_900;
    own[1] = 10;
    SunSpecScan scan = scan(new FixedRegisters(40_000, common(), own, measurement()));
    assertEquals(new ModelReading.Foreign(64_900, 40_070, 10), scan.models().get(1));
    assertTrue(scan.find(701).isPresent());
    assertTrue(scan.find(64_900).isEmpty());
  }

  @Test
  void readsAManyCurveModelInPartsThatEndOnPoints() {
    ModelImage curves = new ModelImage(ModelDefinition.of(705), new int[15 + 6 * (10 + 2 * 20)]);
    curves.putRaw("ID", 705).putRaw("L", curves.size() - 2).putRaw("NPt", 20).putRaw("NCrv", 6);
    curves = new ModelImage(ModelDefinition.of(705), curves.registers(0, curves.size()));
    curves.putRaw("V_SF", -1).putRaw("Crv[5].Pt[19].V", 1_095);
    FixedRegisters device =
        new FixedRegisters(40_000, common(), curves.registers(0, curves.size()));
    ModelReading.Decoded found = scan(device).find(705).orElseThrow();
    assertEquals(OptionalDouble.of(109.5), found.number("Crv[5].Pt[19].V"));
    assertTrue(device.reads().stream().allMatch(read -> read.count() <= 125));
  }

  @Test
  void mindsWhereAVendorBeginsAndHowLittleItAnswersAtATime() {
    FixedRegisters device = new FixedRegisters(1_000, common(), measurement());
    SunSpecQuirks quirks =
        new SunSpecQuirks(OptionalInt.of(1_000), OptionalInt.empty(), Duration.ZERO, 20);
    try (ModbusServer server = ModbusServer.start(0, UNIT, device)) {
      SunSpecScan scan = SunSpecScan.of(server.address(), ModbusTimings.DEFAULT, quirks);
      assertEquals(OptionalDouble.of(-4_200), scan.find(701).orElseThrow().number("W"));
    }
    assertEquals(1_000, device.reads().get(0).address());
    assertTrue(device.reads().stream().allMatch(read -> read.count() <= 20));
  }

  @Test
  void goesOnAfterAModelThatMayNotBeRead() {
    int[] tooLong = measurement();
    tooLong[1] = 1_000;
    FixedRegisters truth = new FixedRegisters(40_000, common(), tooLong, new int[847]);
    SunSpecScan scan = scan(new LockedModel(truth, 40_070, 40_070 + 1_002));
    assertTrue(scan.find(1).isPresent());
    assertTrue(
        scan.models().get(1) instanceof ModelReading.Refused refused
            && refused.reason().contains("does not exist"),
        scan.models().toString());
  }

  @Test
  void endsOnADeviceWhoseModelsHaveNoEnd() {
    int[] nothing = new int[20_000];
    DeviceLinkException refused =
        assertThrows(
            DeviceLinkException.class, () -> scan(new FixedRegisters(0, common(), nothing)));
    assertTrue(refused.getMessage().contains("no end"), refused.getMessage());
  }

  @Test
  void saysWhatToCheckWhenADeviceStaysSilent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ModbusAddress address = new ModbusAddress("127.0.0.1", silent.getLocalPort(), UNIT);
      ModbusTimings impatient =
          new ModbusTimings(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ZERO);
      DeviceLinkException error =
          assertThrows(DeviceLinkException.class, () -> SunSpecScan.of(address, impatient));
      assertTrue(error.getMessage().contains("within 200 ms"), error.getMessage());
      assertTrue(error.getMessage().contains("check the unit id"), error.getMessage());
    }
  }

  /** A device that lets the header of a model be read but nothing else of it. */
  private record LockedModel(FixedRegisters truth, int from, int to) implements RegisterBank {
    @Override
    public int[] read(int address, int count) throws ModbusRefusedException {
      boolean locked = address < to && address + count > from && count > 2;
      return truth.read(locked ? 65_000 : address, count);
    }

    @Override
    public void write(int address, int[] values) throws ModbusRefusedException {
      truth.write(address, values);
    }
  }

  private static SunSpecScan scan(RegisterBank device) {
    try (ModbusServer server = ModbusServer.start(0, UNIT, device)) {
      return SunSpecScan.of(server.address(), ModbusTimings.DEFAULT);
    }
  }

  private static int[] common() {
    ModelImage image = ModelImage.blank(1).putText("Mn", "Müller").putText("SN", "7");
    return image.registers(0, image.size());
  }

  private static int[] measurement() {
    ModelImage image = ModelImage.blank(701).putRaw("W_SF", 2).putRaw("W", -42);
    return image.registers(0, image.size());
  }
}
