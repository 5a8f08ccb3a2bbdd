package ndoe.controller.journal;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One round of the negotiation; a line of {@code negotiation.csv}.
 *
 * @param feedbackPass comparison with the AC network it belongs to, counted from 1
 * @param cycles of trading
 * @param envelopeMismatchKw largest difference between offer and request, kW
 * @param balanceMismatchKw largest difference between plan and purchases, kW
 * @param envelopeMovementPerKwh largest movement of an offer as a price, currency per kWh
 * @param tradeMovementPerKwh largest movement of a trade as a price, currency per kWh
 * @param objective of all positions as they are, in the scenario’s currency
 * @param lowerBound on the objective, in the scenario’s currency; only where it was asked for
 * @param upperBound on the objective, in the scenario’s currency; only where it was asked for
 * @param mode {@code nested} or {@code single-sweep}
 */
public record RoundRow(
    int round,
    int feedbackPass,
    int cycles,
    double envelopeMismatchKw,
    double balanceMismatchKw,
    double envelopeMovementPerKwh,
    double tradeMovementPerKwh,
    double objective,
    OptionalDouble lowerBound,
    OptionalDouble upperBound,
    String mode,
    long messages,
    long payloadBytes,
    Duration elapsed) {

  List<String> fields() {
    return List.of(
        Integer.toString(round),
        Integer.toString(feedbackPass),
        Integer.toString(cycles),
        CsvLog.number(envelopeMismatchKw),
        CsvLog.number(balanceMismatchKw),
        CsvLog.number(envelopeMovementPerKwh),
        CsvLog.number(tradeMovementPerKwh),
        CsvLog.number(objective),
        CsvLog.number(lowerBound),
        CsvLog.number(upperBound),
        mode,
        Long.toString(messages),
        Long.toString(payloadBytes),
        CsvLog.number(elapsed.toNanos() / 1e9));
  }
}
