package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.PreparedRecourse;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.controller.uncertainty.KMedoids;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Profile;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile.WholeHistory;

/**
 * What each way to hedge promises and what becomes of it on days it did not learn from (method,
 * 4.6). All prosumers live through the same days. The second stage of a day knows its generation
 * from the start, as the plan’s does.
 */
public final class UncertaintyStudy {
  private static final int THREADS = 2;

  private final Scenario scenario;
  private final List<StudySite> sites;
  private final HistorySplit split;
  private final List<TestDay> testDays;
  private final ConvexSolver solver;

  /** Hears of progress, from one thread at a time. */
  public interface Listener {
    /** So many of all plans have been made and tested. */
    void tested(int plans, int of);
  }

  /**
   * A study on the days nearest to the scenario’s: of twice as many as a prosumer learns from,
   * every second one is for testing.
   *
   * @param history with sites as in {@code sites}
   * @param days how many test days are drawn, with the scenario’s seed
   */
  public UncertaintyStudy(
      WholeHistory history, List<StudySite> sites, int days, ConvexSolver solver) {
    this.scenario = history.scenario();
    this.sites = List.copyOf(sites);
    this.solver = solver;
    int season = Math.min(2 * scenario.uncertainty().historyDays(), history.days().size());
    split = HistorySplit.of(history.days(), scenario.horizon(), season);
    testDays = TestDay.draw(split, scenario.horizon(), scenario.seed(), days);
  }

  /** Most days there are to learn from. */
  public int mostHistoryDays() {
    return split.learning().size();
  }

  /** Real days the test days are drawn from. */
  public int realTestDays() {
    return split.testing().size();
  }

  /** Per setting one row for each site and one for all. */
  public List<StudyRow> run(List<StudySetting> settings, Listener listener) {
    // Planned once before, so that no plan's time is that of a cold program.
    plan(sites.get(0), knowledge(sites.get(0), settings.get(0)));
    AtomicInteger done = new AtomicInteger();
    int all = settings.size() * sites.size();
    Runnable progress =
        () -> {
          synchronized (listener) {
            listener.tested(done.incrementAndGet(), all);
          }
        };
    List<List<Tested>> bySite =
        inParallel(
            sites.stream().<Callable<List<Tested>>>map(s -> () -> test(s, settings, progress)));
    List<StudyRow> rows = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      Tested total = new Tested(0, new double[testDays.size()], new double[testDays.size()], 0);
      for (int s = 0; s < sites.size(); s++) {
        Tested tested = bySite.get(s).get(i);
        rows.add(tested.row(settings.get(i), sites.get(s).site().id().value()));
        total = total.plus(tested);
      }
      rows.add(total.row(settings.get(i), StudyRow.ALL));
    }
    return rows;
  }

  private static <T> List<T> inParallel(Stream<Callable<T>> work) {
    ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : workers.invokeAll(work.toList())) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private List<Tested> test(StudySite site, List<StudySetting> settings, Runnable progress) {
    PreparedRecourse recourse =
        new PreparedRecourse(
            site.site(), scenario.horizon(), scenario.tariff(), site.envelopes(), solver);
    List<Profile> generationKw =
        testDays.stream().map(day -> day.generationKw(site.site())).toList();
    List<Tested> tested = new ArrayList<>();
    for (StudySetting setting : settings) {
      tested.add(test(site, knowledge(site, setting), recourse, generationKw));
      progress.run();
    }
    return tested;
  }

  private ProsumerKnowledge knowledge(StudySite site, StudySetting setting) {
    List<Profile> historyKw = split.historyKw(site.site(), setting.historyDays());
    List<Sample> samples = KMedoids.reduce(historyKw, setting.samples());
    double hours = scenario.horizon().intervalHours();
    return new ProsumerKnowledge(
        site.site(),
        scenario.horizon(),
        scenario.tariff(),
        samples,
        setting.hedging().around(samples, setting, hours));
  }

  private ProsumerPlan plan(StudySite site, ProsumerKnowledge knowledge) {
    return ProsumerProblem.solve(knowledge, site.envelopes(), site.purchaseKw(), solver);
  }

  private Tested test(
      StudySite site,
      ProsumerKnowledge knowledge,
      PreparedRecourse recourse,
      List<Profile> generationKw) {
    long start = System.nanoTime();
    ProsumerPlan plan = plan(site, knowledge);
    double seconds = (System.nanoTime() - start) / 1e9;
    recourse.setPlan(plan.plannedNetImportKw());
    List<PreparedRecourse.Day> days = generationKw.stream().map(recourse::solve).toList();
    return new Tested(
        plan.cost(),
        days.stream().mapToDouble(day -> plan.retailCost() + day.cost()).toArray(),
        days.stream().mapToDouble(PreparedRecourse.Day::shedKwh).toArray(),
        seconds);
  }

  /** What was promised and what each test day cost and shed. */
  private static final class Tested {
    private final double promise;
    private final double[] costs;
    private final double[] shedKwh;
    private final double planSeconds;

    Tested(double promise, double[] costs, double[] shedKwh, double planSeconds) {
      this.promise = promise;
      this.costs = costs;
      this.shedKwh = shedKwh;
      this.planSeconds = planSeconds;
    }

    Tested plus(Tested other) {
      return new Tested(
          promise + other.promise,
          sum(costs, other.costs),
          sum(shedKwh, other.shedKwh),
          planSeconds + other.planSeconds);
    }

    private static double[] sum(double[] some, double[] others) {
      return IntStream.range(0, some.length).mapToDouble(i -> some[i] + others[i]).toArray();
    }

    StudyRow row(StudySetting setting, String prosumer) {
      OutOfSample result = OutOfSample.of(costs, shedKwh, promise);
      return new StudyRow(setting, prosumer, promise, result, planSeconds);
    }
  }
}
