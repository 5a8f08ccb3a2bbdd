package ndoe.devices.commissioning;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One thing that was asked of a device and what came of it.
 *
 * @param askedKw limit of a generator, power of a storage; injection positive, kW
 * @param appliedKw as read back, kW; empty when the device did not confirm it
 * @param measuredKw last reading of the active power, kW; empty without one
 * @param response from the asking to the first reading that shows the effect; empty when none did
 * @param exercised whether the effect can be told from the device’s doing nothing: a limit above
 *     what the sun gives proves little
 * @param remark why it failed, or what to mind; blank if nothing is to be said
 */
public record CommissioningStep(
    String purpose,
    double askedKw,
    OptionalDouble appliedKw,
    OptionalDouble measuredKw,
    Optional<Duration> response,
    boolean exercised,
    String remark) {

  /** Whether the device did what was asked. */
  public boolean passed() {
    return response.isPresent();
  }
}
