package ndoe.devices.sunspec;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;

/**
 * A storage, or a load that can be scheduled, whose setpoint is WSet of SunSpec model 704 or, where
 * there is none, OutWRte and InWRte of model 124, always with a reversion time. It has one of
 * models 701, 101 to 103 and 111 to 113 to measure by, states its ratings in model 702, or 120 and
 * 124, and may tell its state of charge in model 713, 802 or 124.
 */
public final class SunSpecBattery implements Battery {
  private static final DerControlSetpoint DER = new DerControlSetpoint();
  private static final StorageControlSetpoint STORAGE = new StorageControlSetpoint();

  private final SunSpecDevice device;
  private final PowerDispatch dispatch;
  private final PowerRange range;

  private SunSpecBattery(SunSpecDevice device, Reversion reversion) {
    this.device = device;
    device.require(List.of(DER.model(), STORAGE.model()));
    DeviceRatings ratings = DeviceRatings.readOrFail(device);
    this.range = allowed(ratings);
    PowerControl control = PowerDispatch.choose(device, DER, STORAGE);
    this.dispatch = new PowerDispatch(device, control, this::allowed, ratings, reversion);
  }

  /** Connects and reads, writing nothing. */
  public static SunSpecBattery connect(DeviceId id, ModbusAddress address, Reversion reversion) {
    return connect(id, address, reversion, ModbusTimings.DEFAULT, InstantSource.system());
  }

  /** As below, of a device without quirks. */
  public static SunSpecBattery connect(
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
  public static SunSpecBattery connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      SunSpecQuirks quirks,
      InstantSource clock) {
    return connect(id, address, reversion, timings, quirks, SunSpecDevice.Clocks.with(clock));
  }

  static SunSpecBattery connect(
      DeviceId id,
      ModbusAddress address,
      Reversion reversion,
      ModbusTimings timings,
      SunSpecQuirks quirks,
      SunSpecDevice.Clocks clocks) {
    return SunSpecDevice.connect(
        id, address, timings, quirks, clocks, device -> new SunSpecBattery(device, reversion));
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double dischargeRatingKw() {
    return range.mostKw();
  }

  @Override
  public double chargeRatingKw() {
    return 0 - range.leastKw();
  }

  /**
   * Whether the device falls back to the reversion power when it is not heard of; a device of model
   * 124 then does as it likes.
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
  public DispatchReceipt setActivePower(double activePowerKw) {
    return dispatch.dispatch(activePowerKw);
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
    double charge =
        DeviceRatings.require(
            ratings.chargeKw(), device, "WChaRteMax nor WChaRteMaxRtg, WChaMax or MaxChaRte");
    double discharge =
        DeviceRatings.require(
            ratings.dischargeKw(), device, "WDisChaRteMax nor WMax, MaxDisChaRte or WChaMax");
    return new PowerRange(0 - charge, discharge, ratings.stepKw());
  }
}
