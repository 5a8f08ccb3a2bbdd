package ndoe.devices.sunspec;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterBank;

/**
 * The registers of a device without any behaviour, refusing what is not there; they stay as they
 * are unless a test says what a write does to them. Keeps the requests it got.
 */
final class FixedRegisters implements RegisterBank {

  /** What was asked for. */
  record Request(int address, int count) {}

  /** What a device makes of a write. */
  interface Writes {
    /** Values to keep from the register that was written on. */
    int[] kept(int[] asked) throws ModbusRefusedException;
  }

  private final int base;
  private final int[] registers;
  private final List<Request> reads = new CopyOnWriteArrayList<>();
  private final List<Request> writes = new CopyOnWriteArrayList<>();
  private volatile Writes taking =
      asked -> {
        throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "write");
      };

  /** Marker, models and end, from a base on. */
  FixedRegisters(int base, int[]... models) {
    this.base = base;
    int[] all = {0x5375, 0x6E53};
    for (int[] model : models) {
      all = joined(all, model);
    }
    registers = joined(all, new int[] {0xFFFF, 0});
  }

  List<Request> reads() {
    return List.copyOf(reads);
  }

  FixedRegisters onWrite(Writes manners) {
    taking = manners;
    return this;
  }

  List<Request> writes() {
    return List.copyOf(writes);
  }

  /** Changes a register as the device itself or somebody else would. */
  void put(int address, int... values) {
    System.arraycopy(values, 0, registers, address - base, values.length);
  }

  /** What is there now. */
  int[] present(int address, int count) {
    return Arrays.copyOfRange(registers, address - base, address - base + count);
  }

  @Override
  public int[] read(int address, int count) throws ModbusRefusedException {
    reads.add(new Request(address, count));
    int from = address - base;
    if (from < 0 || from + count > registers.length) {
      throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "read");
    }
    return Arrays.copyOfRange(registers, from, from + count);
  }

  @Override
  public void write(int address, int[] values) throws ModbusRefusedException {
    writes.add(new Request(address, values.length));
    int[] kept = taking.kept(values);
    System.arraycopy(kept, 0, registers, address - base, kept.length);
  }

  private static int[] joined(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
