package ndoe.cosim.helics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.twin.FeederTwin;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * The feeder’s twin as a federate: at each time granted it takes what the prosumers of the
 * federation draw, those of nobody as planned, solves the feeder and publishes what it does. Time 0
 * is the start of the scenario’s horizon. All of it happens in the thread that joined.
 */
public final class TwinFederate implements AutoCloseable {
  /**
   * How long after the beginning of a step the twin solves, s: what others publish at the beginning
   * is known then, whoever came first.
   */
  public static final double OFFSET_SECONDS = 1e-3;

  /** The code this process gives up with when a person stops it; that of SIGINT in a shell. */
  private static final int STOPPED = 130;

  private final TwinDay day;
  private final double stepSeconds;
  private final ValueFederate federate;
  private final TwinInputs inputs;
  private final TwinOutputs outputs;
  private final FeederTwin twin;

  private TwinFederate(TwinDay day, double stepSeconds, ValueFederate federate, FeederTwin twin) {
    this.day = day;
    this.stepSeconds = stepSeconds;
    this.federate = federate;
    this.twin = twin;
    TwinNames names = TwinNames.of(day.scenario().feeder());
    inputs = new TwinInputs(federate, names, day);
    outputs = new TwinOutputs(federate, names, day);
  }

  /**
   * Joins a federation.
   *
   * @throws FederationException if there is no broker, the name is taken or the library is missing
   */
  public static TwinFederate join(TwinDay day, FederateSettings settings) {
    Scenario scenario = day.scenario();
    ValueFederate federate = ValueFederate.join(settings);
    FeederTwin twin = null;
    try {
      twin =
          new FeederTwin(
              OpenDssPowerFlow.threePhase(scenario.feeder()),
              scenario.feeder(),
              scenario.passiveLoads(),
              scenario.connectionPoints(),
              day.assets());
      return new TwinFederate(day, settings.periodSeconds(), federate, twin);
    } catch (RuntimeException e) {
      federate.close();
      if (twin != null) {
        twin.close();
      }
      throw e;
    }
  }

  /**
   * Goes through the day once the others have joined.
   *
   * @param listener told of every step once it is published
   * @return whether the day came to its end; false if the federation was ended before
   * @throws FederationException if the federation breaks
   */
  public boolean run(Consumer<TwinStep> listener) {
    federate.enterExecuting();
    long step = 0;
    while (step * stepSeconds < day.seconds()) {
      OptionalDouble granted = federate.requestTime(step * stepSeconds + OFFSET_SECONDS);
      if (granted.isEmpty()) {
        return false;
      }
      if (granted.getAsDouble() >= day.seconds()) {
        return true;
      }
      TwinStep solved = solve(granted.getAsDouble());
      outputs.publish(solved);
      listener.accept(solved);
      step = Math.round((granted.getAsDouble() - OFFSET_SECONDS) / stepSeconds) + 1;
    }
    // Ends the last step, so that what was published in it arrives before the twin has left.
    return federate.requestTime(step * stepSeconds + OFFSET_SECONDS).isPresent();
  }

  private TwinStep solve(double timeSeconds) {
    int interval = day.intervalAt(timeSeconds);
    List<PointExchange> points = inputs.at(interval);
    Map<ProsumerId, Double> netImportKw = new HashMap<>();
    Map<ProsumerId, Double> furtherKvar = new HashMap<>();
    for (PointExchange point : points) {
      netImportKw.put(point.prosumer(), point.netImportKw());
      furtherKvar.put(point.prosumer(), point.reactiveImportKvar() - point.tanPhiKvar());
    }
    FeederTwin.Observation seen = twin.observe(interval, netImportKw, furtherKvar);
    return new TwinStep(timeSeconds, interval, points, seen.state(), seen.violations());
  }

  /** Ends the federation this process takes part in, from any thread; {@link #run} fails then. */
  public static void abort(String why) {
    HelicsLibrary.helicsAbort(STOPPED, why);
  }

  /** Leaves the federation; the others go on. */
  @Override
  public void close() {
    federate.close();
    twin.close();
  }
}
