package ndoe.controller.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.IntStream;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Parallel;
import ndoe.controller.negotiation.Round;
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
   * What was seen.
   *
   * @param inTime rounds that ended by their deadline
   * @param safeAsOffered rounds whose envelopes the judge certifies as they are
   * @param safeShrunk rounds whose envelopes it certifies after shrinking them all
   * @param certified negotiations that ended with a certificate
   * @param served negotiations after which everybody alive has a certified envelope and everybody
   *     dropped has none
   * @param inTimeOverall negotiations that ended by the overall deadline
   * @param dropped prosumers left at their default envelope, over all negotiations
   * @param longest round
   */
  public record Seen(
      int rounds,
      int inTime,
      int safeAsOffered,
      int safeShrunk,
      int negotiations,
      int agreed,
      int certified,
      int served,
      int inTimeOverall,
      int dropped,
      long lost,
      long repeated,
      Duration longest) {

    /** Nothing yet. */
    static final Seen NOTHING = new Seen(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** Whether every round and every negotiation ended in time and safely. */
    public boolean flawless() {
      return inTime == rounds
          && safeAsOffered + safeShrunk == rounds
          && certified == negotiations
          && served == negotiations
          && inTimeOverall == negotiations;
    }

    Seen plus(Seen other) {
      return new Seen(
          rounds + other.rounds,
          inTime + other.inTime,
          safeAsOffered + other.safeAsOffered,
          safeShrunk + other.safeShrunk,
          negotiations + other.negotiations,
          agreed + other.agreed,
          certified + other.certified,
          served + other.served,
          inTimeOverall + other.inTimeOverall,
          dropped + other.dropped,
          lost + other.lost,
          repeated + other.repeated,
          longest.compareTo(other.longest) > 0 ? longest : other.longest);
    }
  }

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

  /** Rehearses until enough rounds were seen. */
  public Seen run() {
    ExecutorService workers = Executors.newFixedThreadPool(plan.tables());
    ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);
    try {
      int each = (plan.rounds() + plan.tables() - 1) / plan.tables();
      List<Integer> tables = IntStream.range(0, plan.tables()).boxed().toList();
      return Parallel.forEach(tables, table -> sit(table, each, clockwork), workers)
          .values()
          .stream()
          .reduce(Seen.NOTHING, Seen::plus);
    } finally {
      clockwork.shutdownNow();
      workers.shutdownNow();
    }
  }

  private Seen sit(int table, int rounds, ScheduledExecutorService clockwork) {
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
      Seen seen = Seen.NOTHING;
      while (seen.rounds() < rounds) {
        kill(open.subList(0, parts.size()), random);
        seen = seen.plus(negotiate(name, operator, files));
      }
      long lost = open.stream().mapToLong(FaultyLink::lost).sum();
      return seen.plus(new Seen(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, lost, 0, Duration.ZERO));
    } finally {
      agents.forEach(ProsumerAgent::close);
      open.forEach(FaultyLink::close);
    }
  }

  private FaultyLink faulty(
      String party, SplittableRandom random, ScheduledExecutorService clockwork) {
    return new FaultyLink(links.apply(party), plan.faults(), random.nextLong(), clockwork);
  }

  private void kill(List<FaultyLink> prosumers, SplittableRandom random) {
    prosumers.forEach(FaultyLink::revive);
    int first = random.nextInt(prosumers.size());
    for (int i = 0; i < plan.dead(); i++) {
      prosumers.get((first + i) % prosumers.size()).dieAfter(random.nextInt(LATEST_DEATH));
    }
  }

  private Seen negotiate(String name, MqttLink link, List<EnvelopeFile> files) {
    Watch watch = new Watch();
    OperatorAgent operator = new OperatorAgent(scenario, name, link, solver, judge);
    OperatorAgent.Outcome outcome =
        operator.negotiate(Settings.defaults(RANDOM_POINTS), plan.timings(), watch);
    boolean served = outcome.agreement().certified();
    for (int i = 0; i < files.size(); i++) {
      ProsumerId id = parts.get(i).id();
      boolean left = outcome.dropped().containsKey(id) || outcome.unconfirmed().contains(id);
      served &= left || files.get(i).isCertified();
    }
    boolean inTime = outcome.elapsed().compareTo(plan.timings().overall()) <= 0;
    return watch.seen.plus(
        new Seen(
            0,
            0,
            0,
            0,
            1,
            outcome.agreement().effort().agreed() ? 1 : 0,
            outcome.agreement().certified() ? 1 : 0,
            served ? 1 : 0,
            inTime ? 1 : 0,
            outcome.dropped().size(),
            0,
            outcome.traffic().repeated(),
            Duration.ZERO));
  }

  /** Looks at every round; the time it takes to look is not the round’s. */
  private final class Watch implements NegotiationListener {
    private Seen seen = Seen.NOTHING;
    private long roundBegan = System.nanoTime();

    @Override
    public void round(Round round) {
      Duration took = Duration.ofNanos(System.nanoTime() - roundBegan);
      int inTime = took.compareTo(plan.timings().round()) <= 0 ? 1 : 0;
      seen = seen.plus(new Seen(1, inTime, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, took));
    }

    @Override
    public void offered(int round, OperatorDecision decision) {
      if (round > 0) {
        look(decision);
      }
      roundBegan = System.nanoTime();
    }

    @Override
    public void agreementChecked(int pass, double marginChange, boolean secure) {
      roundBegan = System.nanoTime();
    }

    private void look(OperatorDecision decision) {
      SecurityCase offered =
          ScenarioCase.of(
              scenario, decision.envelopes(), decision.assets(), List.of(), RANDOM_POINTS);
      boolean safe = judge.validate(offered) instanceof Verdict.Certificate;
      boolean shrunk =
          !safe
              && Repair.of(judge, offered, Scrutiny.standard(), (factor, certified) -> {})
                  .isPresent();
      seen =
          seen.plus(
              new Seen(0, 0, safe ? 1 : 0, shrunk ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO));
    }
  }
}
