package ndoe.devices.sunspec;

import java.util.ArrayList;
import java.util.List;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterLink;

/**
 * Registers without a network from a byte of manners and any further bytes: where they begin,
 * whether a SunSpec marker comes first, and whether what follows them is refused, 0, 0xFFFF or the
 * same again, for a while or (manners 0x7F) up to the last register there can be.
 */
final class FuzzedRegisters implements RegisterLink {
  private static final int[] BASES = {40_000, 0, 50_000};
  private static final int REGISTERS = 1 << 16;
  private static final int ENDLESS = 0x7F;
  private static final int FOR_A_WHILE = 1000;

  /** One request. */
  record Request(int start, int count) {}

  private final byte[] bytes;
  private final int base;
  private final int markers;
  private final int beyond;
  private final int end;
  private final List<Request> requests = new ArrayList<>();

  FuzzedRegisters(byte[] bytes) {
    int manners = bytes.length == 0 ? 0 : bytes[0];
    this.bytes = bytes;
    this.base = BASES[Math.floorMod(manners, BASES.length)];
    this.markers = (manners & 0x10) == 0 || manners == ENDLESS ? 2 : 0;
    this.end = manners == ENDLESS ? REGISTERS : FOR_A_WHILE;
    this.beyond = manners >> 5 & 3;
  }

  List<Request> requests() {
    return requests;
  }

  @Override
  public ModbusAddress address() {
    return new ModbusAddress("fuzzed", 502, 1);
  }

  @Override
  public int connect() {
    return 1;
  }

  @Override
  public int[] read(int start, int count) throws ModbusRefusedException {
    if (count < 1 || count > ModbusLink.MAX_READ || start < 0 || start + count > REGISTERS) {
      throw new AssertionError(count + " registers at " + start);
    }
    requests.add(new Request(start, count));
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = register(start + i - base);
    }
    return values;
  }

  private int register(int place) throws ModbusRefusedException {
    if (place < 0 || place >= Math.max(end, (bytes.length - 1) / 2)) {
      throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "not here");
    }
    if (place < markers) {
      return place == 0 ? 0x5375 : 0x6E53;
    }
    int known = (bytes.length - 1) / 2;
    int told = place - markers;
    if (told >= known) {
      return switch (beyond) {
        case 1 -> 0;
        case 2 -> 0xFFFF;
        case 3 -> known > 0 ? told(told % known) : 0;
        default -> throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "beyond");
      };
    }
    return told(told);
  }

  private int told(int place) {
    return ((bytes[1 + 2 * place] & 0xFF) << 8) | (bytes[2 + 2 * place] & 0xFF);
  }

  @Override
  public void close() {}
}
