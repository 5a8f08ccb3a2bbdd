package ndoe.controller.prosumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import ndoe.controller.ReferenceDay;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.KMedoids;
import ndoe.controller.uncertainty.NormBall;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;

class ProsumerProblemTest {
  private static final Scenario DAY = ReferenceDay.scenario();
  private static final List<OperatingEnvelope> ENVELOPES =
      Collections.nCopies(24, new OperatingEnvelope(600, 300));

  private static ProsumerPlan solve(ProsumerSite site, AmbiguitySet ambiguity) {
    return solve(site, ambiguity, ENVELOPES);
  }

  private static ProsumerPlan solve(
      ProsumerSite site, AmbiguitySet ambiguity, List<OperatingEnvelope> envelopes) {
    return ProsumerProblem.solve(
        new ProsumerKnowledge(site, DAY.horizon(), DAY.tariff(), samples(site), ambiguity),
        envelopes,
        Profile.constant(0, 24),
        new InteriorPointSolver());
  }

  private static RealTimeRecourse realTime(ProsumerSite site, ProsumerPlan plan) {
    return new RealTimeRecourse(
        site,
        DAY.horizon(),
        DAY.tariff(),
        ENVELOPES,
        plan.plannedNetImportKw(),
        samples(site),
        new InteriorPointSolver());
  }

  private static List<Sample> samples(ProsumerSite site) {
    return KMedoids.reduce(site.generationHistoryKw(), DAY.uncertainty().scenarios());
  }

  private static NormBall ball(ProsumerSite site, double sumRadius, double maximumRadius) {
    return NormBall.around(samples(site), sumRadius, maximumRadius);
  }

  @Test
  void moreDistrustCostsMore() {
    for (ProsumerSite site : DAY.prosumers()) {
      double stochastic = solve(site, ball(site, 0, 0)).cost();
      double distributionallyRobust =
          solve(site, AmbiguitySet.of(DAY.uncertainty(), samples(site), 60, 1)).cost();
      double robust = solve(site, ball(site, 2, 1)).cost();
      double slack = 1e-6 * Math.abs(robust) + 1e-6;
      assertTrue(stochastic <= distributionallyRobust + slack, site.id().value());
      assertTrue(distributionallyRobust <= robust + slack, site.id().value());
      assertTrue(stochastic < robust - 1, site.id() + " does not care about its samples");
    }
  }

  @Test
  void worstExpectationIsTheWorstOverTheAmbiguitySet() {
    ProsumerSite site = DAY.prosumers().get(0);
    NormBall ambiguity = ball(site, 0.3, 0.1);
    ProsumerPlan plan = solve(site, ambiguity);
    // Greedy: move mass from the cheapest samples to the dearest ones, within both radii.
    var byCost =
        plan.dispatches().stream()
            .sorted((a, b) -> Double.compare(b.recourseCost(), a.recourseCost()))
            .toList();
    double[] p = byCost.stream().mapToDouble(d -> d.sample().probability()).toArray();
    double[] low = new double[p.length];
    double[] high = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      low[k] = Math.max(0, p[k] - ambiguity.maximumRadius());
      high[k] = Math.min(1, p[k] + ambiguity.maximumRadius());
    }
    double budget = ambiguity.sumRadius() / 2;
    int to = 0;
    int from = p.length - 1;
    while (to < from && budget > 1e-12) {
      double moved = Math.min(budget, Math.min(high[to] - p[to], p[from] - low[from]));
      p[to] += moved;
      p[from] -= moved;
      budget -= moved;
      if (high[to] - p[to] < 1e-12) {
        to++;
      }
      if (p[from] - low[from] < 1e-12) {
        from--;
      }
    }
    double worst = 0;
    for (int k = 0; k < p.length; k++) {
      worst += p[k] * byCost.get(k).recourseCost();
    }
    assertEquals(worst, plan.worstExpectedRecourseCost(), 1e-3 * Math.abs(worst) + 0.01);
  }

  @Test
  void staysInsideItsEnvelopeInEverySample() {
    for (ProsumerSite site : DAY.prosumers()) {
      ProsumerPlan plan = solve(site, ball(site, 0.3, 0.1));
      for (var dispatch : plan.dispatches()) {
        dispatch.netImportKw().stream()
            .forEach(net -> assertTrue(net <= 600 && net >= -300, site.id() + ": " + net));
      }
    }
  }

  @Test
  void curtailsWhatItMayNotFeedInAndNothingElse() {
    ProsumerSite site = DAY.prosumers().get(1);
    List<OperatingEnvelope> closed = Collections.nCopies(24, new OperatingEnvelope(600, 0));
    List<OperatingEnvelope> open = Collections.nCopies(24, new OperatingEnvelope(1000, 1000));

    ProsumerPlan held = solve(site, ball(site, 0.3, 0.1), closed);

    assertTrue(held.expectedCurtailedKw().stream().sum() > 100, held.toString());
    for (var dispatch : held.dispatches()) {
      for (int t = 0; t < 24; t++) {
        double available = dispatch.sample().generationKw().at(t);
        assertTrue(dispatch.curtailedKw().at(t) <= available + 1e-3, "interval " + t);
      }
    }
    Profile free = solve(site, ball(site, 0.3, 0.1), open).expectedCurtailedKw();
    assertEquals(0, free.stream().sum(), 0.1);
  }

  @Test
  void neverChargesAndDischargesAtOnce() {
    for (ProsumerSite site : DAY.prosumers()) {
      assertEquals(0, solve(site, ball(site, 0.3, 0.1)).simultaneousChargeKw(), 1e-3);
    }
  }

  @Test
  void realTimeRecourseKeepsTheEnvelopeWhateverTheWeather() {
    for (ProsumerSite site : DAY.prosumers()) {
      ProsumerPlan plan = solve(site, ball(site, 0.3, 0.1));
      RealTimeRecourse recourse = realTime(site, plan);
      DeviceState noon = DeviceState.initial(site, DAY.horizon());
      for (double generation : new double[] {0, 400, 2000}) {
        double load = site.loadKw().at(12) * (1 - site.flexibleLoadFraction());
        DeviceSchedule schedule =
            recourse.decide(
                new DeviceState(
                    12, noon.batteryEnergyKwh(), noon.flexibleEnergyKwh(), noon.vehicleEnergyKwh()),
                generation,
                load);
        double net = schedule.netImportKw();
        assertTrue(net <= 600.001 && net >= -300.001, site.id() + ": " + net);
        double balance =
            load
                + schedule.flexibleKw()
                + schedule.vehicleKw()
                - schedule.batteryKw()
                - schedule.turbineKw()
                - (generation - schedule.curtailedKw())
                - schedule.shedKw();
        assertEquals(net, balance, 1e-3, site.id().value());
      }
    }
  }

  @Test
  void decidesWhenHardlyAnyFlexibleLoadIsLeft() {
    for (ProsumerSite site : DAY.prosumers()) {
      ProsumerPlan plan = solve(site, ball(site, 0.3, 0.1));
      RealTimeRecourse recourse = realTime(site, plan);
      for (double due : new double[] {0, 1e-9, 4.8e-4, 0.009, 0.011, 0.1}) {
        DeviceSchedule schedule =
            recourse.decide(new DeviceState(22, 60, due, due), 0, site.loadKw().at(22));
        assertTrue(schedule.flexibleKw() >= -1e-6 && schedule.flexibleKw() <= due + 1e-3);
      }
    }
  }
}
