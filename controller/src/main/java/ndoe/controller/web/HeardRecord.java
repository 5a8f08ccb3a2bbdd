package ndoe.controller.web;

import java.util.List;
import ndoe.controller.journal.EventRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RecordListener;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.ViolationRow;
import ndoe.feeders.EnvelopePlan;

/** Puts on the page what a run has recorded. */
record HeardRecord(PageDesk desk) implements RecordListener {
  @Override
  public void envelopes(EnvelopePlan plan) {
    desk.tell(state -> state.envelopes(plan));
  }

  @Override
  public void setpoints(List<SetpointRow> rows) {
    desk.tell(state -> state.setpoints(rows));
  }

  @Override
  public void measurements(List<MeasurementRow> rows) {
    desk.tell(state -> state.measurements(rows));
  }

  @Override
  public void violations(List<ViolationRow> rows) {
    desk.tell(state -> state.violations(rows));
  }

  @Override
  public void event(EventRow row) {
    desk.tell(state -> state.event(row));
  }

  @Override
  public void broken(RunFolderException failure) {
    desk.tell(state -> state.event(desk.now(), "alarm", "", failure.getMessage()));
  }
}
