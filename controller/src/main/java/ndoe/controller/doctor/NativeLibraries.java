package ndoe.controller.doctor;

import java.util.List;
import java.util.Locale;
import ndoe.cosim.helics.BrokerAddress;
import ndoe.cosim.helics.CoreType;
import ndoe.cosim.helics.FederationException;
import ndoe.cosim.helics.HelicsBroker;
import ndoe.cosim.helics.HelicsVersion;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import ndoe.feeders.VoltageLimits;

/** The native libraries, asked something whose answer is known. */
final class NativeLibraries {
  private static final double NOMINAL_KV = 10;
  private static final double RESISTANCE_OHM = 2;
  private static final double REACTANCE_OHM = 1;
  private static final double LOAD_KW = 1000;
  private static final double LOAD_KVAR = 300;
  private static final double TOLERANCE_PU = 1e-6;

  private NativeLibraries() {}

  /** A load at the end of one line, for which the voltage is the root of a quadratic. */
  static Finding openDss(String subject) {
    BusId source = new BusId("source");
    BusId end = new BusId("end");
    Feeder feeder =
        new Feeder(
            "doctor",
            NOMINAL_KV,
            1,
            new VoltageLimits(0.9, 1.1),
            List.of(source, end),
            List.of(
                new Line(
                    new LineId("line"), source, end, RESISTANCE_OHM, REACTANCE_OHM, 2 * LOAD_KW)),
            List.of());
    try (PowerFlow powerFlow = OpenDssPowerFlow.threePhase(feeder)) {
      Injections injections = new Injections(2);
      injections.add(1, -LOAD_KW, -LOAD_KVAR);
      GridState state = powerFlow.solve(injections);
      double found = state.converged() ? state.voltagePu(1, 0) : Double.NaN;
      double known = voltageAtTheEndPu();
      // Written so that NaN is wrong too.
      return Math.abs(found - known) <= TOLERANCE_PU
          ? Finding.ok(
              subject,
              "%s",
              String.format(Locale.ROOT, "%s solves a feeder: %.6f pu", powerFlow.engine(), found))
          : Finding.fail(
              subject,
              "%s answers %s pu where %s is right: build again with ./mvnw clean package",
              powerFlow.engine(),
              found,
              known);
    }
  }

  private static double voltageAtTheEndPu() {
    double base = NOMINAL_KV * NOMINAL_KV * 1000;
    double drop = (RESISTANCE_OHM * LOAD_KW + REACTANCE_OHM * LOAD_KVAR) / base;
    double impedance = Math.hypot(RESISTANCE_OHM, REACTANCE_OHM) / base;
    double power = Math.hypot(LOAD_KW, LOAD_KVAR);
    double half = 0.5 - drop;
    return Math.sqrt(half + Math.sqrt(half * half - Math.pow(impedance * power, 2)));
  }

  /** A broker that listens. */
  static Finding helics(String subject) {
    try {
      String version = HelicsVersion.here();
      try (HelicsBroker broker =
          HelicsBroker.start(CoreType.TCP, new BrokerAddress("127.0.0.1", 0), 1)) {
        return Finding.ok(subject, "%s, its broker listens at %s", version, broker.address());
      }
    } catch (FederationException e) {
      return Finding.warn(subject, "only ./ndoe federate needs it: %s", e.getMessage());
    }
  }
}
