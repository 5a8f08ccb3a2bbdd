package ndoe.controller.report;

import java.util.OptionalDouble;
import java.util.function.Function;
import ndoe.controller.journal.PriceRow;

/** A price of a limit and what it is made of (method, section 9). */
enum LimitPart {
  PRICE("price", PriceRow.Limit::price),
  VOLTAGE("voltage", PriceRow.Limit::voltage),
  THERMAL("line limits", PriceRow.Limit::thermal),
  FREEDOM("free room", PriceRow.Limit::freedom),
  CONNECTION("connection", PriceRow.Limit::connection);

  private final String label;
  private final Function<PriceRow.Limit, OptionalDouble> value;

  LimitPart(String label, Function<PriceRow.Limit, OptionalDouble> value) {
    this.label = label;
    this.value = value;
  }

  String label() {
    return label;
  }

  Function<PriceRow, OptionalDouble> ofImport() {
    return row -> value.apply(row.importLimit());
  }

  Function<PriceRow, OptionalDouble> ofExport() {
    return row -> value.apply(row.exportLimit());
  }
}
