package ndoe.controller.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import ndoe.controller.message.Terms;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.TradeLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A prosumer’s side of the talk: acts on every command once and in order, however often and in
 * whatever order it hears them, and answers it again when it hears it again.
 */
final class ProsumerSession {
  private static final Logger LOG = LoggerFactory.getLogger(ProsumerSession.class);

  /** Answers kept for commands that may be heard again. */
  private static final int MOST_KEPT = 32;

  /** Commands that wait for one before them. */
  private static final int MOST_WAITING = 64;

  /** Negotiations remembered, so that a late message opens none of them again. */
  private static final int MOST_EPOCHS = 1000;

  private final ProsumerKnowledge knowledge;
  private final Optional<List<TradeLink>> expectedLinks;
  private final ConvexSolver solver;
  private final EnvelopeListener listener;
  private final Set<String> epochs = new LinkedHashSet<>();
  private final SortedMap<Long, Spoken> waiting = new TreeMap<>();
  private final Map<Long, Spoken> answered = new LinkedHashMap<>();
  private String epoch = "";
  private long last;
  private Parameters parameters;
  private Prosumer prosumer;
  private Optional<ProsumerPlan> plan = Optional.empty();

  /** A command heard, or the answer to it. */
  record Spoken(Header header, Optional<Command> command, Optional<Answer> answer) {
    static Spoken of(Header header, Command command) {
      return new Spoken(header, Optional.of(command), Optional.empty());
    }

    private Spoken answering(Answer with) {
      return new Spoken(header, Optional.empty(), Optional.of(with));
    }
  }

  /** Hears which envelope is in force; nothing of it leaves this party. */
  interface EnvelopeListener {
    /** A certified envelope, with what this prosumer planned in it. */
    void certified(List<OperatingEnvelope> envelopes, ProsumerPlan plan);

    /** The default envelope holds. */
    void leftAtDefault(String reason);
  }

  /**
   * Before any negotiation.
   *
   * @param expectedLinks what its own file says it may trade over; empty if that is the operator’s
   *     to say
   */
  ProsumerSession(
      ProsumerKnowledge knowledge,
      Optional<List<TradeLink>> expectedLinks,
      ConvexSolver solver,
      EnvelopeListener listener) {
    this.knowledge = knowledge;
    this.expectedLinks = expectedLinks;
    this.solver = solver;
    this.listener = listener;
  }

  /** What to answer now, to this command and to those that waited for it. */
  List<Spoken> hear(Spoken heard) {
    Header header = heard.header();
    boolean opening = heard.command().orElseThrow() instanceof Command.Opening;
    if (opening && epochs.add(header.epoch())) {
      begin(header.epoch());
    }
    if (!header.epoch().equals(epoch)) {
      return List.of();
    }
    if (header.number() <= last) {
      return Optional.ofNullable(answered.get(header.number())).stream().toList();
    }
    if (waiting.size() < MOST_WAITING) {
      waiting.put(header.number(), heard);
    }
    return actOnWaiting();
  }

  private void begin(String anew) {
    if (epochs.size() > MOST_EPOCHS) {
      epochs.remove(epochs.iterator().next());
    }
    epoch = anew;
    last = 0;
    waiting.clear();
    answered.clear();
    plan = Optional.empty();
  }

  private List<Spoken> actOnWaiting() {
    List<Spoken> answers = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Spoken next = waiting.get(waiting.firstKey());
      if (next.header().number() > last && next.header().after() > last) {
        break;
      }
      waiting.remove(next.header().number());
      if (next.header().number() > last) {
        last = next.header().number();
        Spoken answer = next.answering(answer(next.header(), next.command().orElseThrow()));
        answered.put(last, answer);
        answered.keySet().removeIf(number -> number <= last - MOST_KEPT);
        answers.add(answer);
      }
    }
    return answers;
  }

  private Answer answer(Header header, Command command) {
    try {
      return act(header, command);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.warn("cannot answer a {}: {}", command.kind(), e.getMessage());
      return new Answer.Refusal("its problem was not solved");
    }
  }

  private Answer act(Header header, Command command) {
    if (command instanceof Command.Dismiss dismiss) {
      listener.leftAtDefault(dismiss.reason());
      return new Answer.Heard();
    }
    if (command instanceof Command.Opening opening) {
      return sitDown(header, opening.parameters());
    }
    if (command instanceof Command.NewTerms terms) {
      continueBy(terms.terms());
      return new Answer.Heard();
    }
    if (!header.parameters().equals(parameters.sha())) {
      return new Answer.Refusal("parameters differ from those agreed on");
    }
    if (command instanceof Command.Propose propose) {
      return new Answer.Wishes(
          prosumer.propose(propose.round(), propose.cycle(), propose.accuracy()).orElseThrow());
    }
    if (command instanceof Command.Cleared cleared) {
      prosumer.receive(cleared.answer());
      return new Answer.Reported(prosumer.report(cleared.answer().round()).orElseThrow());
    }
    if (command instanceof Command.Respond respond) {
      return new Answer.Responded(prosumer.request(respond.round()).orElseThrow());
    }
    if (command instanceof Command.Offered offered) {
      prosumer.receive(offered.offer());
      return new Answer.Heard();
    }
    if (command instanceof Command.Bound bound) {
      return new Answer.Reported(prosumer.lowerBound(bound.round()).orElseThrow());
    }
    return conclude(command);
  }

  private Answer conclude(Command command) {
    if (command instanceof Command.Settle settle) {
      ProsumerPlan found =
          ProsumerProblem.solve(knowledge, settle.envelopes(), settle.purchaseKw(), solver);
      plan = Optional.of(found);
      return new Answer.Planned(found.plannedNetImportKw(), found.cost());
    }
    if (command instanceof Command.Publish publish) {
      if (publish.certified() && plan.isPresent()) {
        listener.certified(publish.envelopes(), plan.get());
      } else {
        listener.leftAtDefault("no certified envelope was agreed on");
      }
    }
    return new Answer.Heard();
  }

  private Answer sitDown(Header header, Parameters proposed) {
    if (!proposed.horizon().equals(knowledge.horizon())) {
      return new Answer.Refusal("its horizon is " + knowledge.horizon());
    }
    if (expectedLinks.filter(links -> !links.equals(proposed.links())).isPresent()) {
      return new Answer.Refusal("its links, their limits or charges are others");
    }
    if (!proposed.sha().equals(header.parameters())) {
      return new Answer.Refusal("its retail tariff is another");
    }
    parameters = proposed;
    prosumer = Prosumer.negotiating(knowledge, proposed.links(), proposed.terms(), solver);
    return new Answer.Heard();
  }

  private void continueBy(Terms terms) {
    parameters = parameters.with(terms);
    prosumer.continueBy(terms);
  }
}
