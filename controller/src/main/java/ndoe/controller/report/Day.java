package ndoe.controller.report;

import java.nio.file.Path;
import java.util.List;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.journal.EventRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunRecord;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.ViolationRow;
import ndoe.feeders.BusId;

/** A run folder as the page tells it. */
record Day(
    RunRecord run,
    ElectricalDistance distance,
    VoltageDay voltages,
    List<PointDay> points,
    List<SetpointRow> setpoints,
    List<DeviceDay> devices,
    List<DeviceRow> connected,
    List<ViolationRow> violations,
    List<EventRow> events,
    AgreementDay agreement) {

  static Day read(Path runFolder) {
    RunReader reader = RunReader.of(runFolder);
    RunRecord run = reader.run();
    List<MeasurementRow> measurements = reader.measurements();
    List<SetpointRow> setpoints = reader.setpoints();
    return new Day(
        run,
        ElectricalDistance.from(new BusId(run.feeder().sourceBus()), reader.feeder()),
        new VoltageDay(reader.voltages()),
        PointDay.of(reader.envelopes(), measurements),
        setpoints,
        DeviceDay.of(setpoints, measurements, reader.commands()),
        reader.devices(),
        reader.violations(),
        reader.events(),
        AgreementDay.read(reader));
  }

  long measuredSteps() {
    return points.stream().mapToLong(PointDay::measuredSteps).sum();
  }

  long stepsInside() {
    return points.stream().mapToLong(PointDay::stepsInside).sum();
  }

  long setpointsApplied() {
    return setpoints.stream().filter(row -> row.appliedKw().isPresent()).count();
  }
}
