package ndoe.controller.loop;

import java.nio.file.Path;
import java.util.List;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Verdict;

/** Hears how a run gets on. */
public interface RunListener extends NegotiationListener {

  /** Tells several listeners the same, one after the other. */
  static RunListener all(List<RunListener> listeners) {
    return Listeners.all(RunListener.class, listeners);
  }

  /** The folder everything is kept in. */
  default void folder(Path folder) {}

  /** Some envelope is below the default one, at most by this much, kW. */
  default void belowDefault(double shortfallKw) {}

  /** Passive load alone breaks a linear limit by this much, squared per unit or MVA. */
  default void passiveLoadBreaksLimits(double slack) {}

  /** The parties did not agree in time; the last offers count. */
  default void notAgreed(int rounds) {}

  /** What was agreed on, with the judge’s verdict; written in the folder by now. */
  default void agreed(Agreement agreement) {}

  default void judged(Verdict verdict) {}

  /** Devices are connected and the day begins. */
  default void connected(int devices, int real) {}

  /** What the day is run with, after all is connected and before its first interval. */
  default void equipped(Equipment equipment) {}

  /** A run that was killed goes on, at this interval; -1 stands for the negotiation. */
  default void resumed(int interval) {}

  /** Hears how people agree while the run goes on, in a thread of its own. */
  default NegotiationListener meanwhile() {
    return NegotiationListener.SILENT;
  }

  /** What came of a negotiation while the run went on. */
  default void renewed(RenewalRow row) {}

  /** Intervals from this one on passed without a step, because the one before took too long. */
  default void missed(int interval, int steps) {}

  /** Devices and connection points were read when setpoints were renewed, without a record. */
  default void read(int interval, List<MeasurementRow> rows) {}

  /** The feeder’s twin with what was measured in an interval, before the interval is done. */
  default void observed(int interval, GridState state) {}

  /**
   * An interval is done.
   *
   * @param lowestVoltagePu of the feeder’s twin, per unit
   * @param highestVoltagePu of the feeder’s twin, per unit
   */
  default void step(
      int interval, int ofIntervals, double lowestVoltagePu, double highestVoltagePu) {}
}
