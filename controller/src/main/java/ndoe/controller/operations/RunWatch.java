package ndoe.controller.operations;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import ndoe.controller.journal.RecordListener;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.RunListener;
import ndoe.controller.negotiation.Round;
import ndoe.cosim.validation.Verdict;

/**
 * Hears everything of a run, passes it on to its metrics and knows how the run is. A run is well as
 * long as it can write its journal, its devices confirm what they are told, and setpoints are
 * renewed before they end; it is ready with devices, a certified envelope and no emergency stop.
 */
final class RunWatch implements RunListener {
  private static final double NANOS_PER_SECOND = 1e9;

  private final DayMetrics day;
  private final DeviceMetrics devices;
  private final NegotiationMetrics negotiation;
  private final LongSupplier nanos;
  private Consumer<Path> announcement = folder -> {};
  private volatile Optional<Duration> reversion = Optional.empty();
  private volatile long lastSignNanos;
  private volatile boolean certified;
  private volatile Optional<String> broken = Optional.empty();

  RunWatch(
      DayMetrics day, DeviceMetrics devices, NegotiationMetrics negotiation, LongSupplier nanos) {
    this.day = day;
    this.devices = devices;
    this.negotiation = negotiation;
    this.nanos = nanos;
  }

  /**
   * Begins to hear what is recorded.
   *
   * @param announced is told the folder once it is in use
   */
  void attach(RunFolder folder, Consumer<Path> announced) {
    announcement = announced;
    folder.listen(day);
    folder.listen(devices);
    folder.listen(
        new RecordListener() {
          @Override
          public void committed(Duration took) {
            lastSignNanos = nanos.getAsLong();
          }

          @Override
          public void broken(RunFolderException failure) {
            broken = Optional.of(failure.getMessage());
          }
        });
  }

  Health health() {
    return new Health(this::problems, this::missing);
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    broken.ifPresent(problems::add);
    double silentSeconds = (nanos.getAsLong() - lastSignNanos) / NANOS_PER_SECOND;
    reversion
        .filter(holds -> silentSeconds > holds.toSeconds())
        .ifPresent(
            holds ->
                problems.add(
                    String.format(
                        Locale.ROOT,
                        "nothing was renewed for %.0f s; setpoints hold %d s",
                        silentSeconds,
                        holds.toSeconds())));
    problems.addAll(devices.problems());
    return problems;
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!certified) {
      missing.add("no certified envelope is in force");
    }
    if (reversion.isEmpty()) {
      missing.add("the devices are not connected");
    }
    if (devices.stopEngaged()) {
      missing.add("the emergency stop is engaged");
    }
    return missing;
  }

  @Override
  public void folder(Path folder) {
    announcement.accept(folder);
  }

  @Override
  public void round(Round round) {
    negotiation.round(round);
  }

  @Override
  public void judged(Verdict verdict) {
    certified = verdict instanceof Verdict.Certificate;
  }

  /** Devices are connected only for a certified envelope, also of a run that goes on. */
  @Override
  public void equipped(Equipment equipment) {
    certified = true;
    lastSignNanos = nanos.getAsLong();
    reversion = Optional.of(equipment.reversion());
    day.equipped(equipment);
    devices.equipped(equipment);
  }

  @Override
  public void missed(int interval, int steps) {
    day.missed(steps);
  }

  @Override
  public void step(int interval, int ofIntervals, double lowestVoltagePu, double highestVoltagePu) {
    day.stepped(lowestVoltagePu, highestVoltagePu);
  }
}
