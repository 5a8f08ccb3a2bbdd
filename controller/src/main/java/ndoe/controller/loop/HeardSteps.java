package ndoe.controller.loop;

import java.util.List;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RenewalRow;
import ndoe.cosim.twin.FeederTwin.Observation;

/** Tells the listener of a run about its steps. */
record HeardSteps(RunListener listener) implements ControlLoop.StepListener {
  @Override
  public void read(int interval, List<MeasurementRow> rows) {
    listener.read(interval, rows);
  }

  @Override
  public void step(int interval, int ofIntervals, Observation observation) {
    listener.observed(interval, observation.state());
    listener.step(
        interval,
        ofIntervals,
        observation.state().voltagesPu().stream().min().orElse(Double.NaN),
        observation.state().voltagesPu().stream().max().orElse(Double.NaN));
  }

  @Override
  public void renewed(RenewalRow row) {
    listener.renewed(row);
  }

  @Override
  public void missed(int interval, int steps) {
    listener.missed(interval, steps);
  }
}
