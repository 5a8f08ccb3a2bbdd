package ndoe.feeders;

/** Permitted voltage magnitude at every bus, per unit. */
public record VoltageLimits(double minPu, double maxPu) {}
