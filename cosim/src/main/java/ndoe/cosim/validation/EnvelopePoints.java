package ndoe.cosim.validation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * Points of the joint envelopes: what every connection point draws, in the order of the security
 * case. Refuses a case whose parts do not fit together. Unchangeable.
 */
final class EnvelopePoints {
  private final List<ConnectionPoint> connectionPoints;
  private final List<PointPlan> plans;
  private final List<Dispatch> dispatches;
  private final int intervals;
  private final long seed;
  private final double reactiveFreedom;

  /**
   * @param reactiveFreedom around each connection’s tan φ, kvar per kW
   */
  EnvelopePoints(SecurityCase securityCase, double reactiveFreedom) {
    this.reactiveFreedom = reactiveFreedom;
    connectionPoints = securityCase.connectionPoints();
    dispatches = securityCase.dispatches();
    intervals = securityCase.envelopes().horizon().intervals();
    seed = securityCase.seed();
    plans =
        connectionPoints.stream()
            .map(point -> securityCase.envelopes().of(point.prosumer()))
            .toList();
    require(
        securityCase.envelopes().points().size() == plans.size(),
        () ->
            "envelopes for %d connection points, the case has %d"
                .formatted(securityCase.envelopes().points().size(), plans.size()));
    require(intervals > 0, () -> "the horizon has no intervals");
    plans.forEach(this::requireFit);
    securityCase.passiveLoads().forEach(load -> requireFit(load.name(), load.activePowerKw()));
    securityCase.passiveLoads().forEach(load -> requireFit(load.name(), load.reactivePowerKvar()));
    securityCase.assets().forEach(asset -> requireFit(asset.asset(), asset.activePowerKw()));
    securityCase.assets().forEach(asset -> requireFit(asset.asset(), asset.reactivePowerKvar()));
    dispatches.forEach(this::requireFit);
  }

  private void requireFit(PointPlan plan) {
    require(
        plan.envelopes().size() == intervals,
        () ->
            "%s has envelopes for %d intervals, the horizon has %d"
                .formatted(plan.prosumer(), plan.envelopes().size(), intervals));
    for (ConnectionPoint point : connectionPoints) {
      if (point.prosumer().equals(plan.prosumer())) {
        require(
            point.bus().equals(plan.bus()),
            () ->
                "%s is at bus %s, its envelopes are for bus %s"
                    .formatted(plan.prosumer(), point.bus(), plan.bus()));
      }
    }
    for (OperatingEnvelope envelope : plan.envelopes()) {
      require(
          Double.isFinite(envelope.importLimitKw()) && Double.isFinite(envelope.exportLimitKw()),
          () -> "%s has an envelope without limit: %s".formatted(plan.prosumer(), envelope));
    }
  }

  private void requireFit(Dispatch dispatch) {
    for (ConnectionPoint point : connectionPoints) {
      ProsumerId prosumer = point.prosumer();
      require(
          dispatch.netImportKw().containsKey(prosumer),
          () -> "dispatch %s leaves out %s".formatted(dispatch.name(), prosumer));
      requireFit(
          "dispatch %s of %s".formatted(dispatch.name(), prosumer),
          dispatch.netImportKw().get(prosumer));
    }
  }

  private void requireFit(String name, Profile profile) {
    require(
        profile.intervals() == intervals,
        () ->
            "%s has %d intervals, the horizon has %d"
                .formatted(name, profile.intervals(), intervals));
    require(
        profile.stream().allMatch(Double::isFinite),
        () -> "%s must be finite: %s".formatted(name, profile));
  }

  private static void require(boolean fits, Supplier<String> misfit) {
    if (!fits) {
      throw new IllegalArgumentException(misfit.get());
    }
  }

  int intervals() {
    return intervals;
  }

  OperatingEnvelope envelope(int point, int interval) {
    return plans.get(point).envelopes().get(interval);
  }

  int connectionPoints() {
    return plans.size();
  }

  Exchange importCorner(int interval) {
    return corner(interval, true);
  }

  Exchange exportCorner(int interval) {
    return corner(interval, false);
  }

  private Exchange corner(int interval, boolean importing) {
    double[] netImportKw = new double[plans.size()];
    for (int point = 0; point < netImportKw.length; point++) {
      netImportKw[point] = limit(envelope(point, interval), importing);
    }
    return atTanPhi(netImportKw);
  }

  private static double limit(OperatingEnvelope envelope, boolean importing) {
    return importing ? envelope.importLimitKw() : -envelope.exportLimitKw();
  }

  private Exchange atTanPhi(double[] netImportKw) {
    double[] kvar = new double[netImportKw.length];
    for (int point = 0; point < kvar.length; point++) {
      kvar[point] = netImportKw[point] * connectionPoints.get(point).tanPhi();
    }
    return new Exchange(netImportKw, kvar);
  }

  Exchange dispatch(Dispatch dispatch, int interval) {
    double[] netImportKw = new double[plans.size()];
    for (int point = 0; point < netImportKw.length; point++) {
      ProsumerId prosumer = connectionPoints.get(point).prosumer();
      netImportKw[point] = dispatch.netImportKw().get(prosumer).at(interval);
    }
    return atTanPhi(netImportKw);
  }

  /** The same for every run of an interval, whichever thread asks and whatever was asked before. */
  SplittableRandom random(int interval) {
    return new SplittableRandom(1_000_003 * seed + interval);
  }

  /** Likewise, another sequence for each purpose. */
  SplittableRandom random(int interval, String purpose) {
    return new SplittableRandom((1_000_003 * seed + interval) ^ ((long) purpose.hashCode() << 32));
  }

  /**
   * Anywhere in the box for an even number, one of its vertices for an odd one: mixed vertices are
   * what a rule that looks at corners only would miss. Reactive power likewise inside its freedom.
   */
  Exchange random(int number, int interval, SplittableRandom random) {
    double[] netImportKw = new double[plans.size()];
    for (int point = 0; point < netImportKw.length; point++) {
      OperatingEnvelope envelope = envelope(point, interval);
      double export = limit(envelope, false);
      double span = limit(envelope, true) - export;
      netImportKw[point] =
          number % 2 == 0
              ? export + span * random.nextDouble()
              : limit(envelope, random.nextBoolean());
    }
    Exchange exchange = atTanPhi(netImportKw);
    if (reactiveFreedom > 0) {
      for (int point = 0; point < netImportKw.length; point++) {
        double side = number % 2 == 0 ? 2 * random.nextDouble() - 1 : random.nextBoolean() ? 1 : -1;
        exchange.reactivePowerKvar()[point] +=
            side * reactiveFreedom * Math.abs(netImportKw[point]);
      }
    }
    return exchange;
  }

  /** Active power drawn and reactive power drawn. */
  record Choice(double kw, double kvar) {}

  /**
   * What one connection point may do at the ends of its freedom: at its import limit first, its
   * export limit next, both at its tan φ, then nothing, then both with all reactive power drawn and
   * fed in. What comes to the same is there once.
   */
  List<Choice> choices(int point, int interval) {
    double tanPhi = connectionPoints.get(point).tanPhi();
    double importKw = limit(envelope(point, interval), true);
    double exportKw = limit(envelope(point, interval), false);
    Set<Choice> choices = new LinkedHashSet<>();
    for (double kw : new double[] {importKw, exportKw, 0}) {
      choices.add(choice(kw, tanPhi * kw));
    }
    for (double kw : new double[] {importKw, exportKw}) {
      double freedom = reactiveFreedom * Math.abs(kw);
      choices.add(choice(kw, tanPhi * kw + freedom));
      choices.add(choice(kw, tanPhi * kw - freedom));
    }
    return List.copyOf(choices);
  }

  /** Without negative zeros, which would make two of one. */
  private static Choice choice(double kw, double kvar) {
    return new Choice(kw + 0.0, kvar + 0.0);
  }
}
