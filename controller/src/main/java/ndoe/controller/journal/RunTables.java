package ndoe.controller.journal;

import java.util.List;
import java.util.function.Function;
import ndoe.controller.journal.RecordTable.Scope;

/** The tables of the run database and what they are exported to. */
final class RunTables {
  static final RecordTable<RoundRow> ROUNDS =
      step("rounds", RoundRow.class, RunFile.NEGOTIATION, RoundRow::fields);
  static final RecordTable<TradeRow> TRADES =
      step("trades", TradeRow.class, RunFile.TRADES, TradeRow::fields);
  static final RecordTable<PriceRow> PRICES =
      step("prices", PriceRow.class, RunFile.PRICES, PriceRow::fields);
  static final RecordTable<PaymentRow> PAYMENTS =
      step("payments", PaymentRow.class, RunFile.SETTLEMENT, PaymentRow::fields);
  static final RecordTable<DeviceRow> DEVICES =
      RecordTable.exported(
          "devices", DeviceRow.class, Scope.SESSION, RunFile.DEVICES, DeviceRow::fields);
  static final RecordTable<SetpointRow> SETPOINTS =
      step("setpoints", SetpointRow.class, RunFile.SETPOINTS, SetpointRow::fields);
  static final RecordTable<MeasurementRow> MEASUREMENTS =
      step("measurements", MeasurementRow.class, RunFile.MEASUREMENTS, MeasurementRow::fields);
  static final RecordTable<EventRow> EVENTS =
      RecordTable.exported(
          "events", EventRow.class, Scope.ALWAYS, RunFile.EVENTS, EventRow::fields);
  static final RecordTable<VoltageRow> VOLTAGES =
      step("voltages", VoltageRow.class, RunFile.VOLTAGES, VoltageRow::fields);
  static final RecordTable<ViolationRow> VIOLATIONS =
      step("violations", ViolationRow.class, RunFile.VIOLATIONS, ViolationRow::fields);

  static final RecordTable<RenewalRow> RENEWALS =
      step("renewals", RenewalRow.class, RunFile.RENEWALS, RenewalRow::fields);

  /** What renewals were begun with. */
  static final RecordTable<RenewalStartRow> RENEWAL_STARTS =
      RecordTable.inside("renewal_starts", RenewalStartRow.class);

  /** What may still be replaced by another agreement. */
  static final RecordTable<TradeRow> PLANNED_TRADES =
      RecordTable.inside("planned_trades", TradeRow.class);

  static final RecordTable<PriceRow> PLANNED_PRICES =
      RecordTable.inside("planned_prices", PriceRow.class);

  static final RecordTable<EnvelopeRow> ENVELOPES =
      RecordTable.inside("envelopes", EnvelopeRow.class);
  static final RecordTable<AssetRow> ASSETS = RecordTable.inside("assets", AssetRow.class);
  static final RecordTable<SampleRow> SAMPLES = RecordTable.inside("samples", SampleRow.class);

  /** What was about to be asked of devices; committed before it was sent. */
  static final RecordTable<CommandRow> COMMANDS = RecordTable.inside("commands", CommandRow.class);

  static final RecordTable<SiteStateRow> SITES = RecordTable.inside("sites", SiteStateRow.class);
  static final RecordTable<PlantStateRow> PLANTS =
      RecordTable.inside("plants", PlantStateRow.class);

  static final List<RecordTable<?>> ALL =
      List.of(
          ROUNDS,
          TRADES,
          PRICES,
          PAYMENTS,
          DEVICES,
          SETPOINTS,
          MEASUREMENTS,
          EVENTS,
          VOLTAGES,
          VIOLATIONS,
          RENEWALS,
          RENEWAL_STARTS,
          PLANNED_TRADES,
          PLANNED_PRICES,
          ENVELOPES,
          ASSETS,
          SAMPLES,
          COMMANDS,
          SITES,
          PLANTS);

  private RunTables() {}

  private static <T extends Record> RecordTable<T> step(
      String name, Class<T> type, RunFile file, Function<T, List<String>> fields) {
    return RecordTable.exported(name, type, Scope.STEP, file, fields);
  }
}
