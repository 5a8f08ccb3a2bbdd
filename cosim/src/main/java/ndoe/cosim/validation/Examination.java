package ndoe.cosim.validation;

import java.util.List;
import java.util.Optional;

/**
 * Everything the judge did and found.
 *
 * @param tried what was tried
 * @param lowestVoltage over all points of the envelopes; empty when nothing had a solution
 * @param highestVoltage likewise
 * @param highestLoading likewise, as a fraction of the rating
 * @param forecastShares how often forecast errors break a limit; empty when not tried
 * @param outages what the loss of each asset does; empty when not tried
 */
public record Examination(
    Verdict verdict,
    Tried tried,
    Optional<WorstValue> lowestVoltage,
    Optional<WorstValue> highestVoltage,
    Optional<WorstValue> highestLoading,
    List<ForecastShare> forecastShares,
    List<Outage> outages,
    String engine) {
  public Examination {
    forecastShares = List.copyOf(forecastShares);
    outages = List.copyOf(outages);
  }

  public boolean certified() {
    return verdict instanceof Verdict.Certificate;
  }
}
