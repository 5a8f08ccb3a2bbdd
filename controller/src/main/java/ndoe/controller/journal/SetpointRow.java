package ndoe.controller.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.feeders.ProsumerId;

/**
 * One setpoint and what became of it; a line of {@code setpoints.csv}.
 *
 * @param role of the device: {@code pv}, {@code battery}, …
 * @param quantity what was set: {@code active_power_limit} or {@code active_power}
 * @param askedKw injection positive, kW
 * @param appliedKw read back from the device, kW; empty when it was not applied
 * @param reason why it was not applied as asked, blank otherwise
 * @param at when it was read back or given up
 */
public record SetpointRow(
    LocalDateTime intervalStart,
    ProsumerId prosumer,
    DeviceId device,
    String role,
    String quantity,
    double askedKw,
    OptionalDouble appliedKw,
    Result result,
    String reason,
    Instant at) {

  /** What became of a setpoint. */
  public enum Result {
    APPLIED,
    LIMITED,
    REJECTED,
    UNCONFIRMED,
    WITHHELD
  }

  /**
   * The line for a receipt.
   *
   * @param now used when the receipt has no time of its own
   */
  public static SetpointRow of(
      LocalDateTime intervalStart,
      ProsumerId prosumer,
      String role,
      String quantity,
      DispatchReceipt receipt,
      Instant now) {
    OptionalDouble applied = OptionalDouble.empty();
    Result result = Result.APPLIED;
    String reason = "";
    Instant at = now;
    if (receipt instanceof DispatchReceipt.Applied taken) {
      applied = OptionalDouble.of(taken.appliedKw());
      at = taken.at();
    } else if (receipt instanceof DispatchReceipt.Limited held) {
      applied = OptionalDouble.of(held.appliedKw());
      result = Result.LIMITED;
      reason = held.reason();
      at = held.at();
    } else if (receipt instanceof DispatchReceipt.Rejected rejected) {
      result = Result.REJECTED;
      reason = rejected.reason();
    } else if (receipt instanceof DispatchReceipt.Withheld) {
      result = Result.WITHHELD;
      reason = "dry run";
    } else if (receipt instanceof DispatchReceipt.Unconfirmed unconfirmed) {
      result = Result.UNCONFIRMED;
      reason = unconfirmed.reason();
    }
    return new SetpointRow(
        intervalStart,
        prosumer,
        receipt.device(),
        role,
        quantity,
        receipt.askedKw(),
        applied,
        result,
        reason,
        at);
  }

  List<String> fields() {
    return List.of(
        intervalStart.toString(),
        prosumer.value(),
        device.value(),
        role,
        quantity,
        CsvLog.number(askedKw),
        CsvLog.number(appliedKw),
        result.name().toLowerCase(Locale.ROOT),
        reason,
        at.toString());
  }
}
