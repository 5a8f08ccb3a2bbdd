package ndoe.controller.loop;

import java.util.Optional;
import java.util.function.Supplier;
import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.LoadMeter;
import ndoe.devices.Measurement;
import ndoe.devices.gridsimulator.HardwarePower;

/**
 * A device that is set as before while the power of other hardware, when there is any, counts in
 * its place.
 */
abstract class ReplacedDevice {
  private final Device model;
  private final Supplier<Optional<HardwarePower>> hardware;
  private volatile HardwarePower modelled = new HardwarePower(0, 0);
  private volatile HardwarePower reported = new HardwarePower(0, 0);

  private ReplacedDevice(Device model, Supplier<Optional<HardwarePower>> hardware) {
    this.model = model;
    this.hardware = hardware;
  }

  /**
   * Puts hardware in a device’s place.
   *
   * @param hardware power it injects, kW and kvar; empty while the model counts
   */
  static ReplacedDevice of(Device model, Supplier<Optional<HardwarePower>> hardware) {
    if (model instanceof Inverter inverter) {
      return new OfInverter(inverter, hardware);
    }
    return model instanceof Battery battery
        ? new OfBattery(battery, hardware)
        : new OfMeter(model, hardware);
  }

  /** The device to be used. */
  abstract Device device();

  /** Power the model was last measured to inject. */
  HardwarePower modelled() {
    return modelled;
  }

  /** Power that was last told as the device’s. */
  HardwarePower reported() {
    return reported;
  }

  public DeviceId id() {
    return model.id();
  }

  public Measurement measure() {
    Measurement own = model.measure();
    modelled = new HardwarePower(own.activePowerKw(), own.reactivePowerKvar());
    HardwarePower counts = hardware.get().orElse(modelled);
    reported = counts;
    return new Measurement(
        own.device(),
        own.at(),
        counts.activeKw(),
        counts.reactiveKvar(),
        own.voltagePu(),
        own.socFraction());
  }

  public void close() {
    model.close();
  }

  private static final class OfInverter extends ReplacedDevice implements Inverter {
    private final Inverter inverter;

    OfInverter(Inverter inverter, Supplier<Optional<HardwarePower>> hardware) {
      super(inverter, hardware);
      this.inverter = inverter;
    }

    @Override
    Device device() {
      return this;
    }

    @Override
    public double ratingKw() {
      return inverter.ratingKw();
    }

    @Override
    public DispatchReceipt limitActivePower(double limitKw) {
      return inverter.limitActivePower(limitKw);
    }
  }

  private static final class OfBattery extends ReplacedDevice implements Battery {
    private final Battery battery;

    OfBattery(Battery battery, Supplier<Optional<HardwarePower>> hardware) {
      super(battery, hardware);
      this.battery = battery;
    }

    @Override
    Device device() {
      return this;
    }

    @Override
    public double dischargeRatingKw() {
      return battery.dischargeRatingKw();
    }

    @Override
    public double chargeRatingKw() {
      return battery.chargeRatingKw();
    }

    @Override
    public DispatchReceipt setActivePower(double activePowerKw) {
      return battery.setActivePower(activePowerKw);
    }
  }

  private static final class OfMeter extends ReplacedDevice implements LoadMeter {
    OfMeter(Device meter, Supplier<Optional<HardwarePower>> hardware) {
      super(meter, hardware);
    }

    @Override
    Device device() {
      return this;
    }
  }
}
