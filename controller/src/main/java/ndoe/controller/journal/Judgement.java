package ndoe.controller.journal;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ndoe.cosim.validation.Verdict;

/**
 * The judge’s answer in short, as kept in {@code run.json}; what only a certificate states is empty
 * when a limit was broken.
 *
 * @param pointsTried power flows solved
 * @param violations broken limits, 0 when certified
 * @param lowestVoltagePu over all points and buses, per unit
 * @param highestVoltagePu over all points and buses, per unit
 * @param highestLoadingFraction over all points and lines, of the rating
 * @param engine name and version of the power flow engine, blank when not stated
 */
public record Judgement(
    boolean certified,
    long pointsTried,
    int violations,
    OptionalDouble lowestVoltagePu,
    OptionalDouble highestVoltagePu,
    OptionalDouble highestLoadingFraction,
    OptionalInt randomPoints,
    OptionalLong seed,
    String engine) {

  static Judgement of(Verdict verdict) {
    if (verdict instanceof Verdict.Certificate certificate) {
      return new Judgement(
          true,
          certificate.pointsTried(),
          0,
          OptionalDouble.of(certificate.lowestVoltagePu()),
          OptionalDouble.of(certificate.highestVoltagePu()),
          OptionalDouble.of(certificate.highestLoadingFraction()),
          OptionalInt.of(certificate.randomPoints()),
          OptionalLong.of(certificate.seed()),
          certificate.engine());
    }
    Verdict.Violated violated = (Verdict.Violated) verdict;
    return new Judgement(
        false,
        violated.pointsTried(),
        violated.violations().size(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        "");
  }
}
