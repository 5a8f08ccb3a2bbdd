package ndoe.controller.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.feeders.ProsumerId;

/** The rows a run folder is given; each is on disk when its method returns. */
abstract class RunRows {
  private final Path path;
  private final RunJournal journal;
  private final List<RecordListener> listeners = new CopyOnWriteArrayList<>();
  private boolean closed;

  RunRows(Path path, RunJournal journal) {
    this.path = path;
    this.journal = journal;
  }

  /** Lets somebody hear from now on what is recorded. */
  public void listen(RecordListener listener) {
    listeners.add(listener);
    journal.database().listen(listener);
  }

  final void tell(Consumer<RecordListener> news) {
    listeners.forEach(news);
  }

  final RunJournal journal() {
    return journal;
  }

  public Path path() {
    return path;
  }

  final boolean isClosed() {
    return closed;
  }

  /** Nothing can be written from now on. */
  final void shut() {
    closed = true;
    journal.close();
  }

  /** Adds a round of the negotiation. */
  public synchronized void round(RoundRow row) {
    add(RunTables.ROUNDS, List.of(row));
    KillPoint.ROUND_COMMITTED.pass();
  }

  /** What prosumers sell to each other. */
  public synchronized void trades(List<TradeRow> rows) {
    add(RunTables.TRADES, rows);
  }

  /** A negotiation that begins while the run goes on. */
  public synchronized void renewalBegins(RenewalStartRow row) {
    add(RunTables.RENEWAL_STARTS, List.of(row));
    KillPoint.RENEWAL_BEGUN.pass();
  }

  /** What came of it. */
  public synchronized void renewal(RenewalRow row) {
    add(RunTables.RENEWALS, List.of(row));
    KillPoint.RENEWED.pass();
  }

  /** Trades and prices that are agreed, and firm only when their interval begins. */
  public synchronized void planned(List<TradeRow> trades, List<PriceRow> prices) {
    add(RunTables.PLANNED_TRADES, trades);
    add(RunTables.PLANNED_PRICES, prices);
  }

  /** The samples prosumers decided on later. */
  public synchronized void samples(ProsumerId prosumer, List<SampleTrajectory> samples) {
    add(RunTables.SAMPLES, SampleRow.of(prosumer, samples));
  }

  /** What energy and envelopes are worth to whom. */
  public synchronized void prices(List<PriceRow> rows) {
    add(RunTables.PRICES, rows);
  }

  /** Who pays whom. */
  public synchronized void payments(List<PaymentRow> rows) {
    add(RunTables.PAYMENTS, rows);
  }

  /** The devices that were connected. */
  public synchronized void devices(List<DeviceRow> rows) {
    add(RunTables.DEVICES, rows);
    tell(listener -> listener.devices(rows));
  }

  /** What is about to be asked of devices; on disk before it is sent. */
  public synchronized void commands(List<CommandRow> rows) {
    add(RunTables.COMMANDS, rows);
    KillPoint.COMMANDS_COMMITTED.pass();
  }

  /** What became of commands. */
  public synchronized void setpoints(List<SetpointRow> rows) {
    KillPoint.COMMANDS_SENT.pass();
    add(RunTables.SETPOINTS, rows);
    KillPoint.RECEIPTS_COMMITTED.pass();
    tell(listener -> listener.setpoints(rows));
  }

  public void setpoint(SetpointRow row) {
    setpoints(List.of(row));
  }

  public void measurement(MeasurementRow row) {
    measurements(List.of(row));
  }

  /** What was read of devices and connection points. */
  public synchronized void measurements(List<MeasurementRow> rows) {
    add(RunTables.MEASUREMENTS, rows);
    KillPoint.MEASUREMENTS_COMMITTED.pass();
    tell(listener -> listener.measurements(rows));
  }

  /** Something people should know; ignored once the run has ended. */
  public synchronized void event(SiteEvent event) {
    if (!closed) {
      EventRow row = EventRow.of(event);
      add(RunTables.EVENTS, List.of(row));
      tell(listener -> listener.event(row));
    }
  }

  /** Voltages of one interval. */
  public synchronized void voltages(List<VoltageRow> rows) {
    add(RunTables.VOLTAGES, rows);
  }

  /** Adds limits found broken, at envelopes or at measured states. */
  public synchronized void violations(List<ViolationRow> rows) {
    add(RunTables.VIOLATIONS, rows);
    tell(listener -> listener.violations(rows));
  }

  /** The private corner of one prosumer. */
  public ProsumerFolder prosumer(ProsumerId prosumer) {
    return new ProsumerFolder(
        ProsumerFolder.of(path, prosumer),
        samples -> add(RunTables.SAMPLES, SampleRow.of(prosumer, samples)));
  }

  final synchronized <T extends Record> void add(RecordTable<T> table, List<T> rows) {
    refuseWhenClosed();
    journal.add(table, rows);
  }

  /** A closed table would otherwise be started anew. */
  final void refuseWhenClosed() {
    if (closed) {
      throw new RunFolderException(path + " is closed: nothing more can be recorded");
    }
  }
}
