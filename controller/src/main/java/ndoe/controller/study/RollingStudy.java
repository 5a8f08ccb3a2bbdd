package ndoe.controller.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.RemainingDay;
import ndoe.controller.negotiation.RollingNegotiation;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.negotiation.StoredEnergy;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.prosumer.DeviceSchedule;
import ndoe.controller.prosumer.DeviceState;
import ndoe.controller.prosumer.RealTimeRecourse;
import ndoe.controller.prosumer.RealisedCost;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * What negotiating again as the day unfolds is worth: the day of a scenario, whose weather nobody
 * knows beforehand, on envelopes of the day before, on envelopes negotiated again, and on those of
 * somebody who knew.
 */
public final class RollingStudy {
  private final Scenario scenario;
  private final Settings settings;
  private final ConvexSolver solver = new InteriorPointSolver();
  private final AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);

  public RollingStudy(Scenario scenario, Settings settings) {
    this.scenario = scenario;
    this.settings = settings;
  }

  /**
   * One way to live through the day.
   *
   * @param cost what all prosumers really pay, in the scenario’s currency, payments among them left
   *     out
   * @param shedKwh load not served
   * @param rounds of the negotiation of the day before
   * @param uncertified renewals that were not certified, so that what was agreed before stayed
   */
  public record Day(String name, double cost, double shedKwh, int rounds, int uncertified) {}

  /**
   * One renewal.
   *
   * @param warmRounds from where everybody stood
   * @param coldRounds from nothing, for comparison
   */
  public record Renewal(int from, int warmRounds, int coldRounds, boolean certified) {}

  /** All of it. */
  public record Result(List<Day> days, List<Renewal> renewals) {
    public Result {
      days = List.copyOf(days);
      renewals = List.copyOf(renewals);
    }
  }

  /**
   * Runs the study.
   *
   * @param every intervals between renewals
   * @param listener hears of every renewal that is done
   */
  public Result run(int every, Consumer<Renewal> listener) {
    List<Renewal> renewals = new ArrayList<>();
    List<Day> days = new ArrayList<>();
    try (Negotiation negotiation = negotiation(scenario)) {
      Agreement agreement = negotiation.agree(Case.NDOE);
      days.add(new Walk(scenario, agreement).live("day ahead"));
      RollingNegotiation rolling =
          RollingNegotiation.after(negotiation, scenario, solver, judge, settings);
      RollingNegotiation cold = RollingNegotiation.cold(scenario, solver, judge, settings);
      Walk walk = new Walk(scenario, agreement);
      int uncertified = 0;
      for (int t = 0; t < scenario.horizon().intervals(); t++) {
        if (t > 0 && t % every == 0) {
          Agreement renewed = rolling.renew(t, walk.energy(), walk.measured(), QUIET);
          Agreement again = cold.renew(t, walk.energy(), walk.measured(), QUIET);
          Renewal renewal =
              new Renewal(
                  t, renewed.effort().rounds(), again.effort().rounds(), renewed.certified());
          renewals.add(renewal);
          listener.accept(renewal);
          uncertified += renewed.certified() ? 0 : 1;
          if (renewed.certified()) {
            walk.follow(t, renewed);
          }
        }
        walk.step(t);
      }
      days.add(walk.day("negotiated again", uncertified));
    }
    Scenario known = known();
    try (Negotiation negotiation = negotiation(known)) {
      days.add(new Walk(known, negotiation.agree(Case.NDOE)).live("perfect forecast"));
    }
    return new Result(days, renewals);
  }

  private static final NegotiationListener QUIET = new NegotiationListener() {};

  private Negotiation negotiation(Scenario of) {
    return new Negotiation(of, solver, judge, settings, new Post(), QUIET);
  }

  /** The same day for people who knew its weather. */
  private Scenario known() {
    return scenario.withProsumers(
        scenario.prosumers().stream()
            .map(site -> site.withGenerationHistory(List.of(available(site))))
            .toList());
  }

  /** PV and wind the day really allows, kW. */
  private static Profile available(ProsumerSite site) {
    Profile nothing = site.loadKw().times(0);
    return site.pv()
        .map(pv -> pv.availablePowerKw())
        .orElse(nothing)
        .plus(site.wind().map(wind -> wind.availablePowerKw()).orElse(nothing));
  }

  /** A day lived interval by interval. */
  private final class Walk {
    private final Scenario day;
    private final Map<ProsumerId, DeviceState> states = new LinkedHashMap<>();
    private final Map<ProsumerId, Part> parts = new HashMap<>();
    private final Map<ProsumerId, Double> ratios = new HashMap<>();
    private final List<Double> operatorKwh = new ArrayList<>();
    private final int rounds;
    private Agreement agreement;
    private int since;
    private double cost;
    private double shedKwh;

    /** What a prosumer goes by. */
    private record Part(RealTimeRecourse recourse, Profile plannedKw, Profile purchaseKw) {}

    Walk(Scenario day, Agreement agreement) {
      this.day = day;
      this.rounds = agreement.effort().rounds();
      day.prosumers()
          .forEach(site -> states.put(site.id(), DeviceState.initial(site, day.horizon())));
      day.operator().batteries().forEach(each -> operatorKwh.add(each.rating().initialEnergyKwh()));
      follow(0, agreement);
    }

    Day live(String name) {
      for (int t = 0; t < day.horizon().intervals(); t++) {
        step(t);
      }
      return day(name, 0);
    }

    Day day(String name, int uncertified) {
      double end = 0;
      for (ProsumerSite site : day.prosumers()) {
        end += new RealisedCost(site, day.horizon(), day.tariff()).ofEnd(states.get(site.id()));
      }
      return new Day(name, cost + end, shedKwh, rounds, uncertified);
    }

    /** From now on by another agreement, whose horizon begins now. */
    void follow(int from, Agreement next) {
      agreement = next;
      since = from;
      for (ProsumerSite site : day.prosumers()) {
        ProsumerId id = site.id();
        Scenario left = from == 0 ? day : RemainingDay.of(day, from, Map.of());
        ProsumerSite leftSite =
            left.prosumers().stream().filter(s -> s.id().equals(id)).findAny().orElseThrow();
        parts.put(
            id,
            new Part(
                new RealTimeRecourse(
                    leftSite,
                    left.horizon(),
                    left.tariff(),
                    next.envelopes().of(id).envelopes(),
                    next.envelopes().of(id).plannedNetImportKw(),
                    next.plans().get(id).samples(),
                    solver),
                next.envelopes().of(id).plannedNetImportKw(),
                next.plans().get(id).purchaseKw()));
      }
    }

    void step(int t) {
      int now = t - since;
      double hours = day.horizon().intervalHours();
      for (ProsumerSite site : day.prosumers()) {
        Part part = parts.get(site.id());
        double generation = available(site).at(t);
        double fixed = site.loadKw().at(t) * (1 - site.flexibleLoadFraction());
        DeviceState state = states.get(site.id());
        DeviceSchedule done = part.recourse().decide(state.at(now), generation, fixed);
        cost +=
            new RealisedCost(site, day.horizon(), day.tariff())
                .of(t, part.plannedKw().at(now), part.purchaseKw().at(now), done);
        shedKwh += hours * done.shedKw();
        states.put(site.id(), state.at(t).after(done, site, day.horizon()));
        double expected = part.recourse().expectedGenerationKw(now);
        ratios.put(site.id(), expected > 1 ? generation / expected : 1.0);
      }
      for (int s = 0; s < operatorKwh.size(); s++) {
        var battery = day.operator().batteries().get(s);
        AssetSchedule schedule =
            agreement.assets().stream()
                .filter(each -> each.asset().equals(battery.id()))
                .findAny()
                .orElseThrow();
        operatorKwh.set(
            s,
            battery
                .rating()
                .energyAfterKwh(
                    operatorKwh.get(s),
                    schedule.activePowerKw().at(now),
                    day.horizon().intervalHours()));
      }
    }

    StoredEnergy energy() {
      Map<ProsumerId, DeviceState> now = new HashMap<>();
      states.forEach((id, state) -> now.put(id, state.at(0)));
      return new StoredEnergy(now, operatorKwh);
    }

    Map<ProsumerId, Double> measured() {
      return Map.copyOf(ratios);
    }
  }
}
