package ndoe.cosim.helics;

import java.util.List;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Violation;

/**
 * One solution of the twin.
 *
 * @param timeSeconds the time granted, s after the start of the horizon
 * @param interval position of the interval it is in
 * @param points what the connection points draw, in the scenario’s order
 * @param violations the feeder’s limits it breaks
 */
public record TwinStep(
    double timeSeconds,
    int interval,
    List<PointExchange> points,
    GridState state,
    List<Violation> violations) {

  public TwinStep {
    points = List.copyOf(points);
    violations = List.copyOf(violations);
  }

  /** Connection points whose active power came from a federate. */
  public long published() {
    return points.stream().filter(PointExchange::published).count();
  }

  /** Connection points that draw or feed in more than their envelope allows. */
  public long outsideEnvelope() {
    return points.stream()
        .filter(point -> point.outsideEnvelopeKw() > AcValidator.ENVELOPE_TOLERANCE_KW)
        .count();
  }
}
