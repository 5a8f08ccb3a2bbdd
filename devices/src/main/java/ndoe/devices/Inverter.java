package ndoe.devices;

/** A generator whose active power can be limited: PV, wind, micro-turbine. */
public non-sealed interface Inverter extends Device {

  /** Largest active power, kW. */
  double ratingKw();

  /**
   * Injects at most this much until told otherwise or until the link is lost, then at most {@code
   * reversionKw} as configured.
   *
   * @param limitKw 0 to {@link #ratingKw()}, kW; coded downwards, never above
   */
  DispatchReceipt limitActivePower(double limitKw);
}
