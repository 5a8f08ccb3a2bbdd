package ndoe.feeders;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * One value per interval of a horizon, unchangeable; the unit is in the name of whoever holds it.
 */
public final class Profile {
  private final double[] values;

  private Profile(double[] values) {
    this.values = values;
  }

  public static Profile of(double... values) {
    return new Profile(values.clone());
  }

  public static Profile constant(double value, int intervals) {
    return generate(intervals, t -> value);
  }

  public static Profile generate(int intervals, IntToDoubleFunction valueAt) {
    double[] values = new double[intervals];
    Arrays.setAll(values, valueAt);
    return new Profile(values);
  }

  public double at(int interval) {
    return values[interval];
  }

  public int intervals() {
    return values.length;
  }

  public Profile map(DoubleUnaryOperator change) {
    return generate(values.length, t -> change.applyAsDouble(values[t]));
  }

  /** The intervals of several horizons, one after another. */
  public static Profile joined(List<Profile> parts) {
    return new Profile(parts.stream().flatMapToDouble(Profile::stream).toArray());
  }

  /** The intervals from one on, right-open. */
  public Profile cut(int from, int until) {
    return new Profile(Arrays.copyOfRange(values, from, until));
  }

  public Profile times(double factor) {
    return map(value -> value * factor);
  }

  public Profile plus(Profile other) {
    return generate(values.length, t -> values[t] + other.values[t]);
  }

  public DoubleStream stream() {
    return Arrays.stream(values);
  }

  public double[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Profile profile && Arrays.equals(values, profile.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
