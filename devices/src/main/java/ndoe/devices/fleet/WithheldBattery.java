package ndoe.devices.fleet;

import java.util.Optional;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** A battery that is read and never written to. */
final class WithheldBattery implements Battery {
  private final Battery device;

  WithheldBattery(Battery device) {
    this.device = device;
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
    return new DispatchReceipt.Withheld(id(), activePowerKw);
  }

  @Override
  public Measurement measure() {
    return device.measure();
  }

  @Override
  public Optional<PriorControl> priorControl() {
    return device.priorControl();
  }

  @Override
  public void close() {
    device.close();
  }
}
