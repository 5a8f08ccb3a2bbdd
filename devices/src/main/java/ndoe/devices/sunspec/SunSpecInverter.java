package ndoe.devices.sunspec;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;

/**
 * A generator whose limit is WMaxLimPct of SunSpec model 704 or, where there is none, of model 123,
 * always with a reversion time. It has one of models 701, 101 to 103 and 111 to 113 to measure by,
 * and states its largest power in model 702, 121 or 120.
 */
public final class SunSpecInverter implements Inverter {
  private static final DerControlLimit DER = new DerControlLimit();
  private static final ImmediateControlLimit IMMEDIATE = new ImmediateControlLimit();

  private final SunSpecDevice device;
  private final PowerDispatch dispatch;
  private final double ratingKw;

  private SunSpecInverter(SunSpecDevice device, Reversion reversion) {
    this.device = device;
    device.require(List.of(DER.model(), IMMEDIATE.model()));
    DeviceRatings ratings = DeviceRatings.readOrFail(device);
    this.ratingKw = allowed(ratings).mostKw();
    PowerControl control = PowerDispatch.choose(device, DER, IMMEDIATE);
    this.dispatch = new PowerDispatch(device, control, this::allowed, ratings, reversion);
  }

  /** Connects and reads, writing nothing. */
  public static SunSpecInverter connect(DeviceId id, ModbusAddress address, Reversion reversion) {
    return connect(id, address, reversion, ModbusTimings.DEFAULT, InstantSource.system());
  }

  /** As below, of a device without quirks. */
  public static SunSpecInverter connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      InstantSource clock) {
    return connect(id, address, reversion, timings, SunSpecQuirks.NONE, clock);
  }

  /**
   * Connects and reads, writing nothing; logs a warning when the device cannot revert to a value.
   *
   * @param quirks of the vendor; unit id and gap are those of address and timings
   * @param clock stamps measurements and receipts
   * @throws ndoe.devices.DeviceLinkException when nothing answers, or not as such a device
   */
  public static SunSpecInverter connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      SunSpecQuirks quirks,
      InstantSource clock) {
    return connect(id, address, reversion, timings, quirks, SunSpecDevice.Clocks.with(clock));
  }

  static SunSpecInverter connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      SunSpecQuirks quirks,
      SunSpecDevice.Clocks clocks) {
    return SunSpecDevice.connect(
        id, address, timings, quirks, clocks, device -> new SunSpecInverter(device, reversion));
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double ratingKw() {
    return ratingKw;
  }

  /**
   * Whether the device falls back to the reversion power when it is not heard of; a device of model
   * 123 is released to full power instead.
   */
  @Override
  public boolean revertsToValue() {
    return dispatch.revertsToValue();
  }

  @Override
  public Measurement measure() {
    return device.measure();
  }

  @Override
  public DispatchReceipt limitActivePower(double limitKw) {
    return dispatch.dispatch(limitKw);
  }

  @Override
  public Optional<PriorControl> priorControl() {
    return dispatch.prior();
  }

  @Override
  public boolean restorePriorControl() {
    return dispatch.restorePrior();
  }

  @Override
  public void close() {
    device.close();
  }

  private PowerRange allowed(DeviceRatings ratings) {
    double most = DeviceRatings.require(ratings.largestKw(), device, "WMax nor WMaxRtg or WRtg");
    return new PowerRange(0, most, ratings.stepKw());
  }
}
