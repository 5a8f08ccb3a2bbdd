package ndoe.devices.emulator;

import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.mqtt.ControlAck;
import ndoe.devices.mqtt.ControlCommand;

/**
 * A command as an emulated gateway saw it.
 *
 * @param command what was let through to the device; empty when it was refused
 * @param ack what the gateway answered, whether or not the answer arrived
 */
public record AnsweredCommand(DeviceId device, Optional<ControlCommand> command, ControlAck ack) {}
