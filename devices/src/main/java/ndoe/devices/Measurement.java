package ndoe.devices;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a device reports of itself; power is positive for injection.
 *
 * @param at when the device was read
 * @param activePowerKw kW at its terminals
 * @param reactivePowerKvar kvar at its terminals
 * @param voltagePu mean of the phase voltages over nominal, if the device measures it
 * @param socFraction state of charge, if it is a storage
 */
public record Measurement(
    DeviceId device,
    Instant at,
    double activePowerKw,
    double reactivePowerKvar,
    OptionalDouble voltagePu,
    OptionalDouble socFraction) {}
