package ndoe.controller.loop;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ndoe.controller.journal.CommandRow;
import ndoe.controller.journal.PlantStateRow;
import ndoe.controller.journal.ResumePoint;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.SiteStateRow;
import ndoe.controller.loop.SiteController.SiteCommand;
import ndoe.cosim.twin.FeederTwin;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.feeders.ProsumerId;

/**
 * What makes a day resumable: commands are on disk before they are sent, and after every interval
 * where each prosumer’s controller and each emulated device stands.
 */
final class StepJournal {
  private final RunFolder folder;
  private final EmulatedBench bench;
  private final Set<DeviceId> emulated;
  private final Clock clock;

  StepJournal(RunFolder folder, EmulatedBench bench, Set<DeviceId> emulated, Clock clock) {
    this.folder = folder;
    this.bench = bench;
    this.emulated = Set.copyOf(emulated);
    this.clock = clock;
  }

  /** Commits what a prosumer’s controller is about to ask of its devices. */
  void intend(ProsumerId prosumer, List<SiteCommand> commands) {
    folder.commands(
        commands.stream()
            .map(
                command ->
                    new CommandRow(
                        prosumer,
                        command.device(),
                        command.role().name().toLowerCase(Locale.ROOT),
                        command.limit() ? "active_power_limit" : "active_power",
                        command.askedKw(),
                        clock.instant()))
            .toList());
  }

  /** Commits that the interval is complete. */
  void completed(List<SiteController> sites) {
    folder.complete(
        sites.stream().map(SiteController::standing).toList(),
        emulated.stream()
            .sorted((a, b) -> a.value().compareTo(b.value()))
            .map(id -> new PlantStateRow(id, bench.plant(id).snapshot()))
            .toList());
  }

  /**
   * Puts everything where it stood; devices that are real are where they are and are read first.
   */
  void restore(ResumePoint point, List<SiteController> sites, FeederTwin twin) {
    point.plants().forEach(row -> bench.plant(row.device()).restore(row.snapshot()));
    for (SiteStateRow row : point.sites()) {
      sites.stream()
          .filter(site -> site.id().equals(row.prosumer()))
          .forEach(site -> site.resume(point.nextInterval() - 1, row));
    }
    for (Map.Entry<Integer, Map<ProsumerId, Double>> step : point.netImportKw().entrySet()) {
      twin.observe(step.getKey(), step.getValue());
    }
  }
}
