package ndoe.controller.journal;

import java.util.List;
import ndoe.devices.DeviceId;
import ndoe.feeders.ProsumerId;

/**
 * One device of the run; a line of {@code devices.csv}.
 *
 * @param role {@code pv}, {@code battery}, …
 * @param connection protocol and address
 * @param real whether it is outside this process
 */
public record DeviceRow(
    ProsumerId prosumer, DeviceId device, String role, String connection, boolean real) {

  List<String> fields() {
    return List.of(prosumer.value(), device.value(), role, connection, String.valueOf(real));
  }
}
