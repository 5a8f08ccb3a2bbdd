package ndoe.devices.sunspec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.sunspec.ModelLayout.Slot;

/** A control in the registers of a device’s model, or why it cannot be put there. */
final class CodedControl {
  private static final Set<PointType> EXACT =
      Set.of(
          PointType.ENUM16,
          PointType.ENUM32,
          PointType.BITFIELD16,
          PointType.BITFIELD32,
          PointType.BITFIELD64,
          PointType.COUNT);

  private final Set<String> paths;
  private final ModelImage asked;
  private int from = Integer.MAX_VALUE;
  private int to;
  private String problem = "";

  private CodedControl(Set<String> paths, ModelImage asked) {
    this.paths = paths;
    this.asked = asked;
  }

  /**
   * Codes a control.
   *
   * @param present the model as just read
   */
  static CodedControl of(ControlRequest request, ModelImage present) {
    CodedControl coded = new CodedControl(request.settings().keySet(), present.copy());
    for (Map.Entry<String, Double> setting : request.settings().entrySet()) {
      if (coded.problem.isEmpty()) {
        coded.problem = coded.set(setting.getKey(), setting.getValue());
      }
    }
    if (coded.problem.isEmpty()) {
      coded.problem = coded.gap();
    }
    return coded;
  }

  /** Why nothing may be written. */
  Optional<String> problem() {
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  /** The model as it is to be. */
  ModelImage asked() {
    return asked;
  }

  Set<String> paths() {
    return paths;
  }

  /** First register to write, counted from the model’s ID register. */
  int from() {
    return from;
  }

  int[] registers() {
    return asked.registers(from, to);
  }

  /** What a device reads back that is neither what was asked nor one step closer to zero. */
  List<String> differences(ModelImage found) {
    List<String> differences = new ArrayList<>();
    for (String path : paths) {
      long wanted = asked.raw(path).orElseThrow();
      boolean exact = EXACT.contains(slot(path).point().type());
      long lessen = exact ? 0 : Long.signum(wanted);
      boolean same =
          found.scaleFactor(path).equals(asked.scaleFactor(path))
              && found.raw(path).isPresent()
              && (found.raw(path).getAsLong() == wanted
                  || found.raw(path).getAsLong() == wanted - lessen);
      if (!same) {
        differences.add(
            "%s of model %d reads back %s instead of %s"
                .formatted(path, asked.id(), told(found, path), told(asked, path)));
      }
    }
    return differences;
  }

  private String set(String path, double value) {
    Slot slot = slot(path);
    if (slot == null) {
      return "model " + asked.id() + " has no point " + path;
    }
    String point = path + " of model " + asked.id();
    if (!slot.point().writable()) {
      return point + " is read-only";
    }
    if (asked.raw(path).isEmpty()) {
      return point + " is not implemented by this device, or is no number";
    }
    OptionalInt power = asked.scaleFactor(path);
    if (power.isEmpty() || Math.abs(power.getAsInt()) > ModelDecoder.MOST_DECIMALS) {
      return point + " has no scale factor on this device, so what a code means is unknown";
    }
    BigInteger code =
        BigDecimal.valueOf(value)
            .scaleByPowerOfTen(-power.getAsInt())
            .setScale(0, RoundingMode.DOWN)
            .toBigInteger();
    if (!holds(slot.point().type(), code)) {
      return point + " cannot hold " + value;
    }
    asked.putRaw(path, code.longValue());
    from = Math.min(from, slot.offset());
    to = Math.max(to, slot.end());
    return "";
  }

  private static boolean holds(PointType type, BigInteger code) {
    int width = Short.SIZE * type.words();
    BigInteger span = BigInteger.ONE.shiftLeft(width);
    return switch (type.coding()) {
      case SIGNED -> code.abs().compareTo(span.shiftRight(1)) < 0;
      case UNSIGNED -> code.signum() >= 0 && code.compareTo(span.subtract(BigInteger.ONE)) < 0;
      case ACCUMULATOR -> code.signum() > 0 && code.compareTo(span) < 0;
      case PLAIN -> code.signum() >= 0 && code.compareTo(span) < 0;
      case FLOAT, BYTES, NOTHING -> false;
    };
  }

  private String gap() {
    if (to - from > ModbusLink.MAX_WRITE) {
      return "the points of model "
          + asked.id()
          + " are too far apart for one request of "
          + ModbusLink.MAX_WRITE
          + " registers";
    }
    return asked.layout().slots().entrySet().stream()
        .filter(slot -> slot.getValue().offset() >= from && slot.getValue().end() <= to)
        .filter(slot -> !slot.getValue().point().writable())
        .map(slot -> slot.getKey() + " of model " + asked.id() + " lies between and is read-only")
        .findFirst()
        .orElse("");
  }

  private Slot slot(String path) {
    return asked.layout().slots().get(path);
  }

  private static String told(ModelImage image, String path) {
    return image.value(path).isPresent()
        ? Double.toString(image.value(path).getAsDouble())
        : "nothing";
  }
}
