package ndoe.controller.negotiation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Terms;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** All in this process, where nobody is late. */
final class PresentProsumers implements Prosumers {
  private final Participants participants;
  private final ConvexSolver solver;
  private final ExecutorService workers;
  private final Map<ProsumerId, Prosumer> gathered = new LinkedHashMap<>();

  PresentProsumers(Participants participants, ConvexSolver solver, ExecutorService workers) {
    this.participants = participants;
    this.solver = solver;
    this.workers = workers;
  }

  @Override
  public List<? extends ProsumerParty> gather(Terms terms) {
    return gathered(
        id ->
            Prosumer.negotiating(
                participants.prosumer(id), participants.linksOf(id), terms, solver));
  }

  /** Everybody again, from where it stood. */
  List<Prosumer> gatherAgain(Standing before, HorizonShift shift, Terms terms) {
    return gathered(
        id ->
            Prosumer.resuming(
                before.prosumers().get(id),
                shift,
                participants.prosumer(id),
                participants.linksOf(id),
                terms,
                solver));
  }

  private List<Prosumer> gathered(Function<ProsumerId, Prosumer> made) {
    gathered.putAll(Parallel.forEach(participants.ids(), made, workers));
    return List.copyOf(gathered.values());
  }

  /** Those at the table. */
  Map<ProsumerId, Prosumer> atTheTable() {
    return Map.copyOf(gathered);
  }

  @Override
  public Map<ProsumerId, ProsumerPlan> plan(
      EnvelopePlan offered, Map<ProsumerId, Profile> purchaseKw) {
    return Parallel.forEach(
        participants.ids(),
        id ->
            ProsumerProblem.solve(
                participants.prosumer(id), offered.of(id).envelopes(), purchaseKw.get(id), solver),
        workers);
  }

  @Override
  public Map<ProsumerId, Double> costsAlone(EnvelopePlan envelopes) {
    Profile nothing = Profile.constant(0, envelopes.horizon().intervals());
    return Parallel.forEach(
        participants.ids(),
        id ->
            ProsumerProblem.cost(
                participants.prosumer(id), envelopes.of(id).envelopes(), nothing, solver),
        workers);
  }

  @Override
  public Set<ProsumerId> dropped() {
    return Set.of();
  }

  @Override
  public boolean outOfTime() {
    return false;
  }
}
