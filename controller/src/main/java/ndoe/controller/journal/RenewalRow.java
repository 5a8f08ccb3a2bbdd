package ndoe.controller.journal;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One negotiation while the run went on; a line of {@code renewals.csv}.
 *
 * @param intervalStart when its outcome was decided upon
 * @param negotiatedFrom first interval it is about
 * @param warm whether everybody went on from where it stood
 * @param inForce whether it replaced what was agreed before
 * @param reason why it did not, blank if it did
 * @param shrinkFactor 1, or what all envelopes had to be multiplied with
 * @param objective of all together for what is left of the day, in the scenario’s currency
 */
public record RenewalRow(
    LocalDateTime intervalStart,
    LocalDateTime negotiatedFrom,
    boolean warm,
    int rounds,
    int feedbackPasses,
    boolean certified,
    boolean inForce,
    String reason,
    double shrinkFactor,
    double objective,
    long messages,
    long payloadBytes,
    Duration elapsed) {

  List<String> fields() {
    return List.of(
        intervalStart.toString(),
        negotiatedFrom.toString(),
        warm ? "warm" : "cold",
        Integer.toString(rounds),
        Integer.toString(feedbackPasses),
        Boolean.toString(certified),
        Boolean.toString(inForce),
        reason,
        CsvLog.number(shrinkFactor),
        CsvLog.number(objective),
        Long.toString(messages),
        Long.toString(payloadBytes),
        CsvLog.number(elapsed.toNanos() / 1e9));
  }
}
