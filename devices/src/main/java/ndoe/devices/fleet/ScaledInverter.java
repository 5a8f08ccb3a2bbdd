package ndoe.devices.fleet;

import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** An inverter seen in kW of the scenario. */
final class ScaledInverter implements Inverter {
  private final Inverter device;
  private final Scale scale;

  ScaledInverter(Inverter device, Scale scale) {
    this.device = device;
    this.scale = scale;
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double ratingKw() {
    return scale.toScenario(device.ratingKw());
  }

  @Override
  public DispatchReceipt limitActivePower(double limitKw) {
    double deviceKw = limitKw == ratingKw() ? device.ratingKw() : scale.toDevice(limitKw);
    return scale.toScenario(device.limitActivePower(deviceKw), limitKw);
  }

  @Override
  public Measurement measure() {
    return scale.toScenario(device.measure());
  }

  @Override
  public Optional<PriorControl> priorControl() {
    return device.priorControl().map(scale::toScenario);
  }

  @Override
  public boolean restorePriorControl() {
    return device.restorePriorControl();
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
