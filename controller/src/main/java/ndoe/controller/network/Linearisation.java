package ndoe.controller.network;

import java.util.List;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;

/** The linear networks of a horizon: one that holds near each corner of each interval. */
public interface Linearisation {
  int buses();

  int lines();

  /** Holds where everybody imports what the envelope allows. */
  LinearNetwork importing(int interval);

  /** Holds where everybody exports what the envelope allows. */
  LinearNetwork exporting(int interval);

  /** The same taken around the corners of these envelopes, if that makes a difference. */
  Linearisation around(EnvelopePlan envelopes, List<AssetSchedule> assets);
}
