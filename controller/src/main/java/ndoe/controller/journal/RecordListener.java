package ndoe.controller.journal;

import java.time.Duration;
import java.util.List;
import ndoe.feeders.EnvelopePlan;

/**
 * Hears what a run folder was given, when it is on disk. Called on the thread that recorded it,
 * which must not be kept waiting.
 */
public interface RecordListener {
  /** What comes belongs to this interval; the number of intervals stands for the end. */
  default void begun(int interval) {}

  default void devices(List<DeviceRow> rows) {}

  /** The envelopes in force, in place of earlier ones. */
  default void envelopes(EnvelopePlan plan) {}

  default void setpoints(List<SetpointRow> rows) {}

  default void measurements(List<MeasurementRow> rows) {}

  /** Limits found broken, at envelopes or at measured states. */
  default void violations(List<ViolationRow> rows) {}

  default void event(EventRow row) {}

  /** A transaction is on disk, which took so long. */
  default void committed(Duration took) {}

  /** Something could not be written, and nothing more will be. */
  default void broken(RunFolderException failure) {}
}
