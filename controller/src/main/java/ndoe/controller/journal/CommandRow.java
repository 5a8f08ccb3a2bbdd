package ndoe.controller.journal;

import java.time.Instant;
import ndoe.devices.DeviceId;
import ndoe.feeders.ProsumerId;

/**
 * What is about to be asked of a device. It is committed before it is sent, so that whatever a
 * device was told is known even if nobody lived to hear the answer.
 *
 * @param role of the device: {@code pv}, {@code battery}, …
 * @param quantity {@code active_power_limit} or {@code active_power}
 * @param askedKw injection positive, kW
 */
public record CommandRow(
    ProsumerId prosumer,
    DeviceId device,
    String role,
    String quantity,
    double askedKw,
    Instant at) {}
