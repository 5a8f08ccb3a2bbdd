package ndoe.devices.sunspec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import ndoe.devices.sunspec.ModelLayout.Slot;
import ndoe.devices.sunspec.PointType.Coding;

/** The registers of one model on one device at one moment, read and written by point. */
public final class ModelImage {
  private static final int WORD = 16;
  private static final int WORD_MASK = 0xFFFF;
  private static final double MAX_UINT64_AS_DOUBLE = 0x1p64;

  private final ModelDefinition model;
  private final int[] registers;
  private final ModelLayout layout;

  ModelImage(ModelDefinition model, int[] registers) {
    this.model = model;
    this.registers = registers;
    this.layout = ModelLayout.of(model, registers, registers.length);
  }

  /** A shipped model without repetition, complete, nothing implemented but its ID and length. */
  public static ModelImage blank(int id) {
    return blank(id, Map.of(), 1 << 10);
  }

  /**
   * A shipped model with repeated groups, nothing implemented but its ID, length and counts.
   *
   * @param counts by the name of the point that holds the count
   * @param most registers, ID and length included; groups that repeat to the end fill them
   */
  public static ModelImage blank(int id, Map<String, Integer> counts, int most) {
    ModelDefinition model = ModelDefinition.of(id);
    int[] counted = new int[most];
    ModelImage generous = new ModelImage(model, counted);
    counts.forEach((point, count) -> counted[generous.offset(point)] = count);
    ModelLayout layout = ModelLayout.of(model, counted, most);
    int size = layout.slots().values().stream().mapToInt(Slot::end).max().orElseThrow();
    ModelImage image = new ModelImage(model, Arrays.copyOf(counted, size));
    for (Slot slot : image.layout.slots().values()) {
      if (slot.point().type().words() > 0) {
        image.set(slot, slot.point().type().sentinel());
      }
    }
    counts.forEach(image::putRaw);
    image.putRaw("ID", id);
    image.putRaw("L", size - 2);
    return image;
  }

  public int id() {
    return model.id();
  }

  /** Registers, ID and length included. */
  public int size() {
    return registers.length;
  }

  public ModelImage copy() {
    return new ModelImage(model, registers.clone());
  }

  /** The registers from one offset (ID register = 0) up to another. */
  public int[] registers(int from, int to) {
    return Arrays.copyOfRange(registers, from, to);
  }

  /** Overwrites registers as a device would when written to. */
  public void overwrite(int offset, int[] values) {
    System.arraycopy(values, 0, registers, offset, values.length);
  }

  /** First register of a point, counted from the ID register. */
  public int offset(String path) {
    return slot(path).offset();
  }

  /** First register after a point. */
  public int end(String path) {
    return slot(path).end();
  }

  ModelDefinition definition() {
    return model;
  }

  ModelLayout layout() {
    return layout;
  }

  Set<String> paths() {
    return layout.slots().keySet();
  }

  /** The whole number as coded, without scale factor; empty when not implemented. */
  public OptionalLong raw(String path) {
    Slot slot = layout.slots().get(path);
    if (slot == null) {
      return OptionalLong.empty();
    }
    PointType type = slot.point().type();
    long bits = type.words() > 4 ? 0 : bits(slot.offset(), type.words());
    if (!type.implemented(bits)) {
      return OptionalLong.empty();
    }
    int unused = Long.SIZE - WORD * type.words();
    return OptionalLong.of(type.coding() == Coding.SIGNED ? bits << unused >> unused : bits);
  }

  /** The number with its scale factor; empty when either is not implemented. */
  public OptionalDouble value(String path) {
    Slot slot = layout.slots().get(path);
    OptionalInt scale = scaleFactor(path);
    if (slot == null || scale.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (slot.point().type().coding() == Coding.FLOAT) {
      double number = real(slot);
      return Double.isNaN(number)
          ? OptionalDouble.empty()
          : OptionalDouble.of(Scale.apply(number, scale.getAsInt()));
    }
    OptionalLong raw = raw(path);
    return raw.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Scale.apply(number(slot, raw.getAsLong()), scale.getAsInt()));
  }

  /** The power of ten of a point: 0 without one, empty when the device does not implement it. */
  public OptionalInt scaleFactor(String path) {
    Slot slot = layout.slots().get(path);
    if (slot == null) {
      return OptionalInt.empty();
    }
    if (slot.scaleAt().isEmpty()) {
      return slot.scale();
    }
    int at = slot.scaleAt().getAsInt();
    boolean implemented = at < registers.length && PointType.SUNSSF.implemented(registers[at]);
    return implemented ? OptionalInt.of((short) registers[at]) : OptionalInt.empty();
  }

  /** A string without its padding; empty when not implemented. */
  public String text(String path) {
    Slot slot = layout.slots().get(path);
    if (slot == null) {
      return "";
    }
    byte[] bytes = new byte[2 * slot.point().size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (registers[slot.offset() + i / 2] >> (i % 2 == 0 ? 8 : 0));
    }
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
  }

  /** Sets a whole number as coded. */
  public ModelImage putRaw(String path, long raw) {
    set(slot(path), raw);
    return this;
  }

  /** Sets a number, rounded to its scale factor; a number the point cannot hold reads unknown. */
  public ModelImage put(String path, double value) {
    Slot slot = slot(path);
    double scaled = Scale.invert(value, scaleFactor(path).orElseThrow());
    PointType type = slot.point().type();
    double span = Math.scalb(1.0, WORD * type.words());
    double low = type.coding() == Coding.SIGNED ? 1 - span / 2 : 0;
    double high = type.coding() == Coding.SIGNED ? span / 2 - 1 : span - 2;
    double rounded = Math.rint(scaled);
    set(slot, rounded >= low && rounded <= high ? (long) rounded : type.sentinel());
    return this;
  }

  public ModelImage putText(String path, String text) {
    Slot slot = slot(path);
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 2 * slot.point().size());
    for (int i = 0; i < slot.point().size(); i++) {
      registers[slot.offset() + i] = ((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF);
    }
    return this;
  }

  private Slot slot(String path) {
    Slot slot = layout.slots().get(path);
    if (slot == null) {
      throw new IllegalArgumentException("SunSpec model " + model.id() + " has no point " + path);
    }
    return slot;
  }

  private void set(Slot slot, long raw) {
    int words = slot.point().size();
    for (int i = 0; i < words; i++) {
      registers[slot.offset() + i] = (int) (raw >> (WORD * (words - 1 - i))) & WORD_MASK;
    }
  }

  private long bits(int offset, int words) {
    long bits = 0;
    for (int i = 0; i < words; i++) {
      bits = (bits << WORD) | registers[offset + i];
    }
    return bits;
  }

  private double real(Slot slot) {
    int words = slot.point().type().words();
    long bits = bits(slot.offset(), words);
    return words == 2 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  private static double number(Slot slot, long raw) {
    boolean wrapped = raw < 0 && slot.point().type().coding() != Coding.SIGNED;
    return wrapped ? raw + MAX_UINT64_AS_DOUBLE : raw;
  }
}
