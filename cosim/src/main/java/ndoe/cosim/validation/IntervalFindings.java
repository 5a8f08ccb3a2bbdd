package ndoe.cosim.validation;

import java.util.List;
import java.util.Map;

/**
 * What the judge found in one interval.
 *
 * @param forecast draws that broke a limit, by distribution and operating point; empty when none
 *     were tried
 * @param outages violations at both corners by asset lost; empty when none were tried
 */
record IntervalFindings(
    Findings findings,
    Tried tried,
    Map<ErrorDistribution, List<BrokenDraws>> forecast,
    List<List<Violation>> outages) {}
