package ndoe.devices.sunspec;

import java.time.InstantSource;
import java.util.OptionalDouble;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/**
 * A storage, or a load that can be scheduled, with SunSpec models 702 and 704 and one of 701 and
 * 103; its setpoint is model 704’s {@code WSet} in watts, always with a reversion. Model 713, if
 * there is one, tells its state of charge.
 */
public final class SunSpecBattery implements Battery {
  private static final double WATTS_PER_KW = 1000;
  private static final int WATTS = 1;

  private final SunSpecDevice device;
  private final Reversion reversion;
  private final double dischargeRatingKw;
  private final double chargeRatingKw;
  private final OptionalDouble nominalVolt;

  private SunSpecBattery(SunSpecDevice device, Reversion reversion) {
    this.device = device;
    this.reversion = reversion;
    ModelImage capacity = device.readOrFail(SunSpecDevice.CAPACITY);
    this.dischargeRatingKw = dischargeRatingKw(capacity);
    this.chargeRatingKw = chargeRatingKw(capacity);
    this.nominalVolt = device.nominalVolt();
    ModelImage controls = device.readOrFail(SunSpecDevice.CONTROLS);
    if (controls.scaleFactor("WSet").isEmpty() || controls.raw("WSetEna").isEmpty()) {
      throw new DeviceLinkException(device + " takes no setpoint: it has no WSet");
    }
    if (!within(reversion.powerKw(), capacity)) {
      throw new DeviceLinkException(
          device + ": reversion power must be " + range(capacity) + ", not " + reversion.powerKw());
    }
  }

  /** Connects and reads, writing nothing. */
  public static SunSpecBattery connect(DeviceId id, ModbusAddress address, Reversion reversion) {
    return connect(id, address, reversion, ModbusTimings.DEFAULT, InstantSource.system());
  }

  /**
   * Connects and reads, writing nothing.
   *
   * @param clock stamps measurements and receipts
   * @throws DeviceLinkException when nothing answers, or not as such a device
   */
  public static SunSpecBattery connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      InstantSource clock) {
    SunSpecDevice device =
        SunSpecDevice.connect(
            id, address, timings, clock, SunSpecDevice.CAPACITY, SunSpecDevice.CONTROLS);
    try {
      return new SunSpecBattery(device, reversion);
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
  public double dischargeRatingKw() {
    return dischargeRatingKw;
  }

  @Override
  public double chargeRatingKw() {
    return chargeRatingKw;
  }

  @Override
  public Measurement measure() {
    return device.measure(nominalVolt);
  }

  @Override
  public DispatchReceipt setActivePower(double activePowerKw) {
    return device.dispatch(activePowerKw, () -> set(activePowerKw));
  }

  @Override
  public void close() {
    device.close();
  }

  private DispatchReceipt set(double activePowerKw) throws ModbusRefusedException {
    ModelImage capacity = device.read(SunSpecDevice.CAPACITY);
    if (!within(activePowerKw, capacity)) {
      return new DispatchReceipt.Rejected(
          id(), activePowerKw, "a setpoint must be " + range(capacity) + ", not " + activePowerKw);
    }
    ModelImage asked = device.read(SunSpecDevice.CONTROLS);
    int power = asked.scaleFactor("WSet").orElse(0);
    asked
        .putRaw("WSetEna", 1)
        .putRaw("WSetMod", WATTS)
        .putRaw("WSet", raw(rated(activePowerKw, capacity), power))
        .putRaw("WSetRvrt", raw(rated(reversion.powerKw(), capacity), power))
        .putRaw("WSetEnaRvrt", 1)
        .putRaw("WSetRvrtTms", reversion.after().toSeconds());
    ModelImage found = device.writeAndReadBack(asked, "WSetEna", "WSetRvrtTms");
    String fault = fault(asked, found);
    double appliedKw = Scale.apply(found.raw("WSet").orElse(0), power) / WATTS_PER_KW;
    return fault.isEmpty()
        ? new DispatchReceipt.Applied(id(), activePowerKw, appliedKw, device.now())
        : new DispatchReceipt.Unconfirmed(id(), activePowerKw, device + ": " + fault);
  }

  private static String fault(ModelImage asked, ModelImage found) {
    if (found.raw("WSetEna").orElse(0) != 1 || found.raw("WSetMod").orElse(0) != WATTS) {
      return "the setpoint reads back disabled";
    }
    if (!found.scaleFactor("WSet").equals(asked.scaleFactor("WSet"))) {
      return "the scale factor changed";
    }
    if (!found.raw("WSet").equals(asked.raw("WSet"))) {
      return "the setpoint reads back "
          + found.value("WSet")
          + " W instead of "
          + asked.value("WSet");
    }
    return SunSpecDevice.reversionFault(asked, found, "WSetEnaRvrt", "WSetRvrtTms", "WSetRvrt");
  }

  /** Rounded towards zero, so that no rating is overstepped. */
  private static long raw(double kw, int power) {
    double scaled = Scale.invert(kw * WATTS_PER_KW, power);
    double nearest = Math.rint(scaled);
    return (long) (Math.abs(nearest - scaled) < 1e-6 ? nearest : scaled);
  }

  private boolean within(double kw, ModelImage capacity) {
    double step = SunSpecDevice.ratingStepKw(capacity);
    return kw >= -chargeRatingKw(capacity) - step && kw <= dischargeRatingKw(capacity) + step;
  }

  private double rated(double kw, ModelImage capacity) {
    return Math.min(Math.max(kw, -chargeRatingKw(capacity)), dischargeRatingKw(capacity));
  }

  private String range(ModelImage capacity) {
    return -chargeRatingKw(capacity) + " to " + dischargeRatingKw(capacity) + " kW";
  }

  private double dischargeRatingKw(ModelImage capacity) {
    OptionalDouble rate = SunSpecDevice.ratedKw(capacity, "WDisChaRteMax", "WDisChaRteMaxRtg");
    return rate.isPresent()
        ? rate.getAsDouble()
        : device.requireRatedKw(capacity, "WMax", "WMaxRtg");
  }

  private double chargeRatingKw(ModelImage capacity) {
    return device.requireRatedKw(capacity, "WChaRteMax", "WChaRteMaxRtg");
  }
}
