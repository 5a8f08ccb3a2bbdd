package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.sunspec.ModelImage;

/** The models of an emulated device that are only read: 1, 103, 701, 702, 713. */
final class DerReadings {
  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;
  private static final double NOMINAL_VOLT = 400;
  private static final double NOMINAL_HERTZ = 50;
  private static final double PHASE_TO_PHASE = Math.sqrt(3);
  private static final int THREE_PHASE = 2;
  private static final int ON = 1;
  private static final int INV_RUNNING = 3;
  private static final int MPPT = 4;
  private static final int OFF = 1;
  private static final int CAN_LIMIT = 1;
  private static final int CAN_SET = 2;
  private static final int CAN_VOLT_VAR = 1 << 4;
  private static final int CAN_VOLT_WATT = 1 << 10;
  private static final int INT16_MAX = 32_767;
  private static final int UINT16_MAX = 65_534;

  private final EmulatedPlant plant;
  private final Rating rating;
  private final double ratedWatts;
  private final ModelImage common = ModelImage.blank(1);
  private final ModelImage inverter = ModelImage.blank(103);
  private final ModelImage measurement = ModelImage.blank(701);
  private final ModelImage capacity = ModelImage.blank(702);
  private final ModelImage storage = ModelImage.blank(713);
  private final FaultState faults;

  DerReadings(EmulatedPlant plant) {
    this(plant, FaultState.none(plant));
  }

  DerReadings(EmulatedPlant plant, FaultState faults) {
    this.plant = plant;
    this.faults = faults;
    this.rating = plant.rating();
    this.ratedWatts = Math.max(rating.injectionKw(), rating.drawKw()) * WATTS_PER_KW;
    fillCommon();
    fillCapacity();
    scaleMeasurements();
  }

  /** The models of a load. */
  List<ModelImage> images() {
    return List.of(common, measurement, capacity);
  }

  /** The models of a device that takes commands. */
  List<ModelImage> imagesWith(ModelImage control) {
    List<ModelImage> images =
        new ArrayList<>(List.of(common, inverter, measurement, capacity, control));
    if (plant.kind() == Kind.STORAGE) {
      images.add(storage);
    }
    return List.copyOf(images);
  }

  /** Identification and the measurement of an inverter: the models of both generations. */
  List<ModelImage> identityAndInverter() {
    return List.of(common, inverter);
  }

  /** What 100 % stands for to a client: {@code WMax} as coded. */
  double ratedKw() {
    return capacity.value("WMax").orElseThrow() / WATTS_PER_KW;
  }

  void refresh() {
    double watts = faults.measuredKw() * WATTS_PER_KW;
    double vars = plant.reactivePowerKvar() * WATTS_PER_KW;
    double voltAmperes = Math.hypot(watts, vars);
    double lineVolt = plant.voltagePu() * NOMINAL_VOLT;
    double phaseVolt = lineVolt / PHASE_TO_PHASE;
    double ampere = phaseVolt > 0 ? voltAmperes / 3 / phaseVolt : 0;
    double powerFactor = voltAmperes > 0 ? watts / voltAmperes : 1;
    measurement
        .put("W", watts)
        .put("VA", voltAmperes)
        .put("Var", vars)
        .put("PF", powerFactor)
        .put("A", 3 * ampere)
        .put("LLV", lineVolt)
        .put("LNV", phaseVolt)
        .put("Hz", NOMINAL_HERTZ)
        .put("TotWhInj", plant.injectedEnergyKwh() * WATTS_PER_KW)
        .put("TotWhAbs", plant.drawnEnergyKwh() * WATTS_PER_KW);
    for (String phase : List.of("L1", "L2", "L3")) {
      measurement.put("W" + phase, watts / 3).put("Var" + phase, vars / 3);
      measurement.put("V" + phase, phaseVolt).put("A" + phase, ampere);
    }
    measurement.putRaw("ConnSt", plant.connected() ? ON : 0);
    inverter
        .putRaw("St", plant.connected() ? MPPT : OFF)
        .put("W", watts)
        .put("VA", voltAmperes)
        .put("VAr", vars)
        .put("PF", powerFactor * PERCENT)
        .put("A", 3 * ampere)
        .put("Hz", NOMINAL_HERTZ)
        .put("WH", plant.injectedEnergyKwh() * WATTS_PER_KW);
    for (String phase : List.of("A", "B", "C")) {
      inverter.put("Aph" + phase, ampere).put("PhVph" + phase, phaseVolt);
    }
    if (plant.kind() == Kind.STORAGE) {
      storage
          .put("SoC", plant.socFraction() * PERCENT)
          .put("WHAvail", plant.storedEnergyKwh() * WATTS_PER_KW);
    }
  }

  private void fillCommon() {
    common
        .putText("Mn", "NDOE")
        .putText("Md", "emulated " + plant.kind().name().toLowerCase(Locale.ROOT))
        .putText("Vr", "1")
        .putText("SN", plant.id().value())
        .putRaw("DA", 1);
  }

  private void fillCapacity() {
    double largest = Math.max(ratedWatts, 1);
    int power = power(Math.max(largest, plant.apparentRatingKva() * WATTS_PER_KW), UINT16_MAX);
    double generatorWatts =
        plant.kind() == Kind.GENERATOR ? rating.injectionKw() * WATTS_PER_KW : ratedWatts;
    capacity.putRaw("W_SF", power).putRaw("VA_SF", power).putRaw("V_SF", -2);
    for (String kind : List.of("Rtg", "")) {
      capacity
          .put("WMax" + kind, down(generatorWatts, power))
          .put("VAMax" + kind, down(plant.apparentRatingKva() * WATTS_PER_KW, power))
          .put("VNom" + kind, NOMINAL_VOLT);
      if (plant.kind() == Kind.STORAGE) {
        capacity
            .put("WChaRteMax" + kind, down(rating.drawKw() * WATTS_PER_KW, power))
            .put("WDisChaRteMax" + kind, down(rating.injectionKw() * WATTS_PER_KW, power));
      }
    }
    if (plant.kind() != Kind.LOAD) {
      int control = plant.kind() == Kind.STORAGE ? CAN_SET : CAN_LIMIT;
      capacity.putRaw("CtrlModes", control | CAN_VOLT_VAR | CAN_VOLT_WATT);
      capacity.putRaw("Var_SF", power);
      for (String point : List.of("VarMaxInj", "VarMaxAbs", "VarMaxInjRtg", "VarMaxAbsRtg")) {
        capacity.put(point, down(plant.reactiveRatingKvar() * WATTS_PER_KW, power));
      }
    } else {
      capacity.putRaw("CtrlModes", 0);
    }
    if (plant.kind() == Kind.STORAGE) {
      double wattHours = rating.energyKwh() * WATTS_PER_KW;
      storage.putRaw("WH_SF", power(wattHours, UINT16_MAX)).putRaw("Pct_SF", -2);
      storage.put("WHRtg", wattHours).put("SoH", PERCENT).putRaw("Sta", 0);
    }
  }

  /** A rating is never stated larger than it is: whoever asks for it would be refused. */
  static double down(double watts, int power) {
    double unit = Math.pow(10, power);
    return Math.floor(watts / unit + 1e-9) * unit;
  }

  private void scaleMeasurements() {
    double largest = Math.max(2 * ratedWatts, plant.apparentRatingKva() * WATTS_PER_KW);
    int watts = power(largest, INT16_MAX);
    int ampere = power(largest / NOMINAL_VOLT * PHASE_TO_PHASE, INT16_MAX);
    for (String point : List.of("W_SF", "VA_SF", "Var_SF")) {
      measurement.putRaw(point, watts);
    }
    measurement
        .putRaw("ACType", THREE_PHASE)
        .putRaw("St", ON)
        .putRaw("InvSt", INV_RUNNING)
        .putRaw("ConnSt", ON)
        .putRaw("Alrm", 0)
        .putRaw("DERMode", 1)
        .putRaw("A_SF", ampere)
        .putRaw("V_SF", -2)
        .putRaw("Hz_SF", -3)
        .putRaw("PF_SF", -3)
        .putRaw("TotWh_SF", 0);
    for (String point : List.of("W_SF", "VA_SF", "VAr_SF")) {
      inverter.putRaw(point, watts);
    }
    inverter
        .putRaw("A_SF", ampere)
        .putRaw("V_SF", -2)
        .putRaw("Hz_SF", -2)
        .putRaw("PF_SF", -1)
        .putRaw("WH_SF", 0)
        .putRaw("Tmp_SF", 0)
        .putRaw("St", MPPT)
        .putRaw("Evt1", 0)
        .putRaw("Evt2", 0);
  }

  /** The scale factor of an unsigned register. */
  static int unsignedPower(double largest) {
    return power(largest, UINT16_MAX);
  }

  /** The scale factor of a signed register. */
  static int signedPower(double largest) {
    return power(largest, INT16_MAX);
  }

  /** The smallest power of ten by which a value fits a register. */
  private static int power(double largest, int most) {
    int power = -4;
    while (largest / Math.pow(10, power) > most) {
      power++;
    }
    return power;
  }
}
