package ndoe.devices.gridsimulator;

/**
 * What a grid simulator is used for and within which bounds.
 *
 * @param nominalVolts phase to neutral, V
 * @param nominalHertz frequency that is set before the output is turned on, Hz
 * @param phases 1 or 3
 * @param mostAmperes current limit set before the output is turned on, A per phase
 * @param lowestPu lowest voltage that is ever set, per unit of nominal
 * @param highestPu highest voltage that is ever set, per unit of nominal
 * @param stepPu largest change of voltage at once, per unit
 * @param slewPuPerSecond how fast the voltage moves from step to step, per unit per second
 * @param leave what is done on every way out
 * @param onlyMagnitude what to make of reactive power of which only the magnitude is measured
 */
public record GridSimulatorSettings(
    double nominalVolts,
    double nominalHertz,
    int phases,
    double mostAmperes,
    double lowestPu,
    double highestPu,
    double stepPu,
    double slewPuPerSecond,
    Leave leave,
    OnlyMagnitude onlyMagnitude) {

  /** How the output is left. */
  public enum Leave {
    /** Turned off. */
    OFF,
    /** Brought to nominal voltage, step by step, and left on; turned off if that fails. */
    NOMINAL
  }

  /** Reactive power whose sign the instrument does not tell. */
  public enum OnlyMagnitude {
    /** Counts as none. */
    IGNORED,
    /** The hardware draws it, as an inductance. */
    ABSORBED,
    /** The hardware injects it, as a capacitor. */
    INJECTED
  }

  public GridSimulatorSettings {
    require(nominalVolts >= 1 && nominalVolts <= 1000, "nominal voltage", nominalVolts, "1–1000 V");
    require(nominalHertz >= 15 && nominalHertz <= 400, "frequency", nominalHertz, "15–400 Hz");
    require(phases == 1 || phases == 3, "number of phases", phases, "1 or 3");
    require(mostAmperes > 0 && mostAmperes <= 10_000, "current limit", mostAmperes, "0–10000 A");
    require(lowestPu > 0 && lowestPu < 1, "lowest voltage", lowestPu, "above 0, below 1 pu");
    require(highestPu > 1 && highestPu <= 1.5, "highest voltage", highestPu, "above 1, to 1.5 pu");
    require(stepPu > 0 && stepPu <= 0.05, "voltage step", stepPu, "above 0, to 0.05 pu");
    require(slewPuPerSecond > 0 && slewPuPerSecond <= 10, "slew", slewPuPerSecond, "0–10 pu per s");
  }

  /** The usual bounds: 0.8 to 1.2 pu, steps of 1 % at 10 % per second, off in the end. */
  public static GridSimulatorSettings usual(double nominalVolts, int phases, double mostAmperes) {
    return new GridSimulatorSettings(
        nominalVolts,
        50,
        phases,
        mostAmperes,
        0.8,
        1.2,
        0.01,
        0.1,
        Leave.OFF,
        OnlyMagnitude.IGNORED);
  }

  private static void require(boolean allowed, String what, double value, String range) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "%s of a grid simulator is %s; allowed is %s".formatted(what, value, range));
    }
  }
}
