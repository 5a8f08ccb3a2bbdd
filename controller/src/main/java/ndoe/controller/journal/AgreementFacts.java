package ndoe.controller.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was agreed and what it took, as {@code run.json} says it; money is in the scenario’s
 * currency, costs are positive.
 *
 * @param operatorCost with the value of the envelopes counted as a gain
 * @param prosumerCost of all, network charges included
 * @param parts of both by name
 * @param savings per prosumer, what it pays less than alone under the static envelope; empty when
 *     that was not asked
 * @param agreed whether every tolerance was reached
 * @param rounds between operator and prosumers
 * @param cycles of trading
 * @param feedbackPasses decisions until the AC network was satisfied
 * @param shrinkFactor what all envelopes were multiplied with at the end, 1 if not
 * @param lowerBound of the objective
 * @param gapFraction certified gap, of |operator’s cost| + |prosumers’ cost|
 * @param payloadBytes numbers in all messages, 8 bytes each
 */
public record AgreementFacts(
    double operatorCost,
    double prosumerCost,
    Map<String, Double> parts,
    Map<String, Double> savings,
    boolean agreed,
    int rounds,
    int cycles,
    int feedbackPasses,
    double shrinkFactor,
    OptionalDouble lowerBound,
    OptionalDouble gapFraction,
    long messages,
    long payloadBytes) {
  public AgreementFacts {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    savings = Collections.unmodifiableMap(new LinkedHashMap<>(savings));
  }

  public double totalCost() {
    return operatorCost + prosumerCost;
  }
}
