package ndoe.cosim.twin;

import java.util.List;
import java.util.Map;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.validation.NetworkLimits;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.ProsumerId;

/**
 * The feeder as it would be now: measured exchange of the prosumers, passive loads and the
 * operator’s assets as scheduled. Used by the thread that made its power flow.
 */
public final class FeederTwin implements AutoCloseable {
  private static final String POINT = "measured";

  private final PowerFlow powerFlow;
  private final Feeder feeder;
  private FeederUse use;
  private final NetworkLimits limits;
  private final Injections injections;

  /**
   * Takes the power flow over and closes it in the end.
   *
   * @throws IllegalArgumentException naming what is at a bus the feeder does not have
   */
  public FeederTwin(
      PowerFlow powerFlow,
      Feeder feeder,
      List<PassiveLoad> passiveLoads,
      List<ConnectionPoint> connectionPoints,
      List<AssetSchedule> assets) {
    this.powerFlow = powerFlow;
    this.feeder = feeder;
    use = new FeederUse(feeder, passiveLoads, connectionPoints, assets);
    limits = new NetworkLimits(feeder);
    injections = use.injections();
  }

  /** From now on the operator’s assets do this, one value for every interval. */
  public void follow(List<AssetSchedule> assets) {
    use = new FeederUse(feeder, use.passiveLoads(), use.connectionPoints(), assets);
  }

  /**
   * State and broken limits for what was measured.
   *
   * @param netImportKw of every prosumer, kW, negative when feeding in
   * @throws IllegalArgumentException if a prosumer is missing or a power is not finite
   */
  public Observation observe(int interval, Map<ProsumerId, Double> netImportKw) {
    return observe(interval, netImportKw, Map.of());
  }

  /**
   * The same where reactive power is known.
   *
   * @param furtherDrawKvar what prosumers draw beyond the tan φ of their connection point, kvar
   * @throws IllegalArgumentException as above
   */
  public Observation observe(
      int interval, Map<ProsumerId, Double> netImportKw, Map<ProsumerId, Double> furtherDrawKvar) {
    double[] inOrder =
        use.connectionPoints().stream()
            .mapToDouble(point -> measured(point.prosumer(), netImportKw))
            .toArray();
    use.put(interval, inOrder, injections);
    if (!furtherDrawKvar.isEmpty()) {
      double[] kvar =
          use.connectionPoints().stream()
              .mapToDouble(point -> furtherDrawKvar.getOrDefault(point.prosumer(), 0.0))
              .toArray();
      use.addExchange(new double[kvar.length], kvar, injections);
    }
    GridState state = powerFlow.solve(injections);
    return new Observation(state, limits.check(state, interval, POINT));
  }

  private static double measured(ProsumerId prosumer, Map<ProsumerId, Double> netImportKw) {
    Double measured = netImportKw.get(prosumer);
    if (measured == null || !Double.isFinite(measured)) {
      throw new IllegalArgumentException(
          "net import of %s must be a finite number of kW: %s".formatted(prosumer, measured));
    }
    return measured;
  }

  @Override
  public void close() {
    powerFlow.close();
  }

  /** What the feeder does and which limits that breaks, named {@code measured}. */
  public record Observation(GridState state, List<Violation> violations) {
    public Observation {
      violations = List.copyOf(violations);
    }
  }
}
