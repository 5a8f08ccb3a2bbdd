package ndoe.controller.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the page’s script draws, {@code null} where nothing is known. */
final class ComparisonData {
  private static final int DECIMALS = 3;

  private final Comparison comparison;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  private ComparisonData(Comparison comparison) {
    this.comparison = comparison;
  }

  static String json(Comparison comparison) {
    return new ComparisonData(comparison).filled().toString();
  }

  private ObjectNode filled() {
    ArrayNode cases = root.putArray("cases");
    comparison.rows().forEach(row -> cases.add(row.compared().toString()));
    ArrayNode prosumers = root.putArray("prosumers");
    comparison.scenario().prosumers().forEach(site -> prosumers.add(site.id().value()));
    root.put("currency", comparison.scenario().tariff().currency());
    ObjectNode cost = root.putObject("cost");
    perCase(cost.putArray("network"), row -> row.operatorCost().network());
    perCase(cost.putArray("prosumers"), ComparisonRow::prosumerCost);
    ObjectNode energy = root.putObject("energy");
    perCase(energy.putArray("peer"), ComparisonRow::peerEnergyKwh);
    perCase(energy.putArray("curtailed"), ComparisonRow::curtailedKwh);
    ObjectNode broken = root.putObject("broken");
    perCase(broken.putArray("dispatches"), row -> row.dispatches().count());
    perCase(broken.putArray("corners"), row -> row.corners().count());
    perCase(broken.putArray("random"), row -> row.randomPoints().count());
    perProsumer(root.putArray("area"), result -> OptionalDouble.of(result.envelopeAreaMwh()));
    if (comparison.knowsSavings()) {
      perProsumer(root.putArray("saving"), comparison::saving);
    }
    return root;
  }

  private void perCase(ArrayNode values, ToDoubleFunction<ComparisonRow> value) {
    comparison.rows().forEach(row -> add(values, OptionalDouble.of(value.applyAsDouble(row))));
  }

  /** One array per case with one value per prosumer. */
  private void perProsumer(ArrayNode cases, Function<ProsumerResult, OptionalDouble> value) {
    for (ComparisonRow row : comparison.rows()) {
      ArrayNode values = cases.addArray();
      row.prosumers().forEach(result -> add(values, value.apply(result)));
    }
  }

  private static void add(ArrayNode values, OptionalDouble value) {
    if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
      values.addNull();
    } else {
      values.add(
          BigDecimal.valueOf(value.getAsDouble())
              .setScale(DECIMALS, RoundingMode.HALF_EVEN)
              .stripTrailingZeros());
    }
  }
}
