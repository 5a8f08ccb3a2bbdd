package ndoe.cosim.helics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ndoe.cosim.helics.ValueFederate.Publication;
import ndoe.cosim.powerflow.GridState;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;

/**
 * What the twin tells the federation after each solution. Where the engine found none, {@code
 * converged} is 0 and voltages and losses are NaN, so that nobody goes on with old ones.
 */
final class TwinOutputs {
  private final List<Publication> voltages = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private final Publication losses;
  private final Publication reactiveLosses;
  private final Publication converged;
  private final Publication networkViolations;
  private final Publication envelopeViolations;

  TwinOutputs(ValueFederate federate, TwinNames names, TwinDay day) {
    Feeder feeder = day.scenario().feeder();
    for (BusId bus : feeder.buses()) {
      voltages.add(federate.publication(names.busVoltage(bus), "pu"));
    }
    for (ConnectionPoint point : day.scenario().connectionPoints()) {
      points.add(new Point(federate, names, point, feeder.at(point.bus())));
    }
    losses = federate.publication(names.ofFeeder("losses_kw"), "kW");
    reactiveLosses = federate.publication(names.ofFeeder("losses_kvar"), "kVAR");
    converged = federate.publication(names.ofFeeder("converged"), "");
    networkViolations = federate.publication(names.ofFeeder("network_violations"), "");
    envelopeViolations = federate.publication(names.ofFeeder("envelope_violations"), "");
  }

  void publish(TwinStep step) {
    GridState state = step.state();
    for (int bus = 0; bus < voltages.size(); bus++) {
      voltages.get(bus).publish(voltagePu(state, bus));
    }
    for (int point = 0; point < points.size(); point++) {
      points.get(point).publish(step.points().get(point), state);
    }
    losses.publish(state.lossesKw());
    reactiveLosses.publish(state.lossesKvar());
    converged.publish(state.converged() ? 1 : 0);
    networkViolations.publish(step.violations().size());
    envelopeViolations.publish(step.outsideEnvelope());
  }

  /** The phases of a balanced feeder are equal. */
  private static double voltagePu(GridState state, int bus) {
    return state.converged() ? state.voltagePu(bus, 0) : Double.NaN;
  }

  /** What is told of one connection point. */
  private static final class Point {
    private final int[] buses;
    private final Publication netImport;
    private final Publication reactive;
    private final Publication voltage;
    private final Publication importLimit;
    private final Publication exportLimit;
    private final Publication outside;

    Point(ValueFederate federate, TwinNames names, ConnectionPoint point, int[] buses) {
      this.buses = buses;
      netImport = federate.publication(names.ofPoint(point.prosumer(), "net_import_kw"), "kW");
      reactive =
          federate.publication(names.ofPoint(point.prosumer(), "reactive_import_kvar"), "kVAR");
      voltage = federate.publication(names.ofPoint(point.prosumer(), "voltage_pu"), "pu");
      importLimit = federate.publication(names.ofPoint(point.prosumer(), "import_limit_kw"), "kW");
      exportLimit = federate.publication(names.ofPoint(point.prosumer(), "export_limit_kw"), "kW");
      outside = federate.publication(names.ofPoint(point.prosumer(), "outside_envelope_kw"), "kW");
    }

    void publish(PointExchange exchange, GridState state) {
      netImport.publish(exchange.netImportKw());
      reactive.publish(exchange.reactiveImportKvar());
      voltage.publish(
          Arrays.stream(buses).mapToDouble(bus -> voltagePu(state, bus)).average().orElseThrow());
      importLimit.publish(exchange.envelope().importLimitKw());
      exportLimit.publish(exchange.envelope().exportLimitKw());
      outside.publish(exchange.outsideEnvelopeKw());
    }
  }
}
