package ndoe.controller.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ndoe.controller.dso.OperatorCost;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.Scenario;

/** A comparison as it could have come out; nothing is negotiated or judged. */
public final class SyntheticComparison {
  private static final Violation WORST =
      new Violation(13, "export-corner", Violation.Kind.OVER_VOLTAGE, "18", 1.1234, 1.05);

  private SyntheticComparison() {}

  public static Comparison of(Scenario scenario, Set<ComparedCase> cases) {
    return new Comparison(
        scenario,
        Stream.of(ComparedCase.values())
            .filter(cases::contains)
            .map(compared -> row(compared, scenario))
            .toList());
  }

  private static ComparisonRow row(ComparedCase compared, Scenario scenario) {
    boolean secure = compared.decidedBy().respectsNetwork();
    int number = compared.ordinal();
    BrokenLimits none = new BrokenLimits(0, Optional.empty());
    BrokenLimits broken = new BrokenLimits(123_456, Optional.of(WORST));
    List<ProsumerResult> prosumers =
        IntStream.range(0, scenario.prosumers().size())
            .mapToObj(
                n ->
                    new ProsumerResult(
                        scenario.prosumers().get(n).id(),
                        800 - 40.0 * number + n,
                        number == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.4),
                        100.0 * number,
                        90.0 * number,
                        5.0 + n,
                        (5.0 + n) / 48))
            .toList();
    return new ComparisonRow(
        compared,
        secure,
        true,
        new OperatorCost(130, 5, 2, 900, 260),
        prosumers.stream().mapToDouble(ProsumerResult::cost).sum(),
        12.5 * number,
        800.0 * number,
        secure ? 1234.5 : 0,
        secure ? none : broken,
        secure ? none : broken,
        secure ? none : broken,
        number,
        number >= 4 ? OptionalDouble.of(0.0003) : OptionalDouble.empty(),
        Duration.ofMillis(12_345),
        prosumers);
  }
}
