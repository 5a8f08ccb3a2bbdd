package ndoe.devices.sunspec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.RegisterLink;

/**
 * Which models a device has, and where.
 *
 * @param base register of the marker before the first model
 */
record SunSpecMap(int base, List<ModelHeader> models) {
  private static final int[] BASES = {40_000, 0, 50_000};
  private static final int MARKER_HIGH = 0x5375;
  private static final int MARKER_LOW = 0x6E53;
  private static final int END = 0xFFFF;
  private static final int MOST_MODELS = 256;

  SunSpecMap {
    models = List.copyOf(models);
  }

  /** Walks the models; a refused base is no base, a silent device is an error. */
  static SunSpecMap discover(RegisterLink link, SunSpecQuirks quirks) {
    link.connect();
    int[] bases = quirks.base().isPresent() ? new int[] {quirks.base().getAsInt()} : BASES;
    for (int base : bases) {
      if (hasMarker(link, base)) {
        return walk(link, base);
      }
    }
    throw new DeviceLinkException(
        link.address()
            + " answers Modbus but not SunSpec (no marker at "
            + Arrays.stream(bases).mapToObj(Integer::toString).collect(Collectors.joining(", "))
            + "); check the unit id and that SunSpec is switched on in the device");
  }

  Optional<ModelHeader> find(int id) {
    return models.stream().filter(model -> model.id() == id).findFirst();
  }

  String ids() {
    return models.stream().map(model -> "" + model.id()).collect(Collectors.joining(", "));
  }

  /** Reads a model in as few requests of so many registers as point boundaries allow. */
  static ModelImage read(RegisterLink link, ModelHeader header, int mostRegisters)
      throws ModbusRefusedException {
    ModelDefinition definition = ModelDefinition.of(header.id());
    int[] registers = new int[2 + header.length()];
    ModelLayout layout = ModelLayout.of(definition, registers, 0);
    for (int known = 0; known < registers.length; ) {
      if (!layout.isComplete()) {
        layout = ModelLayout.of(definition, registers, known);
      }
      int next = layout.readableUpTo(known, mostRegisters);
      int[] part = link.read(header.address() + known, next - known);
      System.arraycopy(part, 0, registers, known, part.length);
      known = next;
    }
    if (registers[0] != header.id() || registers[1] != header.length()) {
      link.close();
      throw new DeviceLinkException(
          link.address() + ": SunSpec model " + header.id() + " is no longer where it was found");
    }
    return new ModelImage(definition, registers);
  }

  private static boolean hasMarker(RegisterLink link, int base) {
    try {
      int[] marker = link.read(base, 2);
      return marker[0] == MARKER_HIGH && marker[1] == MARKER_LOW;
    } catch (ModbusRefusedException notHere) {
      return false;
    } catch (DeviceLinkException e) {
      throw new DeviceLinkException(
          e.getMessage() + "; check the unit id and that the device speaks Modbus TCP", e);
    }
  }

  private static SunSpecMap walk(RegisterLink link, int base) {
    List<ModelHeader> models = new ArrayList<>();
    int address = base + 2;
    try {
      while (address + 1 <= END && models.size() < MOST_MODELS) {
        int[] header = link.read(address, 2);
        if (header[0] == END) {
          return new SunSpecMap(base, models);
        }
        models.add(new ModelHeader(header[0], address, header[1]));
        address += 2 + header[1];
      }
    } catch (ModbusRefusedException e) {
      throw new DeviceLinkException(
          link.address() + ": the list of SunSpec models breaks off: " + e.getMessage(), e);
    }
    throw new DeviceLinkException(link.address() + ": the list of SunSpec models has no end");
  }
}
