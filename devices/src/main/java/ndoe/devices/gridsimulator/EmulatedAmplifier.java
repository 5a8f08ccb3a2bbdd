package ndoe.devices.gridsimulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The electrical side of an emulated grid simulator: three phase voltages with hardware that
 * follows them with a first-order lag.
 */
final class EmulatedAmplifier {
  private final double nominalVolts;
  private final double responseNanos;
  private final LongSupplier nanos;
  private final double[] volts = new double[3];
  private HardwareModel hardware;
  private HardwarePower power = new HardwarePower(0, 0);
  private long lastNanos;
  private boolean on;
  private double hertz;
  private double highestVolts;
  private double mostAmperes;
  private double outputFactor = 1;

  EmulatedAmplifier(
      double nominalVolts, HardwareModel hardware, Duration response, LongSupplier nanos) {
    this.nominalVolts = nominalVolts;
    this.hardware = hardware;
    this.responseNanos = response.toNanos();
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong();
    reset();
  }

  final void reset() {
    move();
    Arrays.fill(volts, 0);
    on = false;
    hertz = 60;
    highestVolts = 2 * nominalVolts;
    mostAmperes = 1;
  }

  void setHardware(HardwareModel other) {
    move();
    hardware = other;
  }

  void setOutputFactor(double factor) {
    move();
    outputFactor = factor;
  }

  /** Sets one phase, or all with phase 0; false if it is over the limit. */
  boolean setVolts(int phase, double value) {
    if (!(value >= 0 && value <= highestVolts)) {
      return false;
    }
    move();
    for (int each = 0; each < volts.length; each++) {
      if (phase == 0 || phase == each + 1) {
        volts[each] = value;
      }
    }
    return true;
  }

  double setVolts(int phase) {
    return volts[phase - 1];
  }

  void setOn(boolean state) {
    move();
    on = state;
  }

  boolean isOn() {
    return on;
  }

  void setHertz(double value) {
    hertz = value;
  }

  double hertz() {
    return hertz;
  }

  void setHighestVolts(double value) {
    highestVolts = value;
  }

  double highestVolts() {
    return highestVolts;
  }

  void setMostAmperes(double value) {
    mostAmperes = value;
  }

  double mostAmperes() {
    return mostAmperes;
  }

  double measuredVolts(int phase) {
    return on ? outputFactor * volts[phase - 1] : 0;
  }

  /** Power the hardware injects now, all phases. */
  HardwarePower power() {
    move();
    return power;
  }

  double amperes(int phase) {
    double measured = measuredVolts(phase);
    return measured > 0 ? power().apparentKva() / volts.length * 1000 / measured : 0;
  }

  /** Lets the hardware follow up to now. */
  private void move() {
    long now = nanos.getAsLong();
    if (on) {
      double mean = Arrays.stream(volts).average().orElseThrow() * outputFactor;
      HardwarePower target = hardware.at(mean / nominalVolts);
      double share = responseNanos <= 0 ? 1 : -Math.expm1(-(now - lastNanos) / responseNanos);
      power = power.plus(target.minus(power).times(share));
    } else {
      power = new HardwarePower(0, 0);
    }
    lastNanos = now;
  }
}
