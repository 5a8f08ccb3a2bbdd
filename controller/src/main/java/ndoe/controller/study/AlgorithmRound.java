package ndoe.controller.study;

import ndoe.controller.negotiation.Round;

/**
 * One round of one variant.
 *
 * @param gapFraction distance of the objective of all positions, as they are, from the central
 *     optimum, of |operator’s| + |prosumers’ cost|; not feasible, so it may be negative
 * @param linearViolations points inside the offers that break a limit of the linear network
 * @param acViolations the same on the AC network
 */
public record AlgorithmRound(
    String variant, Round round, double gapFraction, int linearViolations, int acViolations) {}
