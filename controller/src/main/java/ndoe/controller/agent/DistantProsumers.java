package ndoe.controller.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Terms;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Parallel;
import ndoe.controller.negotiation.Prosumers;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.TradeLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prosumers of a negotiation, each behind a broker; ends by a deadline whatever they do. */
public final class DistantProsumers implements Prosumers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DistantProsumers.class);

  private final Scenario scenario;
  private final String negotiation;
  private final MqttLink link;
  private final AgentTimings timings;
  private final ExecutorService workers;
  private final Traffic traffic;
  private final Map<ProsumerId, String> dropped = new ConcurrentSkipListMap<>();
  private final Map<ProsumerId, DistantProsumer> parties = new LinkedHashMap<>();
  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
  private final int mostRounds;
  private final Deadline end;
  private final Deadline roundsEnd;
  private Optional<MqttLink.Subscription> subscription = Optional.empty();
  private int round;
  private Deadline roundEnd;

  /**
   * Nobody is spoken to until the negotiation gathers them; its time runs from now on.
   *
   * @param scenario of its prosumers only ids, connections and links are looked at
   * @param negotiation its name, part of every topic
   * @param link of the operator’s account
   * @param mostRounds after which rounds end, agreed or not, as if time had run out
   * @param traffic counts what is sent and received
   */
  public DistantProsumers(
      Scenario scenario,
      String negotiation,
      MqttLink link,
      AgentTimings timings,
      int mostRounds,
      Traffic traffic) {
    this.scenario = scenario;
    this.negotiation = negotiation;
    this.link = link;
    this.timings = timings;
    this.mostRounds = mostRounds;
    this.traffic = traffic;
    this.workers = Executors.newFixedThreadPool(Math.max(1, scenario.prosumers().size()));
    this.end = Deadline.in(timings.overall());
    this.roundsEnd = Deadline.in(timings.rounds());
  }

  @Override
  public List<? extends ProsumerParty> gather(Terms terms) {
    String epoch = UUID.randomUUID().toString();
    Map<ProsumerId, Parameters> parameters = new HashMap<>();
    subscription = Optional.of(link.subscribe(AgentTopics.fromEverybody(negotiation), this::hear));
    for (ConnectionPoint point : scenario.connectionPoints()) {
      ProsumerId id = point.prosumer();
      Parameters own = new Parameters(scenario.horizon(), scenario.tariff(), terms, linksOf(id));
      parameters.put(id, own);
      AgentTopics topics = new AgentTopics(negotiation, id);
      Conversation conversation =
          new Conversation(point, link, topics, timings, epoch, own, traffic);
      conversations.put(topics.account(), conversation);
      parties.put(
          id,
          new DistantProsumer(
              id, conversation, timings, () -> roundsEnd, this::roundEnd, this::noteDropped));
    }
    Deadline joined = Deadline.in(timings.join()).orEarlier(roundsEnd);
    each(
        id -> {
          parties.get(id).join(parameters.get(id), joined);
          return id;
        });
    return List.copyOf(parties.values());
  }

  /** Whoever has no part in this negotiation is not heard. */
  private void hear(MqttMessage message) {
    Conversation conversation = conversations.get(AgentTopics.accountOf(message.topic()));
    if (conversation != null) {
      conversation.hear(message);
    }
  }

  private List<TradeLink> linksOf(ProsumerId prosumer) {
    return scenario.tradeLinks().stream()
        .filter(link -> link.first().equals(prosumer) || link.second().equals(prosumer))
        .toList();
  }

  /** A round’s time runs from its first question; its last tenth is for the operator to decide. */
  private synchronized Deadline roundEnd(int asked) {
    if (asked != round || roundEnd == null) {
      round = asked;
      roundEnd = Deadline.in(timings.roundAnswers());
    }
    return roundEnd;
  }

  private void noteDropped(ProsumerId prosumer, String reason) {
    LOG.warn("{} is left at its default envelope: {}", prosumer, reason);
    dropped.put(prosumer, reason);
  }

  private <T> Map<ProsumerId, T> each(Function<ProsumerId, T> work) {
    return Parallel.forEach(List.copyOf(parties.keySet()), work, workers);
  }

  @Override
  public Map<ProsumerId, ProsumerPlan> plan(
      EnvelopePlan offered, Map<ProsumerId, Profile> purchaseKw) {
    Deadline deadline = Deadline.in(timings.plan()).orEarlier(end);
    Map<ProsumerId, ProsumerPlan> plans = new LinkedHashMap<>();
    each(id -> parties.get(id).plan(offered.of(id).envelopes(), purchaseKw.get(id), deadline))
        .forEach(
            (id, told) ->
                told.ifPresent(plan -> plans.put(id, asPlan(id, plan, purchaseKw.get(id)))));
    return plans;
  }

  /** Samples and what becomes of them stay with the prosumer. */
  private static ProsumerPlan asPlan(ProsumerId id, Answer.Planned told, Profile purchaseKw) {
    return new ProsumerPlan(
        id, told.plannedNetImportKw(), purchaseKw, 0, told.cost(), List.of(), 0);
  }

  /** They do not tell. */
  @Override
  public Map<ProsumerId, Double> costsAlone(EnvelopePlan envelopes) {
    return Map.of();
  }

  @Override
  public Set<ProsumerId> dropped() {
    return dropped.keySet();
  }

  /** Who was dropped and why. */
  public Map<ProsumerId, String> reasons() {
    return Map.copyOf(dropped);
  }

  @Override
  public synchronized boolean outOfTime() {
    return roundsEnd.passed() || round >= mostRounds;
  }

  /**
   * Tells everybody its envelope.
   *
   * @return who has not confirmed it, besides those who were dropped; the default envelope holds
   *     there
   */
  public List<ProsumerId> publish(Agreement agreement) {
    Deadline deadline = Deadline.in(timings.exchange());
    List<ProsumerId> missing = new ArrayList<>();
    each(id ->
            Optional.of(
                parties
                    .get(id)
                    .publish(
                        agreement.envelopes().of(id).envelopes(), agreement.certified(), deadline)))
        .forEach(
            (id, heard) -> {
              if (!heard.orElseThrow() && !dropped.containsKey(id)) {
                missing.add(id);
              }
            });
    return missing;
  }

  @Override
  public void close() {
    subscription.ifPresent(MqttLink.Subscription::close);
    parties.values().forEach(DistantProsumer::close);
    workers.shutdownNow();
  }
}
