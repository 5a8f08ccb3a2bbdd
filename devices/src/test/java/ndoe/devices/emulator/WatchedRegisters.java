package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterBank;

/** A register bank that logs its requests and may misbehave at the application level. */
final class WatchedRegisters implements RegisterBank {

  /** What becomes of a write on its way to the device; null to lose it. */
  interface Tampering {
    int[] tamper(int[] values) throws ModbusRefusedException;
  }

  /** One request, of a read without values. */
  record Seen(int address, int count, List<Integer> written) {
    boolean write() {
      return !written.isEmpty();
    }
  }

  private final RegisterBank device;
  private final List<Seen> log = new ArrayList<>();
  private Tampering tampering = values -> values;
  private ModbusRefusal readsAfterWrite;
  private boolean written;

  WatchedRegisters(RegisterBank device) {
    this.device = device;
  }

  synchronized List<Seen> log() {
    return List.copyOf(log);
  }

  synchronized void tamper(Tampering how) {
    tampering = how;
  }

  synchronized void refuseReadsAfterTheNextWrite(ModbusRefusal refusal) {
    readsAfterWrite = refusal;
    written = false;
  }

  @Override
  public synchronized int[] read(int address, int count) throws ModbusRefusedException {
    log.add(new Seen(address, count, List.of()));
    if (readsAfterWrite != null && written) {
      throw new ModbusRefusedException(readsAfterWrite, "read");
    }
    return device.read(address, count);
  }

  @Override
  public synchronized void write(int address, int[] values) throws ModbusRefusedException {
    log.add(new Seen(address, values.length, Arrays.stream(values).boxed().toList()));
    written = true;
    int[] tampered = tampering.tamper(values.clone());
    if (tampered != null) {
      device.write(address, tampered);
    }
  }
}
