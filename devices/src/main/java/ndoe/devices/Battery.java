package ndoe.devices;

/** A storage, or a load that can be scheduled, that follows an active power setpoint. */
public non-sealed interface Battery extends Device {

  /** Largest injection, kW, ≥ 0; 0 for a device that only draws. */
  double dischargeRatingKw();

  /** Largest draw, kW, ≥ 0. */
  double chargeRatingKw();

  /**
   * Injects this much (draws it when negative) as far as its state of charge allows.
   *
   * @param activePowerKw within the ratings, kW, injection positive
   */
  DispatchReceipt setActivePower(double activePowerKw);
}
