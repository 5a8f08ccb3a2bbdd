package ndoe.devices;

/**
 * The limit or setpoint found on a device before this program wrote anything to it.
 *
 * @param enabled whether the device obeyed it
 * @param valueKw limit of a generator, power of a storage (injection positive), kW
 * @param reverts whether the device was to let go of it by itself after a time
 */
public record PriorControl(boolean enabled, double valueKw, boolean reverts) {}
