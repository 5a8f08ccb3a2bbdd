package ndoe.devices.emulator;

import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.sunspec.ModelImage;

/** Model 802 of an emulated storage: its battery, with a heartbeat each second. */
final class BatteryStatus implements WritableModel {
  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;
  private static final double BATTERY_VOLT = 400;
  private static final long REMOTE = 0;
  private static final long LITHIUM_ION = 4;
  private static final long STATE_CONNECTED = 3;
  private static final long STATE_DISCONNECTED = 1;
  private static final long CONNECT = 1;
  private static final long INVERTER_STARTED = 3;
  private static final int COUNTER = 0xFFFF;

  private final EmulatedPlant plant;
  private final FaultState faults;
  private final long startedNanos;
  private final ModelImage image = ModelImage.blank(802);
  private final WritablePoints writable = new WritablePoints(image, List.of("CtrlHb"));

  BatteryStatus(EmulatedPlant plant, FaultState faults) {
    this.plant = plant;
    this.faults = faults;
    this.startedNanos = plant.monotonicNanos().getAsLong();
    Rating rating = plant.rating();
    double wattHours = rating.energyKwh() * WATTS_PER_KW;
    double watts = Math.max(rating.injectionKw(), rating.drawKw()) * WATTS_PER_KW;
    image
        .putRaw("WHRtg_SF", DerReadings.unsignedPower(wattHours))
        .putRaw("AHRtg_SF", DerReadings.unsignedPower(wattHours / BATTERY_VOLT))
        .putRaw("WChaDisChaMax_SF", DerReadings.unsignedPower(watts))
        .putRaw("W_SF", DerReadings.signedPower(2 * watts))
        .putRaw("A_SF", DerReadings.signedPower(2 * watts / BATTERY_VOLT))
        .putRaw("AMax_SF", DerReadings.signedPower(2 * watts / BATTERY_VOLT))
        .putRaw("SoC_SF", -2)
        .putRaw("SoH_SF", -2)
        .putRaw("V_SF", -1)
        .putRaw("CellV_SF", -3);
    image
        .put("WHRtg", wattHours)
        .put("AHRtg", wattHours / BATTERY_VOLT)
        .put("WChaRteMax", rating.drawKw() * WATTS_PER_KW)
        .put("WDisChaRteMax", rating.injectionKw() * WATTS_PER_KW)
        .put("SoCMax", rating.socMaxFraction() * PERCENT)
        .put("SoCMin", rating.socMinFraction() * PERCENT)
        .put("SoH", PERCENT)
        .putRaw("LocRemCtl", REMOTE)
        .putRaw("CtrlHb", 0)
        .putRaw("AlmRst", 0)
        .putRaw("Typ", LITHIUM_ION)
        .putRaw("SetOp", CONNECT)
        .putRaw("SetInvState", INVERTER_STARTED);
    for (String event : List.of("Evt1", "Evt2", "EvtVnd1", "EvtVnd2")) {
      image.putRaw(event, 0);
    }
  }

  @Override
  public ModelImage image() {
    return image;
  }

  @Override
  public void refresh() {}

  /** Brings measurements and heartbeat up to date. */
  void measure() {
    double watts = faults.measuredKw() * WATTS_PER_KW;
    image
        .put("SoC", plant.socFraction() * PERCENT)
        .putRaw("ChaSt", StorageControl.chargeStatus(plant))
        .putRaw("State", plant.connected() ? STATE_CONNECTED : STATE_DISCONNECTED)
        .put("V", BATTERY_VOLT)
        .put("A", watts / BATTERY_VOLT)
        .put("W", watts)
        .putRaw("Hb", OperationControl.secondsSince(plant, startedNanos) % COUNTER);
  }

  @Override
  public boolean writable(int from, int to) {
    return writable.cover(from, to);
  }

  @Override
  public boolean take(int offset, int[] values) {
    image.overwrite(offset, values);
    return true;
  }
}
