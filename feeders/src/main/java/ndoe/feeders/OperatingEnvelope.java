package ndoe.feeders;

/**
 * Limits of the net exchange at one connection point for one interval.
 *
 * @param importLimitKw most it may draw from the network, kW, ≥ 0
 * @param exportLimitKw most it may feed into the network, kW, ≥ 0
 */
public record OperatingEnvelope(double importLimitKw, double exportLimitKw) {
  public OperatingEnvelope {
    // Written so that NaN is refused too.
    if (!(importLimitKw >= 0 && exportLimitKw >= 0)) {
      throw new IllegalArgumentException(
          "envelope limits must be at least 0 kW: import %s, export %s"
              .formatted(importLimitKw, exportLimitKw));
    }
  }

  /** The exchange inside the limits that is nearest to this one, kW. */
  public double nearest(double netImportKw) {
    return Math.max(-exportLimitKw, Math.min(importLimitKw, netImportKw));
  }

  /** Both limits times a factor ≥ 0. */
  public OperatingEnvelope times(double factor) {
    return new OperatingEnvelope(factor * importLimitKw, factor * exportLimitKw);
  }

  /** What both envelopes allow. */
  public OperatingEnvelope within(OperatingEnvelope other) {
    return new OperatingEnvelope(
        Math.min(importLimitKw, other.importLimitKw), Math.min(exportLimitKw, other.exportLimitKw));
  }
}
