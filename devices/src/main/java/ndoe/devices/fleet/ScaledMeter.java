package ndoe.devices.fleet;

import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.LoadMeter;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** A meter seen in kW of the scenario. */
final class ScaledMeter implements LoadMeter {
  private final LoadMeter device;
  private final Scale scale;

  ScaledMeter(LoadMeter device, Scale scale) {
    this.device = device;
    this.scale = scale;
  }

  @Override
  public DeviceId id() {
    return device.id();
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
  public void close() {
    device.close();
  }
}
