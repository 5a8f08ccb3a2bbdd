package ndoe.feeders;

/**
 * A load nobody controls, over the horizon.
 *
 * @param activePowerKw consumption per interval, kW
 * @param reactivePowerKvar consumption per interval, kvar
 */
public record PassiveLoad(
    String name, BusId bus, Profile activePowerKw, Profile reactivePowerKvar) {}
