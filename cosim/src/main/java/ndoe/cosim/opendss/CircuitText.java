package ndoe.cosim.opendss;

import java.util.List;
import java.util.Locale;

/** What is said to the engine after the statements of a circuit in its own language. */
final class CircuitText {
  /** Steps of all controls together after which a circuit counts as restless. */
  private static final int MAX_CONTROL_ITERATIONS = 100;

  private static final String INJECTION = "ndoe_injection_";

  private CircuitText() {}

  /** Bases and an accurate snapshot solution, controls held. */
  static List<String> solution() {
    return List.of(
        "CalcVoltageBases",
        String.format(
            Locale.ROOT,
            "Set Mode=Snapshot ControlMode=Off LoadMult=1 Tolerance=%s MaxIterations=%d"
                + " MaxControlIter=%d",
            FeederScript.TOLERANCE_PU,
            FeederScript.MAX_ITERATIONS,
            MAX_CONTROL_ITERATIONS));
  }

  /** A load at constant power between one node and ground, through which power is injected. */
  static String injection(int number, String node, double phaseKv) {
    return String.format(
        Locale.ROOT,
        "New Load.%s%d bus1=%s phases=1 conn=wye kV=%s kW=0 kvar=0 model=1 vminpu=%s vmaxpu=%s",
        INJECTION,
        number,
        node,
        phaseKv,
        FeederScript.LOWEST_VOLTAGE_PU,
        FeederScript.HIGHEST_VOLTAGE_PU);
  }
}
