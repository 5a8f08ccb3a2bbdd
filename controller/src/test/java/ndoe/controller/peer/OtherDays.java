package ndoe.controller.peer;

import java.util.List;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.OperatorData;
import ndoe.feeders.Scenario;
import ndoe.feeders.StorageRating;

/** Variants of the reference day; the same changes are in {@code make_expected.py}. */
final class OtherDays {
  private static final double RATING_FACTOR = 0.7;
  private static final double TAN_PHI = 0.2;
  private static final double LOSS_PRICE_PER_KWH = 20;
  private static final double WEAR_PER_KWH = 0.0001;
  private static final OperatingEnvelope NO_FLOOR = new OperatingEnvelope(0, 0);
  private static final BusId BATTERY_BUS = new BusId("18");

  private OtherDays() {}

  /** The operator’s problem of the method alone: offers may go down to nothing. */
  static OperatorKnowledge withoutFloor(Scenario scenario) {
    return new OperatorKnowledge(
        scenario.feeder(),
        scenario.passiveLoads(),
        points(scenario, 0),
        scenario.horizon(),
        scenario.operator());
  }

  /** Needs what the reference day leaves idle: ratings, battery, reactive power of prosumers. */
  static OperatorKnowledge stressed(Scenario scenario) {
    return new OperatorKnowledge(
        weaker(scenario.feeder()),
        scenario.passiveLoads(),
        points(scenario, TAN_PHI),
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
        feeder.lines().stream().map(OtherDays::weaker).toList(),
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

  private static List<ConnectionPoint> points(Scenario scenario, double tanPhi) {
    return scenario.connectionPoints().stream()
        .map(
            point ->
                new ConnectionPoint(
                    point.prosumer(),
                    point.bus(),
                    tanPhi,
                    point.importCapacityKw(),
                    point.exportCapacityKw(),
                    NO_FLOOR))
        .toList();
  }

  private static OperatorData costlier(OperatorData data) {
    return new OperatorData(
        LOSS_PRICE_PER_KWH,
        data.envelopeValueSlope(),
        data.envelopeValueCurvature(),
        data.fairness(),
        OperatorData.RiskMode.UNIMODAL,
        data.violationProbability(),
        data.loadForecastErrorFraction(),
        data.loadForecastCorrelation(),
        data.staticVarCompensators(),
        data.batteries().stream().map(OtherDays::movedAndHardlyWorn).toList());
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
