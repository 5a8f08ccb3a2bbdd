package ndoe.feeders;

/**
 * A Load element of the feeder script at its nominal power.
 *
 * @param activePowerKw nominal consumption, kW
 * @param reactivePowerKvar nominal consumption, kvar
 */
public record Load(String name, BusId bus, double activePowerKw, double reactivePowerKvar) {}
