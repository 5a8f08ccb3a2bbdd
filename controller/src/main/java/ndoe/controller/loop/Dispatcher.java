package ndoe.controller.loop;

import ndoe.controller.prosumer.DeviceSchedule;
import ndoe.feeders.OperatingEnvelope;

/**
 * Turns a schedule into setpoints that keep the connection point inside its envelope whatever the
 * sun and the wind do until the next measurement: generation is limited to what the export limit
 * leaves beside the measured load, not to what is generated now.
 */
final class Dispatcher {
  /**
   * Kept clear of each limit for metering and device accuracy: a share of it, and at least this.
   */
  private static final double GUARD_FRACTION = 0.005;

  private static final double GUARD_KW = 0.1;

  private Dispatcher() {}

  /**
   * Setpoints for one interval.
   *
   * @param reading what the devices do now; its load is taken to stay
   */
  static SiteSetpoints setpoints(
      DeviceSchedule schedule,
      SiteReading reading,
      OperatingEnvelope envelope,
      SiteRatings ratings) {
    double room = guarded(envelope.importLimitKw()) - reading.loadKw();
    double flexible = Math.max(0, schedule.flexibleKw());
    double vehicle = clamp(schedule.vehicleKw(), 0, ratings.vehicleKw());
    double battery = clamp(schedule.batteryKw(), -ratings.batteryKw(), ratings.batteryKw());
    double turbine = clamp(schedule.turbineKw(), 0, ratings.turbineKw());
    double generation = Math.max(0, reading.generationKw() - schedule.curtailedKw());

    double excess = flexible + vehicle - battery - turbine - generation - room;
    double less = clamp(excess, 0, flexible);
    flexible -= less;
    excess -= less;
    less = clamp(excess, 0, vehicle);
    vehicle -= less;
    excess -= less;
    double more = clamp(excess, 0, ratings.batteryKw() - battery);
    battery += more;
    excess -= more;
    turbine += clamp(excess, 0, ratings.turbineKw() - turbine);

    double exportRoom =
        guarded(envelope.exportLimitKw()) + reading.loadKw() + flexible + vehicle - battery;
    turbine = clamp(turbine, 0, Math.max(0, exportRoom));
    double headroom = exportRoom - turbine;
    if (headroom < 0) {
      battery = clamp(battery + headroom, -ratings.batteryKw(), ratings.batteryKw());
      headroom = 0;
    }
    return limited(reading, ratings, headroom, turbine, battery, vehicle, flexible);
  }

  private static SiteSetpoints limited(
      SiteReading reading,
      SiteRatings ratings,
      double headroom,
      double turbine,
      double battery,
      double vehicle,
      double flexible) {
    double spare = headroom - reading.generationKw();
    double rated = ratings.pvKw() + ratings.windKw();
    double pvShare;
    if (spare >= 0) {
      double part = rated > 0 ? ratings.pvKw() / rated : 0;
      pvShare = reading.pvKw() + spare * part;
    } else {
      pvShare = headroom * reading.pvKw() / reading.generationKw();
    }
    double pv = clamp(pvShare, 0, ratings.pvKw());
    return new SiteSetpoints(
        pv, clamp(headroom - pv, 0, ratings.windKw()), turbine, battery, vehicle, flexible);
  }

  /** Setpoints that keep the default envelope without knowing anything that happens now. */
  static SiteSetpoints defaults(OperatingEnvelope envelope, SiteRatings ratings) {
    double rated = ratings.pvKw() + ratings.windKw();
    double part = rated > 0 ? Math.min(1, guarded(envelope.exportLimitKw()) / rated) : 0;
    return new SiteSetpoints(part * ratings.pvKw(), part * ratings.windKw(), 0, 0, 0, 0);
  }

  private static double guarded(double limitKw) {
    return Math.max(0, limitKw - Math.max(GUARD_KW, GUARD_FRACTION * limitKw));
  }

  private static double clamp(double value, double lowest, double highest) {
    return Math.max(lowest, Math.min(highest, value));
  }
}
