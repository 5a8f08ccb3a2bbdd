package ndoe.devices.sunspec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ndoe.devices.sunspec.ModelLayout.Placed;
import ndoe.devices.sunspec.ModelLayout.Slot;

/** Turns the registers of a model into values. */
final class ModelDecoder {
  /** The farthest from 0 that a scale factor may be. */
  static final int MOST_DECIMALS = 10;

  private static final int EUI48_FIRST_BYTE = 2;
  private static final PointValue NOT_IMPLEMENTED = new PointValue.NotImplemented();

  private final ModelImage image;

  private ModelDecoder(ModelImage image) {
    this.image = image;
  }

  /**
   * Decodes a model; registers beyond what its definition describes are left out.
   *
   * @param address of its ID register on the device
   */
  static ModelReading.Decoded decode(ModelImage image, int address) {
    return new ModelReading.Decoded(
        image.id(),
        address,
        image.size() - 2,
        image.definition().label(),
        new ModelDecoder(image).group(image.layout().root()));
  }

  private GroupReading group(Placed placed) {
    List<PointReading> points = new ArrayList<>();
    placed.slots().forEach((path, slot) -> add(points, path, slot));
    return new GroupReading(
        placed.path(),
        placed.definition().atomic(),
        points,
        placed.groups().stream().map(this::group).toList());
  }

  private void add(List<PointReading> points, String path, Slot slot) {
    PointDefinition point = slot.point();
    if (point.type() != PointType.PAD) {
      points.add(
          new PointReading(
              path,
              slot.offset(),
              point.label(),
              point.unit(),
              point.writable(),
              value(path, slot)));
    }
  }

  private PointValue value(String path, Slot slot) {
    return switch (slot.point().type()) {
      case STRING -> text(image.text(path));
      case IPADDR -> text(internetAddress(bytes(slot)));
      case IPV6ADDR -> text(longInternetAddress(bytes(slot)));
      case EUI48 -> text(interfaceAddress(bytes(slot)));
      case SUNSSF -> scaleFactor(image.raw(path));
      case FLOAT32, FLOAT64 -> real(image.value(path));
      case ENUM16, ENUM32 -> state(image.raw(path), slot.point().symbols());
      case BITFIELD16, BITFIELD32, BITFIELD64 -> flags(image.raw(path), slot.point().symbols());
      default -> number(path, slot);
    };
  }

  private PointValue number(String path, Slot slot) {
    OptionalLong raw = image.raw(path);
    if (raw.isEmpty()) {
      return NOT_IMPLEMENTED;
    }
    boolean signed = slot.point().type().coding() == PointType.Coding.SIGNED;
    BigInteger code =
        signed
            ? BigInteger.valueOf(raw.getAsLong())
            : new BigInteger(Long.toUnsignedString(raw.getAsLong()));
    OptionalInt power = image.scaleFactor(path);
    if (power.isEmpty() || Math.abs(power.getAsInt()) > MOST_DECIMALS) {
      return new PointValue.Unscaled(code);
    }
    BigDecimal number = new BigDecimal(code).scaleByPowerOfTen(power.getAsInt());
    return new PointValue.Decimal(number.setScale(Math.max(0, -power.getAsInt())));
  }

  private static PointValue scaleFactor(OptionalLong power) {
    return power.isPresent()
        ? new PointValue.ScaleFactor((int) power.getAsLong())
        : NOT_IMPLEMENTED;
  }

  private static PointValue real(OptionalDouble number) {
    return number.isPresent() ? new PointValue.Real(number.getAsDouble()) : NOT_IMPLEMENTED;
  }

  private static PointValue state(OptionalLong code, Map<Long, String> names) {
    return code.isPresent()
        ? new PointValue.State(code.getAsLong(), names.getOrDefault(code.getAsLong(), ""))
        : NOT_IMPLEMENTED;
  }

  private static PointValue flags(OptionalLong bits, Map<Long, String> names) {
    if (bits.isEmpty()) {
      return NOT_IMPLEMENTED;
    }
    List<String> set = new ArrayList<>();
    for (long position = 0; position < Long.SIZE; position++) {
      if ((bits.getAsLong() >>> position & 1) == 1) {
        set.add(names.getOrDefault(position, "bit " + position));
      }
    }
    return new PointValue.Flags(bits.getAsLong(), set);
  }

  private static PointValue text(String text) {
    return text.isEmpty() ? NOT_IMPLEMENTED : new PointValue.Text(text);
  }

  private byte[] bytes(Slot slot) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * slot.point().size());
    for (int register : image.registers(slot.offset(), slot.end())) {
      bytes.putShort((short) register);
    }
    return bytes.array();
  }

  private static String internetAddress(byte[] bytes) {
    return allAre(0, bytes, 0)
        ? ""
        : "%d.%d.%d.%d"
            .formatted(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF, bytes[3] & 0xFF);
  }

  private static String longInternetAddress(byte[] bytes) {
    return allAre(0, bytes, 0) ? "" : hexadecimal(bytes, 0, 2);
  }

  private static String interfaceAddress(byte[] bytes) {
    boolean absent = allAre(0, bytes, 0) || allAre(0xFF, bytes, EUI48_FIRST_BYTE);
    return absent ? "" : hexadecimal(bytes, EUI48_FIRST_BYTE, 1);
  }

  private static boolean allAre(int value, byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if ((bytes[i] & 0xFF) != value) {
        return false;
      }
    }
    return true;
  }

  private static String hexadecimal(byte[] bytes, int from, int perGroup) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < bytes.length; i++) {
      text.append(i > from && (i - from) % perGroup == 0 ? ":" : "");
      text.append(HexFormat.of().toHexDigits(bytes[i]));
    }
    return text.toString();
  }
}
