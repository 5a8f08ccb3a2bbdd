package ndoe.controller.journal;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A moment at which a run can be made to die, to rehearse that it can be resumed: the system
 * property {@code ndoe.dieAt} names the point and, after a colon, how many times it is passed
 * before, 0 if absent: {@code commands-committed:3}. The process ends at once, without a shutdown.
 */
public enum KillPoint {
  /** What was asked is committed, nothing has happened. */
  STARTED,
  /** Something is written but not committed. */
  TRANSACTION_OPEN,
  /** A round of the negotiation is committed. */
  ROUND_COMMITTED,
  /** The agreement is known but not in the run folder. */
  AGREED,
  /** Envelopes, trades and prices are committed, but not yet that this was all. */
  AGREEMENT_WRITTEN,
  /** The agreement is committed as a whole. */
  AGREEMENT_COMMITTED,
  /** Devices are connected. */
  CONNECTED,
  /** A negotiation that begins while the run goes on is committed. */
  RENEWAL_BEGUN,
  /** What came of it is committed and maybe in force. */
  RENEWED,
  /** An interval begins. */
  STEP_BEGUN,
  /** Commands are committed and not sent. */
  COMMANDS_COMMITTED,
  /** Commands are sent and their receipts are not committed. */
  COMMANDS_SENT,
  /** Receipts are committed. */
  RECEIPTS_COMMITTED,
  /** Measurements are committed. */
  MEASUREMENTS_COMMITTED,
  /** Rows are committed and not in their CSV file. */
  BEFORE_EXPORT,
  /** All of an interval is done, but not committed as complete. */
  STEP_DONE,
  /** An interval is committed as complete. */
  STEP_COMMITTED,
  /** The devices are at their default and the day is over. */
  LEFT,
  /** The end is committed and not in {@code run.json}. */
  END_COMMITTED,
  /** All but the report is written. */
  BEFORE_REPORT;

  private static final String PROPERTY = "ndoe.dieAt";
  private static final int KILLED = 137;

  /** Passages of the one point that was asked for. */
  private static final AtomicInteger PASSED = new AtomicInteger();

  /** Whether a run passes here many times. */
  public boolean isPassedOften() {
    return switch (this) {
      case TRANSACTION_OPEN,
          ROUND_COMMITTED,
          COMMANDS_COMMITTED,
          COMMANDS_SENT,
          RECEIPTS_COMMITTED,
          MEASUREMENTS_COMMITTED,
          BEFORE_EXPORT ->
          true;
      default -> false;
    };
  }

  /** As the property names it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The setting that makes a run die here; for a command line. */
  public String setting(int passedBefore) {
    return "-D%s=%s:%d".formatted(PROPERTY, word(), passedBefore);
  }

  /** Ends the process if it was told to die here. */
  public void pass() {
    String asked = System.getProperty(PROPERTY, "");
    if (asked.isEmpty()) {
      return;
    }
    String[] parts = asked.split(":", 2);
    int before = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    if (parts[0].equals(word()) && PASSED.getAndIncrement() == before) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
