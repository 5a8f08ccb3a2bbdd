package ndoe.controller.journal;

import ndoe.feeders.Profile;

/**
 * One possible day of a prosumer’s uncertain generation.
 *
 * @param probability nominal weight, fraction
 * @param generationKw total of PV and wind, kW per interval
 */
public record SampleTrajectory(double probability, Profile generationKw) {}
