package ndoe.devices.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Unconfirmed;
import ndoe.devices.Inverter;
import ndoe.devices.modbus.FaultyDevice.Fault;
import ndoe.devices.modbus.FaultyDevice.Moment;
import ndoe.devices.sunspec.Reversion;
import ndoe.devices.sunspec.SunSpecBattery;
import ndoe.devices.sunspec.SunSpecInverter;
import ndoe.devices.sunspec.SunSpecMeter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a device answers, a driver credits no register with another’s value, sends no write
 * twice, answers in time and is right again at the next call.
 */
@Timeout(30)
class DriverFaultsIT {
  private static final DeviceId ID = new DeviceId("faulty");
  private static final Reversion REVERSION = new Reversion(Duration.ofSeconds(60), 0);
  private static final ModbusTimings TIMINGS =
      new ModbusTimings(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ZERO);

  /** The requests before the faulty one are answered at once; the rest is for a busy machine. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);

  private static final double MEASURED_KW = 4.37;
  private static final int LIMIT = 15;
  private static final int SETPOINT_LOW = 25;
  private static final int OLDER_LIMIT = 5;
  private static final int OLDER_DISCHARGE = 12;

  static Stream<Arguments> measurementFaults() {
    List<Arguments> all = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (String driver :
          List.of("inverter", "battery", "meter", "older inverter", "older battery")) {
        all.add(Arguments.of(fault, driver));
      }
    }
    return all.stream();
  }

  static Stream<Arguments> dispatchFaults() {
    List<Arguments> all = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (Moment moment : List.of(Moment.CONTROL, Moment.WRITING, Moment.READ_BACK)) {
        for (String driver : List.of("inverter", "battery", "older inverter")) {
          all.add(Arguments.of(fault, moment, driver));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("measurementFaults")
  void measuresRightOrNotAtAll(Fault fault, String driver) throws IOException {
    try (FaultyDevice faulty = device(driver);
        Device device = connect(driver, faulty)) {
      faulty.fail(fault, Moment.MEASUREMENT);
      inTime(() -> assertThrows(DeviceLinkException.class, device::measure));
      assertTrue(faulty.failed());
      faulty.release();
      for (int i = 0; i < 2; i++) {
        assertEquals(MEASURED_KW, device.measure().activePowerKw(), 1e-9);
        assertEquals(0.55, device.measure().socFraction().orElseThrow(), 1e-9);
      }
      assertEquals(0, faulty.writes());
    }
  }

  @ParameterizedTest
  @MethodSource("dispatchFaults")
  void appliesAPowerOrSaysThatItMayNotHave(Fault fault, Moment moment, String driver)
      throws IOException {
    try (FaultyDevice faulty = device(driver);
        Device device = connect(driver, faulty)) {
      assertInstanceOf(Applied.class, dispatch(device, 5));
      faulty.fail(fault, moment);
      DispatchReceipt receipt = inTime(() -> dispatch(device, 3));
      assertTrue(faulty.failed());
      boolean unchanged = fault == Fault.EXCEPTION_2 || fault == Fault.EXCEPTION_6;
      assertEquals(
          unchanged && moment != Moment.READ_BACK ? Rejected.class : Unconfirmed.class,
          receipt.getClass(),
          receipt::toString);
      boolean sent = moment == Moment.READ_BACK || moment == Moment.WRITING && !fault.refuses();
      assertEquals(sent ? 2 : 1, faulty.writes(), "writes that reached the device");
      assertEquals(sent ? 3 : 5, told(faulty, driver), 1e-9);
      faulty.release();
      assertEquals(MEASURED_KW, device.measure().activePowerKw(), 1e-9);
      Applied next = assertInstanceOf(Applied.class, dispatch(device, 2));
      assertEquals(2, next.appliedKw(), 1e-9);
      assertEquals(2, told(faulty, driver), 1e-9);
      assertEquals(sent ? 3 : 2, faulty.writes());
    }
  }

  static Stream<Arguments> twoRequestFaults() {
    return Stream.of(Fault.values())
        .flatMap(
            fault ->
                Stream.of(Moment.CONTROL, Moment.WRITING, Moment.READ_BACK)
                    .map(moment -> Arguments.of(fault, moment)));
  }

  /** Model 124 takes two requests, so that a fault may come between them. */
  @ParameterizedTest
  @MethodSource("twoRequestFaults")
  void neitherOfTwoRequestsIsSentTwice(Fault fault, Moment moment) throws IOException {
    String driver = "older battery";
    try (FaultyDevice faulty = device(driver);
        Device device = connect(driver, faulty)) {
      assertInstanceOf(Applied.class, dispatch(device, 5));
      int before = faulty.writes();
      faulty.fail(fault, moment);
      DispatchReceipt receipt = inTime(() -> dispatch(device, 3));
      assertTrue(faulty.failed());
      assertFalse(receipt instanceof Applied, receipt::toString);
      assertTrue(faulty.sentOnce(before));
      faulty.release();
      Applied next = assertInstanceOf(Applied.class, dispatch(device, 2));
      assertEquals(2, next.appliedKw(), 1e-9);
      assertEquals(2, told(faulty, driver), 1e-9);
    }
  }

  private static FaultyDevice device(String driver) throws IOException {
    return driver.startsWith("older") ? FaultyDevice.oneHundred() : FaultyDevice.sevenHundred();
  }

  private static Device connect(String driver, FaultyDevice faulty) {
    InstantSource clock = InstantSource.system();
    return switch (driver) {
      case "inverter", "older inverter" ->
          SunSpecInverter.connect(ID, faulty.address(), REVERSION, TIMINGS, clock);
      case "battery", "older battery" ->
          SunSpecBattery.connect(ID, faulty.address(), REVERSION, TIMINGS, clock);
      default -> SunSpecMeter.connect(ID, faulty.address(), TIMINGS, clock);
    };
  }

  private static DispatchReceipt dispatch(Device device, double kw) {
    return device instanceof Inverter inverter
        ? inverter.limitActivePower(kw)
        : ((Battery) device).setActivePower(kw);
  }

  /** The power that the registers of the device hold, kW. */
  private static double told(FaultyDevice faulty, String driver) {
    return switch (driver) {
      case "inverter" -> faulty.register(704, LIMIT) / 1_000.0;
      case "battery" -> faulty.register(704, SETPOINT_LOW) / 1_000.0;
      case "older battery" -> faulty.register(124, OLDER_DISCHARGE) / 1_000.0;
      default -> faulty.register(123, OLDER_LIMIT) / 1_000.0;
    };
  }

  private static <T> T inTime(Supplier<T> call) {
    long start = System.nanoTime();
    T result = call.get();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(ANSWERED_WITHIN) < 0, "took " + taken);
    return result;
  }
}
