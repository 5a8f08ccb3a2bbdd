package ndoe.feeders;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything one prosumer knows about itself; nobody else may read it.
 *
 * @param loadKw consumption without vehicle and before shifting, kW per interval
 * @param flexibleLoadFraction share of the load that may be shifted, fraction
 * @param shedPricePerKwh cost of load not served, currency/kWh
 * @param curtailmentPricePerKwh cost of generation not used, currency/kWh
 * @param generationHistoryKw total of PV and wind on past days, kW per interval, earliest first
 */
public record ProsumerSite(
    ConnectionPoint connectionPoint,
    Profile loadKw,
    Optional<Generator> pv,
    Optional<Generator> wind,
    Optional<StorageRating> battery,
    Optional<ElectricVehicle> vehicle,
    Optional<MicroTurbine> microTurbine,
    double flexibleLoadFraction,
    double shedPricePerKwh,
    double curtailmentPricePerKwh,
    List<Profile> generationHistoryKw) {
  public ProsumerSite {
    generationHistoryKw = List.copyOf(generationHistoryKw);
  }

  public ProsumerId id() {
    return connectionPoint.prosumer();
  }

  /** The same equipment connected elsewhere or otherwise. */
  public ProsumerSite withConnectionPoint(ConnectionPoint other) {
    return changed(other, UnaryOperator.identity(), generationHistoryKw);
  }

  /** The same site with another past, kW per interval, earliest day first. */
  public ProsumerSite withGenerationHistory(List<Profile> pastKw) {
    return changed(connectionPoint, UnaryOperator.identity(), pastKw);
  }

  /** The same site with other profiles, also of past days. */
  ProsumerSite mapProfiles(UnaryOperator<Profile> change) {
    return changed(connectionPoint, change, generationHistoryKw.stream().map(change).toList());
  }

  private ProsumerSite changed(
      ConnectionPoint connectionPoint, UnaryOperator<Profile> change, List<Profile> history) {
    return new ProsumerSite(
        connectionPoint,
        change.apply(loadKw),
        pv.map(plant -> plant.mapProfile(change)),
        wind.map(plant -> plant.mapProfile(change)),
        battery,
        vehicle,
        microTurbine,
        flexibleLoadFraction,
        shedPricePerKwh,
        curtailmentPricePerKwh,
        history);
  }

  /**
   * A plant that follows the weather.
   *
   * @param peakKw rating, kW
   * @param availablePowerKw what the weather of the day we run allows, kW per interval
   */
  public record Generator(double peakKw, Profile availablePowerKw) {

    private Generator mapProfile(UnaryOperator<Profile> change) {
      return new Generator(peakKw, change.apply(availablePowerKw));
    }
  }

  /**
   * A vehicle that charges while plugged in, from arrival to departure across midnight.
   *
   * @param powerKw most it charges, kW
   * @param energyKwh size of its battery, kWh
   * @param requiredKwh due over the plugged-in intervals of the horizon, kWh
   * @param unservedPricePerKwh cost of what is missing at departure, currency/kWh
   */
  public record ElectricVehicle(
      double powerKw,
      double energyKwh,
      LocalTime arrive,
      LocalTime depart,
      double requiredKwh,
      double unservedPricePerKwh) {

    /** One-way charging efficiency, fraction. */
    public static final double CHARGING_EFFICIENCY = 0.95;

    public boolean pluggedInAt(LocalTime time) {
      boolean afterArrival = !time.isBefore(arrive);
      boolean beforeDeparture = time.isBefore(depart);
      return arrive.isBefore(depart)
          ? afterArrival && beforeDeparture
          : afterArrival || beforeDeparture;
    }
  }

  /**
   * A generator that burns fuel.
   *
   * @param costPerKwh fuel, currency/kWh
   */
  public record MicroTurbine(double powerKw, double costPerKwh) {}
}
