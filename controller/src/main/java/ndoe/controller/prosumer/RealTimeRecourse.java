package ndoe.controller.prosumer;

import java.util.List;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Tariff;

/**
 * A prosumer’s second stage in real time: with the plan fixed, the generation of the present
 * interval measured and the rest of the day as expected, what the devices shall do now.
 */
public final class RealTimeRecourse {
  private final ProsumerSite site;
  private final Horizon horizon;
  private final Tariff tariff;
  private final List<OperatingEnvelope> envelopes;
  private final Profile plannedNetImportKw;
  private final List<Sample> samples;
  private final Profile expectedGenerationKw;
  private final ConvexSolver solver;

  /**
   * For one prosumer and day.
   *
   * @param envelopes certified limits, one per interval
   * @param plannedNetImportKw the first stage, kW
   * @param samples what to expect of the intervals to come
   */
  public RealTimeRecourse(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<OperatingEnvelope> envelopes,
      Profile plannedNetImportKw,
      List<Sample> samples,
      ConvexSolver solver) {
    this.site = site;
    this.horizon = horizon;
    this.tariff = tariff;
    this.envelopes = List.copyOf(envelopes);
    this.plannedNetImportKw = plannedNetImportKw;
    this.solver = solver;
    this.samples = List.copyOf(samples);
    this.expectedGenerationKw =
        Profile.generate(
            horizon.intervals(),
            t -> samples.stream().mapToDouble(s -> s.probability() * s.generationKw().at(t)).sum());
  }

  private Sample startingWith(int now, double generationKw, Sample sample) {
    Profile generation =
        Profile.generate(
            horizon.intervals(), t -> t == now ? generationKw : sample.generationKw().at(t));
    return new Sample(sample.probability(), generation);
  }

  /** Mean of what the samples allow, kW. */
  public double expectedGenerationKw(int interval) {
    return expectedGenerationKw.at(interval);
  }

  /**
   * Decides for the interval the state belongs to.
   *
   * @param generationKw PV and wind available now, kW
   * @param loadKw consumption now without vehicle and shiftable load, kW
   * @throws IllegalStateException if the solver found no solution, with its reason
   */
  public DeviceSchedule decide(DeviceState state, double generationKw, double loadKw) {
    int now = state.interval();
    List<Sample> futures =
        samples.stream().map(sample -> startingWith(now, generationKw, sample)).toList();
    double planned = site.loadKw().at(now) * (1 - site.flexibleLoadFraction());
    return Recourse.hedged(
            site,
            horizon,
            tariff,
            envelopes,
            plannedNetImportKw,
            futures,
            state,
            loadKw - planned,
            solver)
        .schedule(now);
  }
}
