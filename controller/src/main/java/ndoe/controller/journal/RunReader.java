package ndoe.controller.journal;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import ndoe.devices.DeviceId;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.feeders.BusId;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import ndoe.feeders.ProsumerId;

/**
 * Reads a run folder, also one that is being written or was cut off; a table that is not there has
 * no rows. Content that is not understood throws {@link RunFolderException} with file and line.
 */
public final class RunReader {
  private final Path folder;

  private RunReader(Path folder) {
    this.folder = folder;
  }

  public static RunReader of(Path folder) {
    return new RunReader(folder);
  }

  public RunRecord run() {
    return RunJsonReader.read(file(RunFile.RUN));
  }

  public List<Line> feeder() {
    return CsvTable.read(
        file(RunFile.FEEDER),
        line ->
            new Line(
                line.parse("line", "a name", LineId::new),
                bus(line, "from_bus"),
                bus(line, "to_bus"),
                line.number("resistance_ohm"),
                line.number("reactance_ohm"),
                line.number("rating_kva")));
  }

  public List<EnvelopeRow> envelopes() {
    return CsvTable.read(
        file(RunFile.ENVELOPES),
        line ->
            new EnvelopeRow(
                intervalStart(line),
                prosumer(line),
                bus(line, "bus"),
                line.number("import_limit_kw"),
                line.number("export_limit_kw"),
                line.number("planned_net_import_kw")));
  }

  public List<SetpointRow> setpoints() {
    return CsvTable.read(
        file(RunFile.SETPOINTS),
        line ->
            new SetpointRow(
                intervalStart(line),
                prosumer(line),
                line.parse("device", "a device id", DeviceId::new),
                line.text("role"),
                line.text("quantity"),
                line.number("asked_kw"),
                line.optionalNumber("applied_kw"),
                line.parse("result", "applied, rejected or unconfirmed", RunReader::result),
                line.text("reason"),
                time(line)));
  }

  public List<MeasurementRow> measurements() {
    return CsvTable.read(
        file(RunFile.MEASUREMENTS),
        line ->
            new MeasurementRow(
                intervalStart(line),
                prosumer(line),
                line.text("device"),
                line.text("role"),
                line.number("active_power_kw"),
                line.number("reactive_power_kvar"),
                line.optionalNumber("voltage_pu"),
                line.optionalNumber("soc_fraction"),
                time(line)));
  }

  /** The devices that were connected. */
  public List<DeviceRow> devices() {
    return CsvTable.read(
        file(RunFile.DEVICES),
        line ->
            new DeviceRow(
                prosumer(line),
                line.parse("device", "a device id", DeviceId::new),
                line.text("role"),
                line.text("connection"),
                line.text("real").equals("true")));
  }

  /** What people should know, in the order it happened. */
  public List<EventRow> events() {
    return CsvTable.read(
        file(RunFile.EVENTS),
        line ->
            new EventRow(
                time(line),
                line.parse(
                    "severity",
                    "info, warning or alarm",
                    word -> SiteEvent.Severity.valueOf(word.toUpperCase(Locale.ROOT))),
                line.text("device"),
                line.text("text")));
  }

  /** What was asked of devices, from an export of the database or from the database itself. */
  public List<CommandRow> commands() {
    if (!Files.exists(file(RunFile.COMMANDS)) && Files.exists(CommittedRun.database(folder))) {
      try (CommittedRun run = CommittedRun.of(folder)) {
        return run.rows(RunTables.COMMANDS);
      }
    }
    return CsvTable.read(
        file(RunFile.COMMANDS),
        line ->
            new CommandRow(
                prosumer(line),
                line.parse("device", "a device id", DeviceId::new),
                line.text("role"),
                line.text("quantity"),
                line.number("asked_kw"),
                time(line)));
  }

  public List<VoltageRow> voltages() {
    return CsvTable.read(
        file(RunFile.VOLTAGES),
        line ->
            new VoltageRow(
                intervalStart(line),
                bus(line, "bus"),
                line.whole("phase"),
                line.number("voltage_pu")));
  }

  public List<ViolationRow> violations() {
    return CsvTable.read(
        file(RunFile.VIOLATIONS),
        line ->
            new ViolationRow(
                intervalStart(line),
                line.text("point"),
                line.text("kind"),
                line.text("element"),
                line.number("value"),
                line.number("limit"),
                line.text("unit")));
  }

  /** The retailer’s prices. */
  public List<TariffRow> tariff() {
    return CsvTable.read(
        file(RunFile.TARIFF),
        line ->
            new TariffRow(
                intervalStart(line),
                line.number("retail_buy_per_kwh"),
                line.number("retail_sell_per_kwh")));
  }

  public List<RoundRow> rounds() {
    return CsvTable.read(
        file(RunFile.NEGOTIATION),
        line ->
            new RoundRow(
                line.whole("round"),
                line.whole("feedback_pass"),
                line.whole("cycles"),
                line.number("envelope_mismatch_kw"),
                line.number("balance_mismatch_kw"),
                line.number("envelope_movement_per_kwh"),
                line.number("trade_movement_per_kwh"),
                line.number("objective"),
                line.optionalNumber("lower_bound"),
                line.optionalNumber("upper_bound"),
                line.text("mode"),
                line.parse("messages", "a whole number", Long::parseLong),
                line.parse("payload_bytes", "a whole number", Long::parseLong),
                Duration.ofNanos(Math.round(1e9 * line.number("elapsed_s")))));
  }

  /** Negotiations while the run went on. */
  public List<RenewalRow> renewals() {
    return CsvTable.read(
        file(RunFile.RENEWALS),
        line ->
            new RenewalRow(
                intervalStart(line),
                line.parse(
                    "negotiated_from", "a time such as 2016-06-21T00:00", LocalDateTime::parse),
                line.text("start").equals("warm"),
                line.whole("rounds"),
                line.whole("feedback_passes"),
                line.text("certified").equals("true"),
                line.text("in_force").equals("true"),
                line.text("reason"),
                line.optionalNumber("shrink_factor").orElse(Double.NaN),
                line.optionalNumber("objective").orElse(Double.NaN),
                line.parse("messages", "a whole number", Long::parseLong),
                line.parse("payload_bytes", "a whole number", Long::parseLong),
                Duration.ofNanos(Math.round(1e9 * line.number("elapsed_s")))));
  }

  public List<TradeRow> trades() {
    return CsvTable.read(
        file(RunFile.TRADES),
        line ->
            new TradeRow(
                intervalStart(line),
                line.parse("seller", "a name", ProsumerId::new),
                line.parse("buyer", "a name", ProsumerId::new),
                line.number("power_kw"),
                line.number("buyer_pays_per_kwh"),
                line.number("seller_receives_per_kwh"),
                line.number("network_charge_per_kwh")));
  }

  public List<PriceRow> prices() {
    return CsvTable.read(
        file(RunFile.PRICES),
        line ->
            new PriceRow(
                intervalStart(line),
                prosumer(line),
                line.optionalNumber("energy_per_kwh"),
                limitPrice(line, "import"),
                limitPrice(line, "export")));
  }

  private static PriceRow.Limit limitPrice(CsvTable.Line line, String side) {
    return new PriceRow.Limit(
        line.optionalNumber(side + "_limit_per_kwh"),
        line.optionalNumber(side + "_voltage_part"),
        line.optionalNumber(side + "_thermal_part"),
        line.optionalNumber(side + "_freedom_part"),
        line.optionalNumber(side + "_connection_part"));
  }

  public List<PaymentRow> payments() {
    return CsvTable.read(
        file(RunFile.SETTLEMENT),
        line ->
            new PaymentRow(
                line.text("from"),
                line.text("to"),
                line.text("purpose"),
                line.parse("amount", "an amount with two decimals", BigDecimal::new)));
  }

  private Path file(RunFile file) {
    return folder.resolve(file.fileName());
  }

  private static LocalDateTime intervalStart(CsvTable.Line line) {
    return line.parse("interval_start", "a time such as 2016-06-21T00:00", LocalDateTime::parse);
  }

  private static ProsumerId prosumer(CsvTable.Line line) {
    return line.parse("prosumer", "a name", ProsumerId::new);
  }

  private static BusId bus(CsvTable.Line line, String column) {
    return line.parse(column, "a name", BusId::new);
  }

  private static Instant time(CsvTable.Line line) {
    return line.parse("time_utc", "a time such as 2016-06-21T00:00:00Z", Instant::parse);
  }

  private static SetpointRow.Result result(String word) {
    return SetpointRow.Result.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
