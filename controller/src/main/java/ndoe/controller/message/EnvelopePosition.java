package ndoe.controller.message;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import ndoe.feeders.Profile;

/**
 * The quantities operator and prosumer have to agree on: both limits of the envelope and the plan.
 *
 * @param importLimitKw ≥ 0, kW per interval
 * @param exportLimitKw ≥ 0, kW per interval
 * @param netImportKw planned exchange, kW per interval
 */
public record EnvelopePosition(Profile importLimitKw, Profile exportLimitKw, Profile netImportKw) {

  public EnvelopePosition {
    int intervals = importLimitKw.intervals();
    if (exportLimitKw.intervals() != intervals || netImportKw.intervals() != intervals) {
      throw new IllegalArgumentException("limits and plan must cover the same intervals");
    }
  }

  /** The same numbers one after another: import limits, export limits, plan; MW. */
  public static EnvelopePosition ofMegawatts(double[] megawatts) {
    int intervals = megawatts.length / 3;
    return new EnvelopePosition(
        kilowatts(megawatts, 0, intervals),
        kilowatts(megawatts, intervals, intervals),
        kilowatts(megawatts, 2 * intervals, intervals));
  }

  private static Profile kilowatts(double[] megawatts, int from, int intervals) {
    return Profile.generate(intervals, t -> 1000 * megawatts[from + t]);
  }

  /** The numbers one after another: import limits, export limits, plan; MW. */
  public double[] toMegawatts() {
    return Stream.of(importLimitKw, exportLimitKw, netImportKw)
        .flatMapToDouble(Profile::stream)
        .map(kilowatts -> kilowatts / 1000)
        .toArray();
  }

  int numbers() {
    return 3 * importLimitKw.intervals();
  }

  /** Largest difference of any number, kW. */
  public double distanceKw(EnvelopePosition other) {
    double[] own = toMegawatts();
    double[] others = other.toMegawatts();
    return IntStream.range(0, own.length)
        .mapToDouble(i -> 1000 * Math.abs(own[i] - others[i]))
        .max()
        .orElse(0);
  }
}
