package ndoe.devices.sunspec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Power and voltage of the one of models 701, 101 to 103 and 111 to 113 that a device has. */
final class AcReading {
  /** In the order in which they are preferred. */
  static final List<Integer> MODELS = List.of(701, 103, 102, 101, 113, 112, 111);

  private static final int DER_MEASUREMENT = 701;
  private static final int SINGLE_PHASE = 0;
  private static final int SPLIT_PHASE = 2;
  private static final int THREE_PHASE = 3;
  private static final double PHASE_TO_PHASE = Math.sqrt(3);
  private static final List<String> PHASES = List.of("PhVphA", "PhVphB", "PhVphC");

  private final ModelImage image;

  AcReading(ModelImage image) {
    this.image = image;
  }

  /** Which model a device measures by. */
  static Optional<Integer> model(SunSpecMap map) {
    return MODELS.stream().filter(id -> map.find(id).isPresent()).findFirst();
  }

  int model() {
    return image.id();
  }

  OptionalDouble watts() {
    return image.value("W");
  }

  OptionalDouble vars() {
    return image.value(image.id() == DER_MEASUREMENT ? "Var" : "VAr");
  }

  /** Voltage over the nominal one, if both are known. */
  OptionalDouble voltagePu(Nominal nominal) {
    if (nominal.volt().isEmpty() || !(nominal.volt().getAsDouble() > 0)) {
      return OptionalDouble.empty();
    }
    double volt = nominal.volt().getAsDouble();
    double[] pu = candidates().filter(Double::isFinite).map(measured -> measured / volt).toArray();
    if (pu.length == 0) {
      return OptionalDouble.empty();
    }
    return nominal.ofPhases()
        ? Arrays.stream(pu)
            .boxed()
            .min((a, b) -> Double.compare(farOff(a), farOff(b)))
            .map(OptionalDouble::of)
            .orElseThrow()
        : OptionalDouble.of(pu[0]);
  }

  private static double farOff(double pu) {
    return Math.abs(Math.log(pu));
  }

  /** The voltage that a nominal one usually stands for, then the other; NaN when unknown. */
  private DoubleStream candidates() {
    if (image.id() == DER_MEASUREMENT) {
      double line = image.value("LLV").orElse(Double.NaN);
      double phase = image.value("LNV").orElse(Double.NaN);
      return image.raw("ACType").orElse(-1) == SINGLE_PHASE
          ? DoubleStream.of(phase, line / PHASE_TO_PHASE)
          : DoubleStream.of(line, phase * PHASE_TO_PHASE, phase);
    }
    int phases = image.id() % 10;
    double phase =
        PHASES.subList(0, phases).stream()
            .mapToDouble(point -> image.value(point).orElse(Double.NaN))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    return switch (phases) {
      case THREE_PHASE -> DoubleStream.of(phase * PHASE_TO_PHASE, phase);
      case SPLIT_PHASE -> DoubleStream.of(2 * phase, phase);
      default -> DoubleStream.of(phase);
    };
  }

  /**
   * A nominal voltage.
   *
   * @param volt V, if the device tells it
   * @param ofPhases whether it may be that of a phase as well as that between phases: model 121
   *     does not say which its VRef is, and the one nearer to what is measured is taken
   */
  record Nominal(OptionalDouble volt, boolean ofPhases) {

    /** Reads VNom of model 702, or VRef of model 121. */
    static Nominal read(SunSpecLink link) {
      if (link.has(DeviceRatings.CAPACITY)) {
        ModelImage capacity = link.readOrFail(DeviceRatings.CAPACITY);
        OptionalDouble setting = capacity.value("VNom");
        return new Nominal(setting.isPresent() ? setting : capacity.value("VNomRtg"), false);
      }
      return link.has(DeviceRatings.SETTINGS)
          ? new Nominal(link.readOrFail(DeviceRatings.SETTINGS).value("VRef"), true)
          : new Nominal(OptionalDouble.empty(), false);
    }
  }
}
