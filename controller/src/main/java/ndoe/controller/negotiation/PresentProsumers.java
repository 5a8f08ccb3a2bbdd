package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Terms;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** All in this process, where nobody is late. */
record PresentProsumers(Participants participants, ConvexSolver solver, ExecutorService workers)
    implements Prosumers {

  @Override
  public List<? extends ProsumerParty> gather(Terms terms) {
    return participants.negotiating(terms, solver, workers);
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
