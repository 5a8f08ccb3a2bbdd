package ndoe.controller.agent;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Parallel;
import ndoe.controller.negotiation.Round;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.BrokerNodes;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.PahoLink;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * One negotiation over a broker with everybody in this process, each with a link of its own, to
 * count what is said and to see how long it takes.
 */
public final class AgentBenchmark {
  private static final String NAME = "bench";
  private static final int RANDOM_POINTS = 20;

  /** A client of MQTT starts with waiting, so many connect at once. */
  private static final int CONNECTING_AT_ONCE = 64;

  private final BrokerNodes nodes;
  private final int mostRounds;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());

  /**
   * Before a negotiation.
   *
   * @param nodes prosumers spread over them, the operator is at the first
   * @param mostRounds after which it ends, agreed or not
   */
  public AgentBenchmark(BrokerNodes nodes, int mostRounds, ConvexSolver solver, AcValidator judge) {
    this.nodes = nodes;
    this.mostRounds = mostRounds;
    this.solver = solver;
    this.judge = judge;
  }

  /**
   * What was seen.
   *
   * @param connecting until everybody was at the broker
   * @param rounds of the negotiation, in which all that follows is counted
   * @param inRounds from the first question to the last answer of the rounds
   * @param roundMessages sent and received by the operator in rounds
   * @param roundBytes of those
   * @param prosumerCpu time of processors all prosumers took together, over the whole negotiation
   * @param threads in this process while it went on
   * @param usedBytes of the heap, most at the end of a round, garbage included
   */
  public record Seen(
      int prosumers,
      OperatorAgent.Outcome outcome,
      Duration connecting,
      int rounds,
      Duration inRounds,
      long roundMessages,
      long roundBytes,
      Duration prosumerCpu,
      int threads,
      long usedBytes) {

    public double messagesPerRound() {
      return (double) roundMessages / rounds;
    }

    public double bytesPerRound() {
      return (double) roundBytes / rounds;
    }

    /** On this machine, with everybody on it. */
    public double secondsPerRound() {
      return inRounds.toNanos() / 1e9 / rounds;
    }
  }

  /** Negotiates once with all prosumers of a scenario. */
  public Seen measure(Scenario day) {
    ExecutorService connectors = Executors.newFixedThreadPool(CONNECTING_AT_ONCE);
    List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
    try {
      long start = System.nanoTime();
      List<ProsumerAgent> agents =
          List.copyOf(
              Parallel.forEach(day.prosumers(), site -> sitDown(day, site, open), connectors)
                  .values());
      PahoLink link = PahoLink.connect(nodes, settings(NAME + "-dso"));
      open.add(link);
      Duration connecting = Duration.ofNanos(System.nanoTime() - start);
      return negotiate(day, link, agents, connecting);
    } finally {
      Parallel.forEach(List.copyOf(open), AgentBenchmark::closed, connectors);
      connectors.shutdownNow();
    }
  }

  private Seen negotiate(
      Scenario day, PahoLink link, List<ProsumerAgent> agents, Duration connecting) {
    Traffic traffic = new Traffic();
    RoundCount watch = new RoundCount(traffic);
    OperatorAgent operator =
        new OperatorAgent(day, NAME, link, solver, judge).endingAfter(mostRounds);
    OperatorAgent.Outcome outcome =
        operator.negotiate(Settings.defaults(RANDOM_POINTS), timings(), watch, traffic);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpuNanos =
        agents.stream().mapToLong(agent -> threads.getThreadCpuTime(agent.threadId())).sum();
    return new Seen(
        agents.size(),
        outcome,
        connecting,
        Math.max(1, watch.rounds),
        Duration.ofNanos(watch.inRoundsNanos),
        watch.messages,
        watch.bytes,
        Duration.ofNanos(cpuNanos),
        threads.getThreadCount(),
        watch.usedBytes);
  }

  private ProsumerAgent sitDown(Scenario day, ProsumerSite site, List<AutoCloseable> open) {
    ProsumerPart part =
        new ProsumerPart(
            day.file(),
            day.name(),
            site,
            day.horizon(),
            day.tariff(),
            day.uncertainty(),
            Optional.empty());
    PahoLink link = PahoLink.connect(nodesFor(site), settings(NAME + "-" + site.id()));
    open.add(link);
    EnvelopeFile envelope = new EnvelopeFile(part, Optional.empty());
    ProsumerAgent agent = ProsumerAgent.start(part, NAME, link, solver, envelope, turns);
    open.add(agent);
    return agent;
  }

  /** All of them, beginning with one of its own. */
  private BrokerNodes nodesFor(ProsumerSite site) {
    List<BrokerAddress> turned = new ArrayList<>(nodes.addresses());
    Collections.rotate(turned, Math.floorMod(site.id().value().hashCode(), turned.size()));
    return new BrokerNodes(turned);
  }

  /** As patient as the broker inside this process allows: everybody shares this machine. */
  private static LinkSettings settings(String client) {
    return new LinkSettings(
        client, Duration.ofMinutes(2), Duration.ofSeconds(50), Optional.empty());
  }

  /** Long enough for all prosumers to compute on one machine. */
  private static AgentTimings timings() {
    return AgentTimings.standard()
        .withJoin(Duration.ofMinutes(10))
        .withExchange(Duration.ofMinutes(20))
        .withRetry(Duration.ofMinutes(2))
        .withPlan(Duration.ofMinutes(30))
        .withOverall(Duration.ofHours(8));
  }

  private static boolean closed(AutoCloseable each) {
    try {
      each.close();
      return true;
    } catch (Exception e) {
      throw new IllegalStateException("cannot be closed: " + e.getMessage(), e);
    }
  }

  /** Sums what happens between an offer and the next, without what the operator does between. */
  private static final class RoundCount implements NegotiationListener {
    private final Traffic traffic;
    private int rounds;
    private long began;
    private long beganMessages;
    private long beganBytes;
    private long inRoundsNanos;
    private long messages;
    private long bytes;
    private long usedBytes;

    private RoundCount(Traffic traffic) {
      this.traffic = traffic;
    }

    private void begin() {
      began = System.nanoTime();
      beganMessages = traffic.messages();
      beganBytes = traffic.bytes();
    }

    @Override
    public void offered(int round, OperatorDecision decision) {
      begin();
    }

    @Override
    public void agreementChecked(int pass, double marginChange, boolean secure) {
      begin();
    }

    @Override
    public void round(Round round) {
      rounds++;
      inRoundsNanos += System.nanoTime() - began;
      messages += traffic.messages() - beganMessages;
      bytes += traffic.bytes() - beganBytes;
      Runtime runtime = Runtime.getRuntime();
      usedBytes = Math.max(usedBytes, runtime.totalMemory() - runtime.freeMemory());
    }
  }
}
