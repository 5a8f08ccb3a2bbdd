package ndoe.controller.uncertainty;

import ndoe.feeders.Profile;

/**
 * One possible trajectory of the uncertain generation.
 *
 * @param probability its empirical weight, fraction
 * @param generationKw PV and wind together, kW per interval
 */
public record Sample(double probability, Profile generationKw) {}
