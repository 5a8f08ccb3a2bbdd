package ndoe.devices.sunspec;

/**
 * One point as a device has it.
 *
 * @param path from the model, as in {@code Crv[0].Pt[1].V}
 * @param offset registers from the model’s ID register
 * @param label what the definition calls it for people
 * @param unit as the definition writes it; empty without one
 * @param writable whether the definition lets clients write it
 */
public record PointReading(
    String path, int offset, String label, String unit, boolean writable, PointValue value) {

  /** Whether the device implements it. */
  public boolean implemented() {
    return !(value instanceof PointValue.NotImplemented);
  }
}
