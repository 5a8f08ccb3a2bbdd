package ndoe.devices.guard;

import ndoe.devices.Battery;
import ndoe.devices.Device;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;

/** The one thing that can be set on a device, whatever the device is; kW, injection positive. */
interface Terminals {
  Device device();

  double lowestKw();

  double highestKw();

  DispatchReceipt set(double kw);

  /** Whether what is set is a limit, below which the device is free. */
  boolean isLimit();

  static Terminals of(Inverter inverter) {
    return new Terminals() {
      @Override
      public Device device() {
        return inverter;
      }

      @Override
      public double lowestKw() {
        return 0;
      }

      @Override
      public double highestKw() {
        return inverter.ratingKw();
      }

      @Override
      public DispatchReceipt set(double kw) {
        return inverter.limitActivePower(kw);
      }

      @Override
      public boolean isLimit() {
        return true;
      }
    };
  }

  static Terminals of(Battery battery) {
    return new Terminals() {
      @Override
      public Device device() {
        return battery;
      }

      @Override
      public double lowestKw() {
        return -battery.chargeRatingKw();
      }

      @Override
      public double highestKw() {
        return battery.dischargeRatingKw();
      }

      @Override
      public DispatchReceipt set(double kw) {
        return battery.setActivePower(kw);
      }

      @Override
      public boolean isLimit() {
        return false;
      }
    };
  }
}
