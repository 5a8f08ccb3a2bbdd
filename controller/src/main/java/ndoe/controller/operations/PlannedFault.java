package ndoe.controller.operations;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.Disturbance;
import ndoe.devices.emulator.Fault;

/** A fault that is made on purpose at a moment of the simulated day. */
public sealed interface PlannedFault {

  /** On the simulated clock. */
  LocalDateTime at();

  /** How long on the simulated clock; to the end of the day if empty and it can last. */
  Optional<Duration> lasts();

  /** The device it befalls, if it is one alone. */
  default Optional<DeviceId> device() {
    return Optional.empty();
  }

  /** As a person would say it. */
  String words();

  /** One emulated device is broken. */
  record OfDevice(LocalDateTime at, Optional<Duration> lasts, DeviceId id, Fault fault)
      implements PlannedFault {
    @Override
    public Optional<DeviceId> device() {
      return Optional.of(id);
    }

    @Override
    public String words() {
      return "device_" + fault.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The broker of the emulated devices ends and, at once or after a while, starts again. */
  record BrokerRestart(LocalDateTime at, Optional<Duration> lasts) implements PlannedFault {
    @Override
    public String words() {
      return "broker_restart";
    }
  }

  /** Messages of all emulated gateways are lost and late. */
  record MessageLoss(LocalDateTime at, Optional<Duration> lasts, Disturbance disturbance)
      implements PlannedFault {
    @Override
    public String words() {
      return String.format(
          Locale.ROOT,
          "message_loss of %.3g with a delay of %d ± %d ms",
          disturbance.lostFraction(),
          disturbance.delay().toMillis(),
          disturbance.jitter().toMillis());
    }
  }

  /** The process halts as if killed; the run can be resumed. */
  record ControllerCrash(LocalDateTime at) implements PlannedFault {
    @Override
    public Optional<Duration> lasts() {
      return Optional.empty();
    }

    @Override
    public String words() {
      return "controller_crash";
    }
  }
}
