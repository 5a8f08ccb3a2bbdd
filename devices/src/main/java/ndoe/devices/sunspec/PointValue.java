package ndoe.devices.sunspec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** What a point says. */
public sealed interface PointValue {

  /** The device has the registers but says that it does not implement the point. */
  record NotImplemented() implements PointValue {
    @Override
    public String toString() {
      return "not implemented";
    }
  }

  /** A number as people mean it, exactly as coded with its scale factor; never infinite. */
  record Decimal(BigDecimal number) implements PointValue {
    @Override
    public String toString() {
      return number.toPlainString();
    }
  }

  /**
   * A coded number whose scale factor the device does not implement or sets outside −10 to 10: what
   * it stands for is unknown.
   */
  record Unscaled(BigInteger code) implements PointValue {
    @Override
    public String toString() {
      return code + " without scale factor";
    }
  }

  /**
   * The power of ten that other points are coded with.
   *
   * @param power −10 to 10 on a sound device
   */
  record ScaleFactor(int power) implements PointValue {
    @Override
    public String toString() {
      return "10^" + power;
    }
  }

  /** A floating-point number; may be infinite, is never NaN. */
  record Real(double number) implements PointValue {
    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  /**
   * One of several states.
   *
   * @param name as the definition names it; empty when it does not
   */
  record State(long code, String name) implements PointValue {
    @Override
    public String toString() {
      return name.isEmpty() ? "state " + code : name;
    }
  }

  /**
   * Any number of flags.
   *
   * @param bits the lowest is position 0
   * @param names of those set, in order of position; {@code bit 7} for one without a name
   */
  record Flags(long bits, List<String> names) implements PointValue {
    public Flags {
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return names.isEmpty() ? "none" : String.join(", ", names);
    }
  }

  /** Text without its padding; also an address of a network interface. */
  record Text(String text) implements PointValue {
    @Override
    public String toString() {
      return text;
    }
  }
}
