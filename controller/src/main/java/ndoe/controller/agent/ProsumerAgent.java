package ndoe.controller.agent;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One prosumer at the broker: negotiates whenever the operator opens a negotiation, until it is
 * closed. It knows its own part of the scenario and hears its own topics.
 */
public final class ProsumerAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProsumerAgent.class);

  /** Messages that may wait while it computes; more are lost and will be repeated. */
  private static final int MOST_WAITING = 256;

  private final ProsumerPart part;
  private final MqttLink link;
  private final AgentTopics topics;
  private final ProsumerSession session;
  private final BlockingQueue<MqttMessage> heard = new ArrayBlockingQueue<>(MOST_WAITING);
  private final MqttLink.Subscription subscription;
  private final Semaphore turns;
  private final Object acting = new Object();
  private final Thread thread;

  private ProsumerAgent(
      ProsumerPart part,
      String negotiation,
      MqttLink link,
      ConvexSolver solver,
      ProsumerSession.EnvelopeListener listener,
      Semaphore turns) {
    this.part = part;
    this.link = link;
    this.turns = turns;
    topics = new AgentTopics(negotiation, part.id());
    ProsumerKnowledge knowledge =
        ProsumerKnowledge.of(part.site(), part.horizon(), part.tariff(), part.uncertainty());
    session = new ProsumerSession(knowledge, part.links(), solver, listener);
    thread = new Thread(this::work, "prosumer " + part.id());
    thread.setDaemon(true);
    subscription = link.subscribe(topics.toFilter(), this::hear);
    thread.start();
  }

  /**
   * Comes to the table; may be at any time before the operator gives up waiting.
   *
   * @param link of this prosumer’s account; stays open when the agent is closed
   * @throws DeviceLinkException if the broker refuses the subscription
   */
  public static ProsumerAgent start(
      ProsumerPart part,
      String negotiation,
      MqttLink link,
      ConvexSolver solver,
      EnvelopeFile file) {
    return start(part, negotiation, link, solver, file, new Semaphore(1));
  }

  /**
   * The same, of many in one process.
   *
   * @param turns permits to compute that they share, so that no more of them compute at once than
   *     there are processors
   */
  static ProsumerAgent start(
      ProsumerPart part,
      String negotiation,
      MqttLink link,
      ConvexSolver solver,
      EnvelopeFile file,
      Semaphore turns) {
    return new ProsumerAgent(part, negotiation, link, solver, file, turns);
  }

  public ProsumerId id() {
    return part.id();
  }

  /** Of the thread that computes for it. */
  long threadId() {
    return thread.getId();
  }

  private void hear(MqttMessage message) {
    if (!heard.offer(message)) {
      LOG.debug("too much at once; a message waits to be repeated");
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        MqttMessage next = heard.take();
        turns.acquire();
        try {
          synchronized (acting) {
            act(next);
          }
        } finally {
          turns.release();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void act(MqttMessage message) {
    String kind = AgentTopics.kindOf(message.topic());
    try {
      Payload payload = Payload.read(message.topic(), message.payload(), Header.MOST_CHARACTERS);
      Command command = CommandText.read(kind, payload, part.id(), part.horizon(), part.tariff());
      List<ProsumerSession.Spoken> answers =
          session.hear(ProsumerSession.Spoken.of(Header.read(payload), command));
      answers.forEach(this::say);
    } catch (DeviceLinkException e) {
      LOG.warn("ignored: {}", e.getMessage());
    }
  }

  private void say(ProsumerSession.Spoken spoken) {
    Optional<Answer> answer = spoken.answer();
    answer.ifPresent(
        told -> {
          String text = AnswerText.write(spoken.header(), told);
          // What is lost will be asked for again.
          var unused = link.publish(MqttMessage.atLeastOnce(topics.from(told.kind()), text));
        });
  }

  /** Leaves the table once what it has begun to answer is said. */
  @Override
  public void close() {
    subscription.close();
    synchronized (acting) {
      thread.interrupt();
    }
  }
}
