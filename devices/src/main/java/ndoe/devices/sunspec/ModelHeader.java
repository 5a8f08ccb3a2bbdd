package ndoe.devices.sunspec;

/**
 * A model found on a device.
 *
 * @param address of its ID register
 * @param length registers after ID and length
 */
record ModelHeader(int id, int address, int length) {}
