package ndoe.devices.emulator;

import java.util.Arrays;
import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterBank;
import ndoe.devices.sunspec.ModelImage;

/** The registers of an emulated device: marker, models, end; only its control block is writable. */
final class DerRegisters implements RegisterBank {
  private static final int[] MARKER = {0x5375, 0x6E53};
  private static final int[] END = {0xFFFF, 0};

  private final int base;
  private final DerReadings readings;
  private final List<ModelImage> images;
  private final DerControl control;
  private final int controlAddress;

  DerRegisters(EmulatedPlant plant, int base) {
    this.base = base;
    this.readings = new DerReadings(plant);
    this.control = plant.kind() == Kind.LOAD ? null : new DerControl(plant, readings.ratedKw());
    this.images = control == null ? readings.images() : readings.imagesWith(control.image());
    this.controlAddress = control == null ? 0 : addressOf(control.image());
  }

  @Override
  public int[] read(int address, int count) throws ModbusRefusedException {
    readings.refresh();
    if (control != null) {
      control.refresh();
    }
    int[] all = registers();
    int from = address - base;
    if (from < 0 || from + count > all.length) {
      throw refuse(ModbusRefusal.ILLEGAL_DATA_ADDRESS);
    }
    return Arrays.copyOfRange(all, from, from + count);
  }

  @Override
  public void write(int address, int[] values) throws ModbusRefusedException {
    int offset = address - controlAddress;
    if (control == null || !control.writable(offset, offset + values.length)) {
      throw refuse(ModbusRefusal.ILLEGAL_DATA_ADDRESS);
    }
    if (!control.take(offset, values)) {
      throw refuse(ModbusRefusal.ILLEGAL_DATA_VALUE);
    }
  }

  private int addressOf(ModelImage wanted) {
    int address = base + MARKER.length;
    for (ModelImage image : images) {
      if (image == wanted) {
        return address;
      }
      address += image.size();
    }
    throw new IllegalStateException("model " + wanted.id() + " is not served");
  }

  private int[] registers() {
    int size = MARKER.length + images.stream().mapToInt(ModelImage::size).sum() + END.length;
    int[] all = new int[size];
    System.arraycopy(MARKER, 0, all, 0, MARKER.length);
    int at = MARKER.length;
    for (ModelImage image : images) {
      System.arraycopy(image.registers(0, image.size()), 0, all, at, image.size());
      at += image.size();
    }
    System.arraycopy(END, 0, all, at, END.length);
    return all;
  }

  private static ModbusRefusedException refuse(ModbusRefusal refusal) {
    return new ModbusRefusedException(refusal, "request");
  }
}
