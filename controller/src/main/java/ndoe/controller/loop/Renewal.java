package ndoe.controller.loop;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.negotiation.Agreement;

/**
 * What came of a negotiation while the run went on.
 *
 * @param from first interval of the run it is about
 * @param warm whether everybody went on from where it stood
 * @param agreement empty if the negotiation failed
 * @param failure why, blank if it did not
 */
record Renewal(
    int from, boolean warm, Optional<Agreement> agreement, String failure, Duration took) {

  /**
   * For the record.
   *
   * @param decidedAt interval at which it came into force or was left
   * @param whyNot it did not come into force; empty if it did
   */
  RenewalRow row(LocalDateTime decidedAt, LocalDateTime negotiatedFrom, Optional<String> whyNot) {
    return new RenewalRow(
        decidedAt,
        negotiatedFrom,
        warm,
        agreement.map(a -> a.effort().rounds()).orElse(0),
        agreement.map(a -> a.effort().feedbackPasses()).orElse(0),
        agreement.map(Agreement::certified).orElse(false),
        whyNot.isEmpty(),
        whyNot.orElse(""),
        agreement.map(Agreement::shrinkFactor).orElse(Double.NaN),
        agreement.map(Agreement::totalCost).orElse(Double.NaN),
        agreement.map(a -> a.effort().messages()).orElse(0L),
        agreement.map(a -> a.effort().payloadBytes()).orElse(0L),
        took);
  }
}
