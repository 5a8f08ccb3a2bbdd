package ndoe.cosim.validation;

import java.util.List;

/**
 * What the judge found in one interval.
 *
 * @param forecastViolated draws that broke a limit, by distribution and operating point; empty when
 *     none were tried
 * @param outages violations at both corners by asset lost; empty when none were tried
 */
record IntervalFindings(
    Findings findings, Tried tried, List<int[]> forecastViolated, List<List<Violation>> outages) {}
