package ndoe.controller.agent;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.ConnectionPoint;

/**
 * Commands to one prosumer and its answers, over a broker that may lose, repeat, delay and reorder:
 * what is not answered is sent again until a deadline, what was answered is never asked again, and
 * what was not asked is not heard.
 */
final class Conversation {
  /** Messages without one that was asked for after which a prosumer floods. */
  private static final int FLOOD = 1000;

  private final ConnectionPoint point;
  private final MqttLink link;
  private final AgentTopics topics;
  private final AgentTimings timings;
  private final String epoch;
  private final Traffic traffic;
  private final Object lock = new Object();
  private final SortedMap<Long, Command> unanswered = new TreeMap<>();
  private Parameters parameters;
  private Plausibility plausibility;
  private long number;
  private final SortedMap<Long, Outcome> outcomes = new TreeMap<>();
  private int unasked;
  private String endedBecause = "";

  /** What came of a question: an answer or why there is none. */
  record Outcome(Optional<Answer> answer, String objection) {
    static Outcome of(Answer answer) {
      return new Outcome(Optional.of(answer), "");
    }

    static Outcome none(String objection) {
      return new Outcome(Optional.empty(), objection);
    }
  }

  Conversation(
      ConnectionPoint point,
      MqttLink link,
      AgentTopics topics,
      AgentTimings timings,
      String epoch,
      Parameters parameters,
      Traffic traffic) {
    this.point = point;
    this.link = link;
    this.topics = topics;
    this.timings = timings;
    this.epoch = epoch;
    this.parameters = parameters;
    this.traffic = traffic;
    plausibility = new Plausibility(point, parameters);
  }

  /** Says something that has to be acted on before anything said later. */
  long say(Command command) {
    synchronized (lock) {
      if (command instanceof Command.NewTerms terms) {
        parameters = parameters.with(terms.terms());
        plausibility = new Plausibility(point, parameters);
      }
      long after = unanswered.isEmpty() ? 0 : unanswered.lastKey();
      number++;
      unanswered.put(number, command);
      publish(number, after, command);
      return number;
    }
  }

  /** Waits for the answer to something said, sending it again as often as that takes. */
  Outcome answer(long to, Deadline deadline) {
    traffic.waiting().begins();
    try {
      return awaited(to, deadline);
    } finally {
      traffic.waiting().ends(point.prosumer());
    }
  }

  private Outcome awaited(long to, Deadline deadline) {
    synchronized (lock) {
      double pause = timings.retry().toNanos();
      Deadline again = new Deadline(System.nanoTime() + (long) pause);
      while (!outcomes.containsKey(to) && !ended() && !deadline.passed()) {
        if (again.passed()) {
          repeat();
          pause *= 1.5;
          again = new Deadline(System.nanoTime() + (long) pause);
        }
        try {
          again.orEarlier(deadline).await(lock);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          endedBecause = "was not waited for";
        }
      }
      Outcome none = Outcome.none(ended() ? endedBecause : "was silent");
      Outcome found = outcomes.getOrDefault(to, none);
      outcomes.headMap(to + 1).clear();
      if (found.answer().isEmpty()) {
        unanswered.headMap(to + 1).values().removeIf(command -> !command.indispensable());
      }
      return found;
    }
  }

  private boolean ended() {
    return !endedBecause.isEmpty();
  }

  private void repeat() {
    long after = 0;
    for (var entry : unanswered.entrySet()) {
      traffic.countRepeated();
      publish(entry.getKey(), after, entry.getValue());
      after = entry.getKey();
    }
  }

  private void publish(long of, long after, Command command) {
    Header header = new Header(epoch, of, after, parameters.sha());
    String text = CommandText.write(header, command);
    if (text.length() > Header.MOST_CHARACTERS) {
      throw new DeviceLinkException(
          "a %s for %s has %d characters; allowed are %d: take fewer intervals or links"
              .formatted(command.kind(), point.prosumer(), text.length(), Header.MOST_CHARACTERS));
    }
    traffic.count(text);
    // What the broker does not take is sent again like everything that is not answered.
    var unused = link.publish(MqttMessage.atLeastOnce(topics.to(command.kind()), text));
  }

  /** What the prosumer says. */
  void hear(MqttMessage message) {
    synchronized (lock) {
      if (ended()) {
        return;
      }
      traffic.count(message.payload());
      unasked++;
      if (unasked > FLOOD) {
        endedBecause = "floods the broker";
        lock.notifyAll();
        return;
      }
      String kind = AgentTopics.kindOf(message.topic());
      try {
        hear(kind, Payload.read(topics.from(kind), message.payload(), Header.MOST_CHARACTERS));
      } catch (DeviceLinkException e) {
        settle(number, Outcome.none(e.getMessage()));
      }
    }
  }

  private void hear(String kind, Payload payload) {
    Header header = Header.read(payload);
    Command command = unanswered.get(header.number());
    if (!header.epoch().equals(epoch) || command == null) {
      return;
    }
    Answer answer =
        AnswerText.read(kind, payload, point.prosumer(), parameters.horizon().intervals());
    Optional<String> objection = plausibility.objection(command, answer);
    if (objection.isPresent()) {
      settle(header.number(), Outcome.none(objection.get()));
      return;
    }
    unasked = 0;
    // Commands are acted on in their order.
    unanswered.headMap(header.number() + 1).clear();
    settle(header.number(), Outcome.of(answer));
  }

  private void settle(long of, Outcome found) {
    outcomes.putIfAbsent(of, found);
    lock.notifyAll();
  }

  /** Says a last word without waiting for an answer. */
  void dismiss(String reason) {
    synchronized (lock) {
      unanswered.clear();
      say(new Command.Dismiss(reason));
      endedBecause = "was dismissed";
      lock.notifyAll();
    }
  }

  /** Whoever waits for an answer waits no longer. */
  void close() {
    synchronized (lock) {
      endedBecause = "was not waited for";
      lock.notifyAll();
    }
  }
}
