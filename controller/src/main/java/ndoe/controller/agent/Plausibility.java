package ndoe.controller.agent;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.Report;
import ndoe.controller.message.TradeRequest;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.TradeLink;

/** What a prosumer may say: numbers its connection and its links can have, of the right count. */
final class Plausibility {
  /** What a solver leaves of a limit, kW and fraction of the connection. */
  private static final double SOLVER_KW = 0.5;

  private static final double SOLVER_FRACTION = 1e-3;

  /** Wishes mix plan, retail position and price, each of about the connection’s size or less. */
  private static final double MOST_CONNECTIONS = 100;

  private final ConnectionPoint point;
  private final Parameters parameters;
  private final double sizeKw;
  private final Set<ProsumerId> partners = new HashSet<>();

  Plausibility(ConnectionPoint point, Parameters parameters) {
    this.point = point;
    this.parameters = parameters;
    sizeKw = Math.max(point.importCapacityKw(), point.exportCapacityKw());
    for (TradeLink link : parameters.links()) {
      partners.add(link.first().equals(point.prosumer()) ? link.second() : link.first());
    }
  }

  /** Why an answer cannot be one to this command; empty when it can. */
  Optional<String> objection(Command command, Answer answer) {
    if (answer instanceof Answer.Refusal refusal) {
      return Optional.of("refused: " + refusal.reason());
    }
    boolean fits =
        command instanceof Command.Propose propose
                && answer instanceof Answer.Wishes wishes
                && wishes.request().round() == propose.round()
                && wishes.request().cycle() == propose.cycle()
            || (command instanceof Command.Cleared || command instanceof Command.Bound)
                && answer instanceof Answer.Reported
            || command instanceof Command.Respond && answer instanceof Answer.Responded
            || command instanceof Command.Settle && answer instanceof Answer.Planned
            || answer instanceof Answer.Heard && isOrder(command);
    if (!fits) {
      return Optional.of("answered a " + command.kind() + " with a " + answer.kind());
    }
    if (answer instanceof Answer.Wishes wishes) {
      return objection(wishes.request());
    }
    if (answer instanceof Answer.Responded responded) {
      return objection(responded.request().position());
    }
    if (answer instanceof Answer.Reported reported) {
      return objection(command, reported.report());
    }
    return command instanceof Command.Settle settle && answer instanceof Answer.Planned planned
        ? objection(settle, planned)
        : Optional.empty();
  }

  private static boolean isOrder(Command command) {
    return command instanceof Command.Opening
        || command instanceof Command.Offered
        || command instanceof Command.NewTerms
        || command instanceof Command.Publish
        || command instanceof Command.Dismiss;
  }

  private Optional<String> objection(TradeRequest request) {
    boolean each =
        request.desiredPurchaseKwFrom().isEmpty()
            || request.desiredPurchaseKwFrom().keySet().equals(partners);
    double linksKw = parameters.links().stream().mapToDouble(TradeLink::limitKw).sum();
    double mostKw =
        MOST_CONNECTIONS * (sizeKw + linksKw) + 1000 / parameters.terms().tradePenalty() * 10;
    boolean small =
        within(request.desiredPurchaseKw(), -mostKw, mostKw)
            && request.desiredPurchaseKwFrom().values().stream()
                .allMatch(kw -> within(kw, -mostKw, mostKw));
    if (!each) {
      return Optional.of("wishes to trade with others than its partners");
    }
    return small
        ? Optional.empty()
        : Optional.of("wishes to trade more than %.0f kW".formatted(mostKw));
  }

  private Optional<String> objection(EnvelopePosition position) {
    double spareKw = SOLVER_KW + SOLVER_FRACTION * sizeKw;
    double importKw = point.importCapacityKw() + spareKw;
    double exportKw = point.exportCapacityKw() + spareKw;
    return within(position.importLimitKw(), -spareKw, importKw)
            && within(position.exportLimitKw(), -spareKw, exportKw)
            && within(position.netImportKw(), -exportKw, importKw)
        ? Optional.empty()
        : Optional.of("asks for more than its connection carries");
  }

  private static Optional<String> objection(Command command, Report report) {
    boolean fits =
        report.mismatchKw() >= 0
            && report.movementPerKwh() >= 0
            && (command instanceof Command.Bound
                ? Double.isFinite(report.lower())
                : Double.isFinite(report.cost()));
    return fits ? Optional.empty() : Optional.of("reports what cannot be");
  }

  private static Optional<String> objection(Command.Settle settle, Answer.Planned planned) {
    for (int t = 0; t < settle.envelopes().size(); t++) {
      double kw = planned.plannedNetImportKw().at(t);
      if (Math.abs(settle.envelopes().get(t).nearest(kw) - kw) > SOLVER_KW) {
        return Optional.of("plans outside its envelope");
      }
    }
    return Optional.empty();
  }

  private static boolean within(Profile profile, double lowest, double highest) {
    return profile.stream().allMatch(value -> value >= lowest && value <= highest);
  }
}
