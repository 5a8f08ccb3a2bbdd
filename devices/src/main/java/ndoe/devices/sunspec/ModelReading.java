package ndoe.devices.sunspec;

import java.util.Optional;
import java.util.OptionalDouble;

/** One model as found on a device. */
public sealed interface ModelReading {
  /** Model number as the SunSpec Alliance assigns them. */
  int id();

  /** Register of its ID. */
  int address();

  /** Registers after ID and length, as the device says. */
  int length();

  /**
   * A model that was read and understood.
   *
   * @param label what the definition calls it for people
   * @param values its outermost group
   */
  record Decoded(int id, int address, int length, String label, GroupReading values)
      implements ModelReading {

    /**
     * A point by its path, as in {@code Crv[0].Pt[1].V}; empty when the device’s model ends before.
     */
    public Optional<PointReading> point(String path) {
      return values.allPoints().filter(point -> point.path().equals(path)).findFirst();
    }

    /** A point’s number in its own unit; empty when it is unknown or no number. */
    public OptionalDouble number(String path) {
      PointValue value =
          point(path).map(PointReading::value).orElse(new PointValue.NotImplemented());
      if (value instanceof PointValue.Decimal decimal) {
        return OptionalDouble.of(decimal.number().doubleValue());
      }
      return value instanceof PointValue.Real real
          ? OptionalDouble.of(real.number())
          : OptionalDouble.empty();
    }

    /** A point’s text; empty when it is not implemented or no text. */
    public String text(String path) {
      return point(path).map(PointReading::value).orElse(null) instanceof PointValue.Text text
          ? text.text()
          : "";
    }
  }

  /** A model without a published definition, mostly the vendor’s own; it was not read. */
  record Foreign(int id, int address, int length) implements ModelReading {}

  /**
   * A model that the device lists but does not let be read.
   *
   * @param reason the device’s
   */
  record Refused(int id, int address, int length, String reason) implements ModelReading {}
}
