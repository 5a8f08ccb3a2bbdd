package ndoe.feeders;

/**
 * What one of the operator’s own assets does over the horizon; injection is positive.
 *
 * @param activePowerKw injection per interval, kW
 * @param reactivePowerKvar injection per interval, kvar
 */
public record AssetSchedule(
    String asset, BusId bus, Profile activePowerKw, Profile reactivePowerKvar) {}
