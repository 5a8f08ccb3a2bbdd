package ndoe.devices;

/**
 * What a device was told to do by whoever came before us.
 *
 * @param enabled whether it acts on it
 * @param valueKw limit of a generator, power of a storage (injection positive), kW
 * @param reverts whether it has a timer running that ends it
 */
public record PriorControl(boolean enabled, double valueKw, boolean reverts) {}
