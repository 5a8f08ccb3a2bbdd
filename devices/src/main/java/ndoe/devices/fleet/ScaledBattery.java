package ndoe.devices.fleet;

import java.util.Optional;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;

/** A storage seen in kW of the scenario. */
final class ScaledBattery implements Battery {
  private final Battery device;
  private final Scale scale;

  ScaledBattery(Battery device, Scale scale) {
    this.device = device;
    this.scale = scale;
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public double dischargeRatingKw() {
    return scale.toScenario(device.dischargeRatingKw());
  }

  @Override
  public double chargeRatingKw() {
    return scale.toScenario(device.chargeRatingKw());
  }

  @Override
  public DispatchReceipt setActivePower(double activePowerKw) {
    return scale.toScenario(device.setActivePower(deviceKw(activePowerKw)), activePowerKw);
  }

  private double deviceKw(double kw) {
    if (kw == dischargeRatingKw()) {
      return device.dischargeRatingKw();
    }
    return kw == 0 - chargeRatingKw() ? 0 - device.chargeRatingKw() : scale.toDevice(kw);
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
