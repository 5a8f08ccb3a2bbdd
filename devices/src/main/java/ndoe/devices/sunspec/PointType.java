package ndoe.devices.sunspec;

import java.util.Locale;

/** How a point is coded in registers, and which code says that it is not implemented. */
enum PointType {
  INT16(1, Coding.SIGNED),
  INT32(2, Coding.SIGNED),
  INT64(4, Coding.SIGNED),
  RAW16(1, Coding.PLAIN),
  UINT16(1, Coding.UNSIGNED),
  UINT32(2, Coding.UNSIGNED),
  UINT64(4, Coding.UNSIGNED),
  ACC16(1, Coding.ACCUMULATOR),
  ACC32(2, Coding.ACCUMULATOR),
  ACC64(4, Coding.ACCUMULATOR),
  BITFIELD16(1, Coding.UNSIGNED),
  BITFIELD32(2, Coding.UNSIGNED),
  BITFIELD64(4, Coding.UNSIGNED),
  ENUM16(1, Coding.UNSIGNED),
  ENUM32(2, Coding.UNSIGNED),
  COUNT(1, Coding.UNSIGNED),
  SUNSSF(1, Coding.SIGNED),
  FLOAT32(2, Coding.FLOAT),
  FLOAT64(4, Coding.FLOAT),
  IPADDR(2, Coding.ACCUMULATOR),
  IPV6ADDR(8, Coding.BYTES),
  EUI48(4, Coding.BYTES),
  STRING(0, Coding.BYTES),
  PAD(1, Coding.NOTHING);

  /** Families that share their reading and their sentinel. */
  enum Coding {
    /** Two’s complement; the most negative number is the sentinel. */
    SIGNED,
    /** All ones is the sentinel. */
    UNSIGNED,
    /** Zero is the sentinel. */
    ACCUMULATOR,
    /** Every number is a value. */
    PLAIN,
    /** NaN is the sentinel. */
    FLOAT,
    /** No number. */
    BYTES,
    /** Never a value. */
    NOTHING
  }

  private final int words;
  private final Coding coding;

  PointType(int words, Coding coding) {
    this.words = words;
    this.coding = coding;
  }

  static PointType named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Registers; 0 when the definition says. */
  int words() {
    return words;
  }

  Coding coding() {
    return coding;
  }

  /** Whether the bits, right-aligned, stand for a whole number. */
  boolean implemented(long bits) {
    int width = 16 * words;
    long ones = -1L >>> (64 - width);
    return switch (coding) {
      case SIGNED -> bits != 1L << (width - 1);
      case UNSIGNED -> bits != ones;
      case ACCUMULATOR -> bits != 0;
      case PLAIN -> true;
      case FLOAT, BYTES, NOTHING -> false;
    };
  }

  /** The bits of “not implemented”, right-aligned. */
  long sentinel() {
    int width = 16 * words;
    return switch (coding) {
      case SIGNED, NOTHING -> 1L << (width - 1);
      case UNSIGNED -> -1L >>> (64 - width);
      case FLOAT -> words == 2 ? 0x7FC0_0000L : 0x7FF8_0000_0000_0000L;
      case ACCUMULATOR, PLAIN, BYTES -> 0;
    };
  }
}
