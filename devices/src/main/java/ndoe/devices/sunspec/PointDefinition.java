package ndoe.devices.sunspec;

import java.util.Map;
import java.util.Optional;

/**
 * One point of a model definition.
 *
 * @param size registers
 * @param scale name of a scale factor point, or a whole number
 * @param label what the definition calls it for people; the name when it says nothing
 * @param unit as the definition writes it; empty without one
 * @param symbols names of enumerated values, of a bit field names of its bits by position
 */
record PointDefinition(
    String name,
    PointType type,
    int size,
    Optional<String> scale,
    boolean writable,
    String label,
    String unit,
    Map<Long, String> symbols) {
  PointDefinition {
    symbols = Map.copyOf(symbols);
  }
}
