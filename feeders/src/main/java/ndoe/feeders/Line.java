package ndoe.feeders;

/**
 * A three-phase line, balanced, without charging.
 *
 * @param from the end nearer the source, as {@link FeederFile} reads it
 * @param resistanceOhm positive-sequence series resistance, ohm, ≥ 0
 * @param reactanceOhm positive-sequence series reactance, ohm, ≥ 0
 * @param ratingKva thermal rating of the three phases together, kVA, > 0
 */
public record Line(
    LineId id, BusId from, BusId to, double resistanceOhm, double reactanceOhm, double ratingKva) {}
