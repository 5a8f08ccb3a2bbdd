package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import ndoe.devices.emulator.GridSupport.Function;
import ndoe.devices.emulator.VoltageCurve.Point;
import ndoe.devices.emulator.VoltageCurve.Reference;
import ndoe.devices.sunspec.ModelImage;

/** How the four models of voltage curves code a curve. */
enum CurveFormat {
  /** Volt-var of the 700 series. */
  MODEL_705(
      705,
      "Pt[%d].V",
      "Pt[%d].Var",
      "RspTms",
      1,
      Map.of(
          0L,
          Reference.ACTIVE_RATING,
          1L,
          Reference.REACTIVE_RATING,
          2L,
          Reference.REACTIVE_AVAILABLE,
          3L,
          Reference.APPARENT_RATING)),
  /** Volt-watt of the 700 series. */
  MODEL_706(706, "Pt[%d].V", "Pt[%d].W", "RspTms", 1, Map.of(0L, Reference.ACTIVE_RATING)),
  /** Volt-var of the old models; its time is that of 95 % of a change. */
  MODEL_126(
      126,
      "V%d",
      "VAr%d",
      "RmpTms",
      Math.log(10) / Math.log(20),
      Map.of(
          1L,
          Reference.ACTIVE_RATING,
          2L,
          Reference.REACTIVE_RATING,
          3L,
          Reference.REACTIVE_AVAILABLE)),
  /** Volt-watt of the old models; its time is that of 95 % of a change. */
  MODEL_132(
      132,
      "V%d",
      "W%d",
      "RmpPt1Tms",
      Math.log(10) / Math.log(20),
      Map.of(1L, Reference.ACTIVE_RATING));

  /** Points a curve may have. */
  static final int MOST_POINTS = 4;

  private static final double PERCENT = 100;

  private final int model;
  private final String voltage;
  private final String power;
  private final String time;
  private final double responsePerTime;
  private final Map<Long, Reference> references;

  CurveFormat(
      int model,
      String voltage,
      String power,
      String time,
      double responsePerTime,
      Map<Long, Reference> references) {
    this.model = model;
    this.voltage = voltage;
    this.power = power;
    this.time = time;
    this.responsePerTime = responsePerTime;
    this.references = references;
  }

  int model() {
    return model;
  }

  boolean reactive() {
    return this == MODEL_705 || this == MODEL_126;
  }

  Function of(EmulatedPlant plant) {
    return reactive() ? plant.voltVar() : plant.voltWatt();
  }

  void set(EmulatedPlant plant, VoltageCurve curve, boolean enabled) {
    if (reactive()) {
      plant.setVoltVar(curve, enabled);
    } else {
      plant.setVoltWatt(curve, enabled);
    }
  }

  /** Points of a curve that a client may write, without what comes before them. */
  List<String> writable() {
    List<String> points = new ArrayList<>(List.of("ActPt", "DeptRef", time));
    for (int i = 0; i < MOST_POINTS; i++) {
      points.add(at(voltage, i));
      points.add(at(power, i));
    }
    return points;
  }

  /** The curve at a place such as {@code Crv[1].}; empty if it is none. */
  Optional<VoltageCurve> read(ModelImage image, String at) {
    OptionalLong count = image.raw(at + "ActPt");
    OptionalLong reference = image.raw(at + "DeptRef");
    OptionalDouble seconds = image.value(at + time);
    boolean complete =
        count.orElse(0) >= 1
            && count.orElse(0) <= MOST_POINTS
            && references.containsKey(reference.orElse(-1))
            && seconds.isPresent();
    if (!complete) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count.orElseThrow(); i++) {
      points.add(
          new Point(
              image.value(at + at(voltage, i)).orElse(Double.NaN) / PERCENT,
              image.value(at + at(power, i)).orElse(Double.NaN)));
    }
    try {
      return Optional.of(
          new VoltageCurve(
              points,
              references.get(reference.orElseThrow()),
              seconds.orElseThrow() * responsePerTime));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes a curve to a place such as {@code Crv[1].}. */
  void write(VoltageCurve curve, ModelImage image, String at) {
    boolean known = references.containsValue(curve.reference());
    Reference reference = known ? curve.reference() : Reference.REACTIVE_RATING;
    double factor = known ? 1 : 1 / GridSupport.REACTIVE_SHARE;
    image.putRaw(at + "ActPt", curve.points().size());
    references.forEach(
        (code, meaning) -> {
          if (meaning == reference) {
            image.putRaw(at + "DeptRef", code);
          }
        });
    image.put(at + time, curve.responseSeconds() / responsePerTime);
    for (int i = 0; i < curve.points().size(); i++) {
      image.put(at + at(voltage, i), curve.points().get(i).voltagePu() * PERCENT);
      image.put(at + at(power, i), curve.points().get(i).percent() * factor);
    }
  }

  /** The old models count their points from 1. */
  private String at(String pattern, int index) {
    return pattern.formatted(pattern.contains("[") ? index : index + 1);
  }
}
