package ndoe.devices.guard;

import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** An inverter behind its guard. */
final class GuardedInverter implements Inverter {
  private final Inverter device;
  private final DeviceGuard guard;

  GuardedInverter(Inverter device, DeviceGuard guard) {
    this.device = device;
    this.guard = guard;
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
    return guard.ask(limitKw);
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
