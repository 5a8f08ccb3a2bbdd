package ndoe.devices.sunspec;

import java.time.InstantSource;
import java.util.OptionalDouble;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/**
 * A generator with SunSpec models 702 and 704 and one of 701 and 103; its limit is model 704’s
 * {@code WMaxLimPct}, always with a reversion.
 */
public final class SunSpecInverter implements Inverter {
  private static final double PERCENT = 100;

  private final SunSpecDevice device;
  private final Reversion reversion;
  private final double ratingKw;
  private final OptionalDouble nominalVolt;

  private SunSpecInverter(SunSpecDevice device, Reversion reversion) {
    this.device = device;
    this.reversion = reversion;
    this.ratingKw = ratingKw(device.readOrFail(SunSpecDevice.CAPACITY));
    this.nominalVolt = device.nominalVolt();
    ModelImage controls = device.readOrFail(SunSpecDevice.CONTROLS);
    if (controls.value("WMaxLimPct").isEmpty()) {
      throw new DeviceLinkException(device + " cannot be limited: it has no WMaxLimPct");
    }
    if (reversion.powerKw() < 0 || reversion.powerKw() > ratingKw + 1e-9) {
      throw new DeviceLinkException(
          device
              + ": reversion limit must be 0 to "
              + ratingKw
              + " kW, not "
              + reversion.powerKw());
    }
  }

  /** Connects and reads, writing nothing. */
  public static SunSpecInverter connect(DeviceId id, ModbusAddress address, Reversion reversion) {
    return connect(id, address, reversion, ModbusTimings.DEFAULT, InstantSource.system());
  }

  /**
   * Connects and reads, writing nothing.
   *
   * @param clock stamps measurements and receipts
   * @throws DeviceLinkException when nothing answers, or not as such a device
   */
  public static SunSpecInverter connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      InstantSource clock) {
    SunSpecDevice device =
        SunSpecDevice.connect(
            id, address, timings, clock, SunSpecDevice.CAPACITY, SunSpecDevice.CONTROLS);
    try {
      return new SunSpecInverter(device, reversion);
    } catch (DeviceLinkException e) {
      device.close();
      throw e;
    }
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double ratingKw() {
    return ratingKw;
  }

  @Override
  public Measurement measure() {
    return device.measure(nominalVolt);
  }

  @Override
  public DispatchReceipt limitActivePower(double limitKw) {
    return device.dispatch(limitKw, () -> limit(limitKw));
  }

  @Override
  public void close() {
    device.close();
  }

  private DispatchReceipt limit(double limitKw) throws ModbusRefusedException {
    ModelImage capacity = device.read(SunSpecDevice.CAPACITY);
    double baseKw = ratingKw(capacity);
    if (!(limitKw >= 0 && limitKw <= baseKw + SunSpecDevice.ratingStepKw(capacity))) {
      return new DispatchReceipt.Rejected(
          id(), limitKw, "a limit must be 0 to " + baseKw + " kW, not " + limitKw);
    }
    ModelImage asked = device.read(SunSpecDevice.CONTROLS);
    int power = asked.scaleFactor("WMaxLimPct").orElse(0);
    asked
        .putRaw("WMaxLimPctEna", 1)
        .putRaw("WMaxLimPct", atMost(limitKw, baseKw, power))
        .putRaw("WMaxLimPctRvrt", atMost(reversion.powerKw(), baseKw, power))
        .putRaw("WMaxLimPctEnaRvrt", 1)
        .putRaw("WMaxLimPctRvrtTms", reversion.after().toSeconds());
    ModelImage found = device.writeAndReadBack(asked, "WMaxLimPctEna", "WMaxLimPctRvrtTms");
    String fault = fault(asked, found);
    double appliedKw = kw(found.raw("WMaxLimPct").orElse(0), baseKw, power);
    return fault.isEmpty()
        ? new DispatchReceipt.Applied(id(), limitKw, appliedKw, device.now())
        : new DispatchReceipt.Unconfirmed(id(), limitKw, device + ": " + fault);
  }

  private static String fault(ModelImage asked, ModelImage found) {
    if (found.raw("WMaxLimPctEna").orElse(0) != 1) {
      return "the limit reads back disabled";
    }
    if (!found.scaleFactor("WMaxLimPct").equals(asked.scaleFactor("WMaxLimPct"))) {
      return "the scale factor changed";
    }
    long off = found.raw("WMaxLimPct").orElse(Long.MIN_VALUE) - asked.raw("WMaxLimPct").orElse(0);
    if (off < -1 || off > 0) {
      return "the limit reads back "
          + found.value("WMaxLimPct")
          + " % instead of "
          + asked.value("WMaxLimPct");
    }
    return SunSpecDevice.reversionFault(
        asked, found, "WMaxLimPctEnaRvrt", "WMaxLimPctRvrtTms", "WMaxLimPctRvrt");
  }

  private double ratingKw(ModelImage capacity) {
    return device.requireRatedKw(capacity, "WMax", "WMaxRtg");
  }

  /** The largest code whose decoded limit is not above the one asked for. */
  static long atMost(double limitKw, double baseKw, int power) {
    long raw = (long) Math.rint(Scale.invert(Math.min(1, limitKw / baseKw) * PERCENT, power));
    while (raw > 0 && kw(raw, baseKw, power) > limitKw) {
      raw--;
    }
    return raw;
  }

  static double kw(long raw, double baseKw, int power) {
    return Scale.apply(raw, power) / PERCENT * baseKw;
  }
}
