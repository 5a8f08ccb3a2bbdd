package ndoe.feeders;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the operator brings to the negotiation. */
final class OperatorReader {
  private final YamlMap root;
  private final Optional<Feeder> feeder;
  private final Set<String> ids;

  /** {@code ids} are those taken so far, in lower case; those read are added. */
  OperatorReader(YamlMap root, Optional<Feeder> feeder, Set<String> ids) {
    this.root = root;
    this.feeder = feeder;
    this.ids = ids;
  }

  OperatorData read() {
    YamlMap map = root.map("dso");
    YamlMap value = map.mapOrEmpty("envelope_value");
    YamlMap risk = map.mapOrEmpty("risk");
    YamlMap forecast = root.map("feeder").map("passive_load");
    double violationProbability = risk.number("violation_probability", Range.above(0), 0.05);
    if (violationProbability >= 1) {
      risk.problem(
          "violation_probability",
          "found %s; allowed is a number > 0 and < 1".formatted(violationProbability));
    }
    return new OperatorData(
        map.number("loss_price_per_kwh", Range.atLeast(0)),
        value.number("slope", Range.atLeast(0), 0.01),
        value.number("curvature", Range.atLeast(0), 0.01),
        value.oneOf("fairness", OperatorData.Fairness.QUADRATIC),
        risk.oneOf("mode", OperatorData.RiskMode.CANTELLI),
        violationProbability,
        forecast.number("forecast_error_fraction", Range.atLeast(0), 0.05),
        forecast.number("correlation", Range.between(0, 1), 0.3),
        compensators(map),
        batteries(map));
  }

  private List<OperatorData.StaticVarCompensator> compensators(YamlMap map) {
    return map.maps("static_var_compensators", false).stream()
        .map(
            asset ->
                new OperatorData.StaticVarCompensator(
                    ProsumerReader.newId(asset, ids),
                    ProsumerReader.bus(asset, feeder),
                    asset.number("rating_kvar", Range.above(0))))
        .toList();
  }

  private List<OperatorData.Battery> batteries(YamlMap map) {
    return map.maps("batteries", false).stream()
        .map(
            asset ->
                new OperatorData.Battery(
                    ProsumerReader.newId(asset, ids),
                    ProsumerReader.bus(asset, feeder),
                    StorageReader.read(asset)))
        .toList();
  }
}
