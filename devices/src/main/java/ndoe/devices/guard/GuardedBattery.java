package ndoe.devices.guard;

import java.util.Optional;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** A battery behind its guard. */
final class GuardedBattery implements Battery {
  private final Battery device;
  private final DeviceGuard guard;

  GuardedBattery(Battery device, DeviceGuard guard) {
    this.device = device;
    this.guard = guard;
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double dischargeRatingKw() {
    return device.dischargeRatingKw();
  }

  @Override
  public double chargeRatingKw() {
    return device.chargeRatingKw();
  }

  @Override
  public DispatchReceipt setActivePower(double activePowerKw) {
    return guard.ask(activePowerKw);
  }

  @Override
  public Measurement measure() {
    return guard.measure();
  }

  @Override
  public Optional<PriorControl> priorControl() {
    return device.priorControl();
  }

  @Override
  public boolean revertsToValue() {
    return device.revertsToValue();
  }

  @Override
  public void close() {
    device.close();
  }
}
