package ndoe.devices.fleet;

import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** An inverter that is read and never written to. */
final class WithheldInverter implements Inverter {
  private final Inverter device;

  WithheldInverter(Inverter device) {
    this.device = device;
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double ratingKw() {
    return device.ratingKw();
  }

  @Override
  public DispatchReceipt limitActivePower(double limitKw) {
    return new DispatchReceipt.Withheld(id(), limitKw);
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
