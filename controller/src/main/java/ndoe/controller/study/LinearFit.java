package ndoe.controller.study;

import java.util.Arrays;

/**
 * A straight line through measured values, by least squares of the relative errors; through the
 * origin where all values are of one place.
 *
 * @param atZero value at 0
 * @param slope per unit
 * @param largestRelativeError of the line at a measured value, as a fraction of that value
 */
public record LinearFit(double atZero, double slope, double largestRelativeError) {

  /**
   * Fits a line.
   *
   * @param places above 0, at least one
   * @param values above 0, one for each place
   * @throws IllegalArgumentException if there is no place or not a value for each
   */
  public static LinearFit of(double[] places, double[] values) {
    if (places.length == 0 || places.length != values.length) {
      throw new IllegalArgumentException(
          "a line needs a value for each of at least one place: %d and %d"
              .formatted(values.length, places.length));
    }
    double weights = 0;
    double meanPlace = 0;
    double meanValue = 0;
    for (int i = 0; i < places.length; i++) {
      double weight = 1 / (values[i] * values[i]);
      weights += weight;
      meanPlace += weight * places[i];
      meanValue += weight * values[i];
    }
    meanPlace /= weights;
    meanValue /= weights;
    double together = 0;
    double spread = 0;
    for (int i = 0; i < places.length; i++) {
      double weight = 1 / (values[i] * values[i]);
      together += weight * (places[i] - meanPlace) * (values[i] - meanValue);
      spread += weight * (places[i] - meanPlace) * (places[i] - meanPlace);
    }
    boolean onePlace = Arrays.stream(places).distinct().count() == 1;
    double slope = onePlace ? meanValue / meanPlace : together / spread;
    double atZero = onePlace ? 0 : meanValue - slope * meanPlace;
    double largest = 0;
    for (int i = 0; i < places.length; i++) {
      largest = Math.max(largest, Math.abs(atZero + slope * places[i] - values[i]) / values[i]);
    }
    return new LinearFit(atZero, slope, largest);
  }

  /** Value on the line. */
  public double at(double place) {
    return atZero + slope * place;
  }
}
