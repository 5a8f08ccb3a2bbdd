package ndoe.devices.sunspec;

import java.util.Optional;

/**
 * One point of a model definition.
 *
 * @param size registers
 * @param scale name of a scale factor point, or a whole number
 */
record PointDefinition(
    String name, PointType type, int size, Optional<String> scale, boolean writable) {}
