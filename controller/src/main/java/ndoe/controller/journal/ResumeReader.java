package ndoe.controller.journal;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ndoe.controller.journal.RunDatabase.Row;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** Puts together from a journal where its run goes on. */
final class ResumeReader {
  private static final String MEASURED = "measured";

  private final RunJournal journal;
  private final Horizon horizon;

  ResumeReader(RunJournal journal, Horizon horizon) {
    this.journal = journal;
    this.horizon = horizon;
  }

  /** Only for a journal with a complete agreement. */
  ResumePoint read(boolean certified, int missedSteps) {
    return new ResumePoint(
        journal.lastComplete().orElseThrow() + 1,
        certified,
        plan(horizon, journal.latest(RunTables.ENVELOPES)),
        AssetRow.schedules(journal.latest(RunTables.ASSETS)),
        SampleRow.trajectories(journal.latest(RunTables.SAMPLES)),
        samplesFrom(),
        journal.latest(RunTables.PLANNED_TRADES),
        journal.latest(RunTables.PLANNED_PRICES),
        journal.rows(RunTables.RENEWAL_STARTS),
        journal.rows(RunTables.RENEWALS).size(),
        lastStates(RunTables.SITES),
        lastStates(RunTables.PLANTS),
        netImports(),
        (int)
            journal.rows(RunTables.VIOLATIONS).stream()
                .filter(row -> row.point().equals(MEASURED))
                .count(),
        (int)
            journal.rows(RunTables.SETPOINTS).stream()
                .filter(row -> isInDoubt(row.result()))
                .count(),
        missedSteps);
  }

  /** Samples are about what was left when they were negotiated with. */
  private int samplesFrom() {
    return journal.rowsWithStep(RunTables.RENEWALS).stream()
        .map(Row::value)
        .filter(RenewalRow::inForce)
        .reduce((first, second) -> second)
        .map(row -> horizon.intervalAt(row.negotiatedFrom()))
        .orElse(0);
  }

  private static boolean isInDoubt(Result result) {
    return result == Result.REJECTED || result == Result.UNCONFIRMED;
  }

  private <T extends Record> List<T> lastStates(RecordTable<T> table) {
    int last = journal.lastComplete().orElseThrow();
    return journal.rowsWithStep(table).stream()
        .filter(row -> row.step() == last)
        .map(Row::value)
        .toList();
  }

  /** The last reading of every connection point in every completed interval. */
  private SortedMap<Integer, Map<ProsumerId, Double>> netImports() {
    int last = journal.lastComplete().orElseThrow();
    SortedMap<Integer, Map<ProsumerId, Double>> netImports = new TreeMap<>();
    for (Row<MeasurementRow> row : journal.rowsWithStep(RunTables.MEASUREMENTS)) {
      if (row.step() >= 0 && row.step() <= last && row.value().isConnectionPoint()) {
        netImports
            .computeIfAbsent(row.step(), t -> new HashMap<>())
            .put(row.value().prosumer(), row.value().netImportKw());
      }
    }
    return netImports;
  }

  static List<EnvelopeRow> rows(EnvelopePlan plan) {
    List<EnvelopeRow> rows = new ArrayList<>();
    for (EnvelopePlan.PointPlan point : plan.points()) {
      for (int t = 0; t < plan.horizon().intervals(); t++) {
        LocalDateTime start = plan.horizon().startOf(t);
        OperatingEnvelope envelope = point.envelopes().get(t);
        rows.add(
            new EnvelopeRow(
                start,
                point.prosumer(),
                point.bus(),
                envelope.importLimitKw(),
                envelope.exportLimitKw(),
                point.plannedNetImportKw().at(t)));
      }
    }
    return rows;
  }

  /** As far as it was agreed, which may be a part of the run. */
  static EnvelopePlan plan(Horizon run, List<EnvelopeRow> rows) {
    Map<ProsumerId, List<EnvelopeRow>> byPoint = new LinkedHashMap<>();
    rows.forEach(row -> byPoint.computeIfAbsent(row.prosumer(), p -> new ArrayList<>()).add(row));
    int agreed = byPoint.values().stream().mapToInt(List::size).findFirst().orElse(0);
    return new EnvelopePlan(
        new Horizon(run.start(), run.intervalMinutes(), agreed),
        byPoint.values().stream()
            .map(
                own ->
                    new EnvelopePlan.PointPlan(
                        own.get(0).prosumer(),
                        own.get(0).bus(),
                        own.stream()
                            .map(
                                row ->
                                    new OperatingEnvelope(row.importLimitKw(), row.exportLimitKw()))
                            .toList(),
                        Profile.generate(own.size(), t -> own.get(t).plannedNetImportKw())))
            .toList());
  }
}
