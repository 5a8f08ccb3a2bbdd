package ndoe.devices.sunspec;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterBank;

/** Registers that stay as they are, refusing what is not there, and the reads they got. */
final class FixedRegisters implements RegisterBank {

  /** What was asked for. */
  record Read(int address, int count) {}

  private final int base;
  private final int[] registers;
  private final List<Read> reads = new CopyOnWriteArrayList<>();

  /** Marker, models and end, from a base on. */
  FixedRegisters(int base, int[]... models) {
    this.base = base;
    int[] all = {0x5375, 0x6E53};
    for (int[] model : models) {
      all = joined(all, model);
    }
    registers = joined(all, new int[] {0xFFFF, 0});
  }

  List<Read> reads() {
    return List.copyOf(reads);
  }

  @Override
  public int[] read(int address, int count) throws ModbusRefusedException {
    reads.add(new Read(address, count));
    int from = address - base;
    if (from < 0 || from + count > registers.length) {
      throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "read");
    }
    return Arrays.copyOfRange(registers, from, from + count);
  }

  @Override
  public void write(int address, int[] values) throws ModbusRefusedException {
    throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "write");
  }

  private static int[] joined(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
