package ndoe.controller.report;

import java.util.List;
import java.util.Map;

/**
 * A chart of one quantity over rounds, on a logarithmic axis.
 *
 * @param heading of its section
 * @param quantity with its unit
 * @param series by name, first round first; values that are not above 0 are left out
 */
public record Curves(String heading, String quantity, Map<String, List<Double>> series) {}
