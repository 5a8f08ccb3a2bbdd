package ndoe.devices.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterBank;
import ndoe.devices.sunspec.ModelImage;

/** The registers of an emulated device: marker, models, end. */
final class DerRegisters implements RegisterBank {
  private static final int[] MARKER = {0x5375, 0x6E53};
  private static final int[] END = {0xFFFF, 0};

  private final int base;
  private final FaultState faults;
  private final List<ModelImage> images = new ArrayList<>();
  private final List<WritableModel> controls = new ArrayList<>();

  /** What brings measurements and heartbeats up to date. */
  private final List<Runnable> measurements = new ArrayList<>();

  DerRegisters(EmulatedPlant plant, int base) {
    this(plant, base, Flavour.SEVEN_HUNDRED, FaultState.none(plant));
  }

  DerRegisters(EmulatedPlant plant, int base, Flavour flavour, FaultState faults) {
    this.base = base;
    this.faults = faults;
    DerReadings readings = new DerReadings(plant, faults);
    measurements.add(readings::refresh);
    switch (flavour) {
      case SEVEN_HUNDRED -> fillSevenHundred(plant, readings);
      case ONE_HUNDRED -> fillOneHundred(plant, readings);
    }
    measurements.forEach(Runnable::run);
  }

  private void fillSevenHundred(EmulatedPlant plant, DerReadings readings) {
    if (plant.kind() == Kind.LOAD) {
      images.addAll(readings.images());
      return;
    }
    DerControl control = new DerControl(plant, readings.ratedKw());
    images.addAll(readings.imagesWith(control.image()));
    controls.add(control);
    OperationControl operation = new OperationControl(plant);
    measurements.add(operation::beat);
    serve(new AdoptedCurve(plant, CurveFormat.MODEL_705));
    serve(new AdoptedCurve(plant, CurveFormat.MODEL_706));
    serve(operation);
  }

  private void fillOneHundred(EmulatedPlant plant, DerReadings readings) {
    Nameplate nameplate = new Nameplate(plant);
    measurements.add(nameplate::refresh);
    images.addAll(readings.identityAndInverter());
    images.addAll(nameplate.images());
    if (plant.kind() == Kind.LOAD) {
      return;
    }
    serve(new ImmediateControl(plant, nameplate.settingKw()));
    if (plant.kind() == Kind.STORAGE) {
      serve(new StorageControl(plant));
    }
    serve(new SelectedCurve(plant, CurveFormat.MODEL_126));
    serve(new SelectedCurve(plant, CurveFormat.MODEL_132));
    if (plant.kind() == Kind.STORAGE) {
      BatteryStatus battery = new BatteryStatus(plant, faults);
      measurements.add(battery::measure);
      serve(battery);
    }
  }

  private void serve(WritableModel model) {
    controls.add(model);
    images.add(model.image());
  }

  @Override
  public int[] read(int address, int count) throws ModbusRefusedException {
    refuseIfBroken();
    if (!faults.has(Fault.FROZEN)) {
      measurements.forEach(Runnable::run);
    }
    controls.forEach(WritableModel::refresh);
    int[] all = registers();
    int from = address - base;
    if (from < 0 || from + count > all.length) {
      throw refuse(ModbusRefusal.ILLEGAL_DATA_ADDRESS);
    }
    return Arrays.copyOfRange(all, from, from + count);
  }

  @Override
  public void write(int address, int[] values) throws ModbusRefusedException {
    refuseIfBroken();
    for (WritableModel control : controls) {
      int offset = address - addressOf(control.image());
      if (control.writable(offset, offset + values.length)) {
        if (!control.take(offset, values)) {
          throw refuse(ModbusRefusal.ILLEGAL_DATA_VALUE);
        }
        return;
      }
    }
    throw refuse(ModbusRefusal.ILLEGAL_DATA_ADDRESS);
  }

  private void refuseIfBroken() throws ModbusRefusedException {
    if (faults.has(Fault.EXCEPTION)) {
      throw refuse(ModbusRefusal.SERVER_DEVICE_FAILURE);
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
