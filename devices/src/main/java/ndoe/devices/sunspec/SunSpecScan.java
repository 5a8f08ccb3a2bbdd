package ndoe.devices.sunspec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/**
 * All that a SunSpec device says of itself at one moment.
 *
 * @param base register of the marker: 40000, 0 or 50000
 * @param models in the device’s order
 */
public record SunSpecScan(ModbusAddress address, int base, List<ModelReading> models) {
  public SunSpecScan {
    models = List.copyOf(models);
  }

  /**
   * Connects, reads every model that has a published definition, and leaves; writes nothing.
   *
   * @throws DeviceLinkException when nothing answers in time, or not as a SunSpec device
   */
  public static SunSpecScan of(ModbusAddress address, ModbusTimings timings) {
    return of(address, timings, SunSpecQuirks.NONE);
  }

  /**
   * As {@link #of(ModbusAddress, ModbusTimings)}, minding where the models begin and how many
   * registers a request may read; unit id and gap are those of address and timings.
   */
  public static SunSpecScan of(ModbusAddress address, ModbusTimings timings, SunSpecQuirks quirks) {
    try (ModbusLink link = new ModbusLink(address, timings)) {
      SunSpecMap map = SunSpecMap.discover(link, quirks);
      List<ModelReading> models = new ArrayList<>();
      for (ModelHeader header : map.models()) {
        models.add(read(link, header, quirks.mostRegisters()));
      }
      return new SunSpecScan(address, map.base(), models);
    }
  }

  /** The first of a device’s models with this number, if it could be read. */
  public Optional<ModelReading.Decoded> find(int id) {
    return models.stream()
        .filter(model -> model.id() == id)
        .filter(ModelReading.Decoded.class::isInstance)
        .map(ModelReading.Decoded.class::cast)
        .findFirst();
  }

  private static ModelReading read(ModbusLink link, ModelHeader header, int mostRegisters) {
    if (ModelDefinition.find(header.id()).isEmpty()) {
      return new ModelReading.Foreign(header.id(), header.address(), header.length());
    }
    try {
      return ModelDecoder.decode(SunSpecMap.read(link, header, mostRegisters), header.address());
    } catch (ModbusRefusedException e) {
      return new ModelReading.Refused(
          header.id(), header.address(), header.length(), e.getMessage());
    }
  }
}
