package ndoe.controller.rehearsal;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.Scenario;

/**
 * Runs several days, negotiating again while they go on, on emulated devices behind real sockets as
 * fast as they settle, and looks after every interval at what this process holds on to.
 */
public final class Soak {
  private final Scenario scenario;
  private final Path folder;
  private final int days;
  private final int renewEvery;
  private final Clock clock;
  private final Consumer<SoakReport.Day> listener;
  private final List<SoakReport.Day> seen = new ArrayList<>();
  private final long begun = System.nanoTime();
  private IntSummaryStatistics threads = new IntSummaryStatistics();
  private IntSummaryStatistics handles = new IntSummaryStatistics();
  private int renewed;
  private int missedSteps;

  /**
   * A soak.
   *
   * @param scenario of a whole day
   * @param folder empty; for the run
   * @param days it lasts
   * @param renewEvery intervals between negotiations
   * @param listener hears of every day that ended
   */
  public Soak(
      Scenario scenario,
      Path folder,
      int days,
      int renewEvery,
      Clock clock,
      Consumer<SoakReport.Day> listener) {
    this.scenario = scenario;
    this.folder = folder;
    this.days = days;
    this.renewEvery = renewEvery;
    this.clock = clock;
    this.listener = listener;
  }

  /** Runs all days. */
  public SoakReport run() {
    RunOptions options =
        new RunOptions(
                "rehearse soak",
                "rehearsal",
                Case.NDOE,
                Settings.defaults(20),
                Optional.empty(),
                OptionalDouble.empty(),
                false)
            .rolling(OptionalInt.of(renewEvery), days);
    Path run = folder.resolve("run");
    RunOutcome outcome =
        DayRun.run(scenario, RunFolder.at(run, clock), options, clock, new Heard());
    return new SoakReport(
        List.copyOf(seen),
        24.0 * days,
        sinceBegun(),
        renewed,
        missedSteps,
        RunReader.of(run).violations().size(),
        outcome);
  }

  private Duration sinceBegun() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private final class Heard implements RunListener {
    @Override
    public void step(
        int interval, int ofIntervals, double lowestVoltagePu, double highestVoltagePu) {
      threads.accept(ManagementFactory.getThreadMXBean().getThreadCount());
      handles.accept(openHandles());
      int perDay = ofIntervals / days;
      if ((interval + 1) % perDay == 0) {
        endDay((interval + 1) / perDay);
      }
    }

    @Override
    public void renewed(RenewalRow row) {
      renewed++;
    }

    @Override
    public void missed(int interval, int steps) {
      missedSteps += steps;
    }
  }

  private void endDay(int number) {
    SoakReport.Day day =
        new SoakReport.Day(
            number,
            sinceBegun(),
            threads.getMin(),
            threads.getMax(),
            handles.getMin(),
            handles.getMax(),
            reachableBytes());
    seen.add(day);
    listener.accept(day);
    threads = new IntSummaryStatistics();
    handles = new IntSummaryStatistics();
  }

  /** Open files and sockets of this process; 0 where the system does not tell. */
  private static int openHandles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? (int) system.getOpenFileDescriptorCount()
        : 0;
  }

  /** Heap in use once garbage is collected, bytes. */
  private static long reachableBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
