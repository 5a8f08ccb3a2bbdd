package ndoe.devices.emulator;

/** Which generation of SunSpec models an emulated device serves. */
public enum Flavour {
  /** 701 to 715, as IEEE 1547-2018 made them necessary; a control reverts to a value. */
  SEVEN_HUNDRED,
  /** 101 to 132 and 802; a control that expires is released. */
  ONE_HUNDRED
}
