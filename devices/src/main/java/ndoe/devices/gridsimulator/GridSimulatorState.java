package ndoe.devices.gridsimulator;

import java.util.OptionalDouble;

/**
 * What a grid simulator was found to be set to.
 *
 * @param identification its answer to {@code *IDN?}
 * @param outputOn whether its output is on
 * @param setVolts voltage set for the first phase, V, where the profile can read it
 * @param highestVolts limit of the voltage, V, where the profile can read it
 * @param mostAmperes limit of the current, A, where the profile can read it
 * @param setHertz frequency set, Hz, where the profile can read it
 */
public record GridSimulatorState(
    String identification,
    boolean outputOn,
    OptionalDouble setVolts,
    OptionalDouble highestVolts,
    OptionalDouble mostAmperes,
    OptionalDouble setHertz) {}
