package ndoe.controller.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.negotiation.Parallel;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.network.ScenarioCase;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Repair;
import ndoe.cosim.validation.Scrutiny;
import ndoe.cosim.validation.SecurityCase;
import ndoe.cosim.validation.Verdict;
import ndoe.devices.mqtt.MqttLink;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/**
 * Negotiates again and again over links that fail and with prosumers that die, and looks after
 * every round whether it ended by its deadline and whether what is on the table then is safe.
 */
public final class NegotiationRehearsal {
  private static final int RANDOM_POINTS = 4;

  /** A prosumer dies before it has said this many messages, about five rounds. */
  private static final int LATEST_DEATH = 40;

  private final Scenario scenario;
  private final List<ProsumerPart> parts;
  private final Plan plan;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Function<String, MqttLink> links;

  /**
   * What to rehearse.
   *
   * @param dead prosumers that die in each negotiation, others each time
   * @param rounds to see at least
   * @param tables negotiations at the same time
   */
  public record Plan(
      Faults faults, int dead, int rounds, int tables, long seed, AgentTimings timings) {}

  /**
   * Before the first negotiation.
   *
   * @param links makes the link of a party to a broker that works; closed in the end
   */
  public NegotiationRehearsal(
      Path file,
      Plan plan,
      ConvexSolver solver,
      AcValidator judge,
      Function<String, MqttLink> links) {
    this.scenario = ScenarioFile.readOperatorPart(file);
    this.parts =
        scenario.connectionPoints().stream()
            .map(point -> ScenarioFile.readProsumerPart(file, point.prosumer()))
            .toList();
    this.plan = plan;
    this.solver = solver;
    this.judge = judge;
    this.links = links;
  }

  /**
   * Rehearses until enough rounds were seen.
   *
   * @param progress hears after each negotiation what was seen until then
   */
  public RehearsalResult run(Consumer<RehearsalResult> progress) {
    ExecutorService workers = Executors.newFixedThreadPool(plan.tables());
    ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);
    AtomicReference<RehearsalResult> sum = new AtomicReference<>(RehearsalResult.NOTHING);
    Consumer<RehearsalResult> add =
        seen -> {
          synchronized (sum) {
            progress.accept(sum.updateAndGet(seen::plus));
          }
        };
    try {
      int each = (plan.rounds() + plan.tables() - 1) / plan.tables();
      List<Integer> tables = IntStream.range(0, plan.tables()).boxed().toList();
      Parallel.forEach(tables, table -> sit(table, each, clockwork, add), workers);
      return sum.get();
    } finally {
      clockwork.shutdownNow();
      workers.shutdownNow();
    }
  }

  /** Negotiates until there were so many rounds; returns how many there were. */
  private int sit(
      int table,
      int rounds,
      ScheduledExecutorService clockwork,
      Consumer<RehearsalResult> progress) {
    SplittableRandom random = new SplittableRandom(plan.seed() + table);
    String name = "table-" + table;
    List<FaultyLink> open = new ArrayList<>();
    List<ProsumerAgent> agents = new ArrayList<>();
    List<EnvelopeFile> files = new ArrayList<>();
    try {
      for (ProsumerPart part : parts) {
        FaultyLink link = faulty(name + "-" + part.id(), random, clockwork);
        open.add(link);
        files.add(new EnvelopeFile(part, Optional.empty()));
        agents.add(ProsumerAgent.start(part, name, link, solver, files.get(files.size() - 1)));
      }
      FaultyLink operator = faulty(name + "-dso", random, clockwork);
      open.add(operator);
      int seen = 0;
      long lostBefore = 0;
      while (seen < rounds) {
        Set<ProsumerId> dead = kill(open.subList(0, parts.size()), random);
        RehearsalResult result = negotiate(name, operator, files, dead);
        seen += result.rounds().seen();
        long lost = open.stream().mapToLong(FaultyLink::lost).sum();
        progress.accept(
            new RehearsalResult(
                result.rounds(), result.negotiations().withLost(lost - lostBefore)));
        lostBefore = lost;
      }
      return seen;
    } finally {
      agents.forEach(ProsumerAgent::close);
      open.forEach(FaultyLink::close);
    }
  }

  private FaultyLink faulty(
      String party, SplittableRandom random, ScheduledExecutorService clockwork) {
    return new FaultyLink(links.apply(party), plan.faults(), random.nextLong(), clockwork);
  }

  /** Lets everybody live and then some of them die while they speak; returns who. */
  private Set<ProsumerId> kill(List<FaultyLink> prosumers, SplittableRandom random) {
    prosumers.forEach(FaultyLink::revive);
    int first = random.nextInt(prosumers.size());
    Set<ProsumerId> dead = new HashSet<>();
    for (int i = 0; i < plan.dead(); i++) {
      int next = (first + i) % prosumers.size();
      prosumers.get(next).dieAfter(random.nextInt(LATEST_DEATH));
      dead.add(parts.get(next).id());
    }
    return dead;
  }

  private RehearsalResult negotiate(
      String name, MqttLink link, List<EnvelopeFile> files, Set<ProsumerId> dead) {
    Traffic traffic = new Traffic();
    RoundWatch watch = new RoundWatch(name, traffic.waiting(), plan.timings(), this::look);
    OperatorAgent operator = new OperatorAgent(scenario, name, link, solver, judge);
    OperatorAgent.Outcome outcome =
        operator.negotiate(Settings.defaults(RANDOM_POINTS), plan.timings(), watch, traffic);
    boolean served = outcome.agreement().certified();
    for (int i = 0; i < files.size(); i++) {
      ProsumerId id = parts.get(i).id();
      boolean left = outcome.dropped().containsKey(id) || outcome.unconfirmed().contains(id);
      served &= left || files.get(i).isCertified();
    }
    boolean inTime = outcome.elapsed().compareTo(plan.timings().overall()) <= 0;
    int droppedDead = (int) outcome.dropped().keySet().stream().filter(dead::contains).count();
    return new RehearsalResult(
        watch.seen(),
        new RehearsalResult.Negotiations(
            1,
            outcome.agreement().effort().agreed() ? 1 : 0,
            outcome.agreement().certified() ? 1 : 0,
            served ? 1 : 0,
            inTime ? 1 : 0,
            droppedDead,
            outcome.dropped().size() - droppedDead,
            0,
            outcome.traffic().repeated()));
  }

  private RoundWatch.Safety look(OperatorDecision decision) {
    SecurityCase offered =
        ScenarioCase.of(
            scenario, decision.envelopes(), decision.assets(), List.of(), RANDOM_POINTS);
    if (judge.validate(offered) instanceof Verdict.Certificate) {
      return RoundWatch.Safety.AS_OFFERED;
    }
    return Repair.of(judge, offered, Scrutiny.standard(), (factor, certified) -> {}).isPresent()
        ? RoundWatch.Safety.SHRUNK
        : RoundWatch.Safety.NONE;
  }
}
