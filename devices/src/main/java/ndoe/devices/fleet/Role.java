package ndoe.devices.fleet;

/** What a device is for its owner. */
public enum Role {
  PV(Nature.INVERTER),
  WIND(Nature.INVERTER),
  MICRO_TURBINE(Nature.INVERTER),
  BATTERY(Nature.BATTERY),
  VEHICLE(Nature.BATTERY),
  FLEXIBLE_LOAD(Nature.BATTERY),
  METER(Nature.METER);

  private final Nature nature;

  Role(Nature nature) {
    this.nature = nature;
  }

  public Nature nature() {
    return nature;
  }

  /** The interface a device is driven through. */
  public enum Nature {
    /** {@link ndoe.devices.Inverter}. */
    INVERTER,
    /** {@link ndoe.devices.Battery}. */
    BATTERY,
    /** {@link ndoe.devices.LoadMeter}. */
    METER
  }
}
