package ndoe.controller.peer;

import ndoe.controller.dso.OperatorKnowledge;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.OperatorData;
import ndoe.feeders.Scenario;
import ndoe.feeders.StorageRating;

/**
 * The reference day made to need what it leaves idle: line ratings, the operator’s battery,
 * reactive power of prosumers. The same changes are in {@code make_expected.py}.
 */
final class StressedDay {
  private static final double RATING_FACTOR = 0.7;
  private static final double TAN_PHI = 0.2;
  private static final double LOSS_PRICE_PER_KWH = 20;
  private static final double WEAR_PER_KWH = 0.0001;
  private static final BusId BATTERY_BUS = new BusId("18");

  private StressedDay() {}

  static OperatorKnowledge of(Scenario scenario) {
    return new OperatorKnowledge(
        weaker(scenario.feeder()),
        scenario.passiveLoads(),
        scenario.connectionPoints().stream().map(StressedDay::inductive).toList(),
        scenario.horizon(),
        costlier(scenario.operator()));
  }

  private static Feeder weaker(Feeder feeder) {
    return new Feeder(
        feeder.name(),
        feeder.nominalVoltageKv(),
        feeder.sourceVoltagePu(),
        feeder.voltageLimits(),
        feeder.buses(),
        feeder.lines().stream().map(StressedDay::weaker).toList(),
        feeder.loads());
  }

  private static Line weaker(Line line) {
    return new Line(
        line.id(),
        line.from(),
        line.to(),
        line.resistanceOhm(),
        line.reactanceOhm(),
        RATING_FACTOR * line.ratingKva());
  }

  private static ConnectionPoint inductive(ConnectionPoint point) {
    return new ConnectionPoint(
        point.prosumer(),
        point.bus(),
        TAN_PHI,
        point.importCapacityKw(),
        point.exportCapacityKw(),
        point.defaultEnvelope());
  }

  private static OperatorData costlier(OperatorData data) {
    return new OperatorData(
        LOSS_PRICE_PER_KWH,
        data.envelopeValueSlope(),
        data.envelopeValueCurvature(),
        OperatorData.RiskMode.UNIMODAL,
        data.violationProbability(),
        data.loadForecastErrorFraction(),
        data.loadForecastCorrelation(),
        data.staticVarCompensators(),
        data.batteries().stream().map(StressedDay::movedAndHardlyWorn).toList());
  }

  private static OperatorData.Battery movedAndHardlyWorn(OperatorData.Battery battery) {
    StorageRating rating = battery.rating();
    return new OperatorData.Battery(
        battery.id(),
        BATTERY_BUS,
        new StorageRating(
            rating.powerKw(),
            rating.energyKwh(),
            rating.efficiency(),
            rating.socMinFraction(),
            rating.socMaxFraction(),
            rating.socInitialFraction(),
            WEAR_PER_KWH));
  }
}
