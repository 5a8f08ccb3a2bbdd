package ndoe.devices.emulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.CommandGate;
import ndoe.devices.mqtt.CommandGate.Decision;
import ndoe.devices.mqtt.ControlAck;
import ndoe.devices.mqtt.ControlCommand;
import ndoe.devices.mqtt.ControlCommand.Ask;
import ndoe.devices.mqtt.ControllerHeartbeat;
import ndoe.devices.mqtt.DeviceInfo;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.MeasurementPoll;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.devices.mqtt.SiteTopics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT gateway of one emulated device, with a connection of its own so that its last will
 * speaks for it alone.
 */
public final class MqttEmulator implements EmulatedDevice {
  /** How often a reading is sent unasked. */
  public static final Duration PERIOD = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(MqttEmulator.class);
  private static final double NOMINAL_VOLTAGE_V = 230;

  private final EmulatedPlant plant;
  private final DeviceTopics topics;
  private final Clock clock = Clock.systemUTC();
  private final DeviceInfo info;
  private final CommandGate gate;
  private final DisturbedLink link;
  private final GatewayPresence presence;
  private final ScheduledFuture<?> periodic;
  private final ScheduledExecutorService timer;
  private final Runnable atClose;
  private final FaultState faults;
  private final GatewayReadings readings;
  private final ControllerWatch controller;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile Consumer<AnsweredCommand> witness = answered -> {};

  private MqttEmulator(
      EmulatedPlant plant,
      BrokerAddress broker,
      DeviceTopics topics,
      ScheduledExecutorService timer,
      Runnable atClose) {
    this.plant = plant;
    this.topics = topics;
    this.atClose = atClose;
    this.info = GatewayPresence.nameplate(plant, NOMINAL_VOLTAGE_V);
    this.timer = timer;
    this.faults = new FaultState(plant, Fault.OF_EVERY_PROTOCOL);
    this.readings = new GatewayReadings(plant, topics, faults, clock, NOMINAL_VOLTAGE_V);
    this.controller = new ControllerWatch(plant.monotonicNanos());
    this.gate = new CommandGate(info, clock);
    this.link = new DisturbedLink(GatewayPresence.connect(broker, topics), timer);
    try {
      link.subscribe(siteTopics().emergencyStop(), this::emergencyStop);
      link.subscribe(siteTopics().heartbeat(), this::heartbeat);
      link.subscribe(topics.control(), this::control);
      link.subscribe(topics.poll(), this::poll);
      this.presence = GatewayPresence.announce(topics, info, link, clock);
      this.periodic =
          timer.scheduleAtFixedRate(
              this::sendPeriodically, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /**
   * Starts the gateway with a timer of its own.
   *
   * @throws DeviceLinkException if the broker cannot be reached
   */
  public static MqttEmulator start(EmulatedPlant plant, BrokerAddress broker, String site) {
    ScheduledExecutorService timer = newTimer();
    try {
      return new MqttEmulator(
          plant, broker, new DeviceTopics(site, plant.id()), timer, timer::shutdownNow);
    } catch (RuntimeException e) {
      timer.shutdownNow();
      throw e;
    }
  }

  /** Starts the gateway on a timer that many share. */
  static MqttEmulator start(
      EmulatedPlant plant, BrokerAddress broker, String site, ScheduledExecutorService timer) {
    return new MqttEmulator(plant, broker, new DeviceTopics(site, plant.id()), timer, () -> {});
  }

  static ScheduledExecutorService newTimer() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "emulated readings");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public DeviceId id() {
    return plant.id();
  }

  @Override
  public Set<Fault> possibleFaults() {
    return Fault.OF_EVERY_PROTOCOL;
  }

  @Override
  public Set<Fault> faults() {
    return faults.all();
  }

  @Override
  public void inject(Fault fault) {
    faults.inject(fault);
  }

  @Override
  public void clear(Fault fault) {
    faults.clear(fault);
  }

  /** Lets the messages from and to the gateway meet this, or nothing. */
  void disturb(Optional<Disturbance> by, long seed) {
    link.disturb(by, seed);
  }

  /** Lets somebody see every command that arrives, in the order the device gets them. */
  void witness(Consumer<AnsweredCommand> each) {
    witness = each;
  }

  private SiteTopics siteTopics() {
    return new SiteTopics(topics.site());
  }

  /** Says offline and ends; the plant keeps what it was last told until its reversion. */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    periodic.cancel(false);
    presence.leave();
    link.close();
    atClose.run();
  }

  @Override
  public void kill() {
    if (!closing.getAndSet(true)) {
      periodic.cancel(false);
      link.breakOff();
      atClose.run();
    }
  }

  /** Stops the device before anything is said; after a reset it waits at its reversion value. */
  private void emergencyStop(MqttMessage message) {
    boolean before = gate.stopped();
    boolean after = gate.emergencyStop(message);
    if (after) {
      holdKw(0);
    } else if (before) {
      holdKw(plant.rating().reversionKw());
    }
    if (before != after) {
      LOG.warn("{}: emergency stop {}", plant.id(), after ? "engaged" : "reset");
    }
  }

  private void holdKw(double kw) {
    if (info.kind() == DeviceInfo.Kind.GENERATOR) {
      plant.setLimitKw(kw, Duration.ZERO);
    } else if (info.kind() == DeviceInfo.Kind.STORAGE) {
      plant.setPowerKw(kw, Duration.ZERO);
    }
  }

  private void control(MqttMessage message) {
    Decision decision = gate.judge(message);
    if (decision instanceof Decision.Accepted accepted) {
      controller.command(accepted.command());
      ControlAck ack = applied(accepted.command());
      witness.accept(new AnsweredCommand(plant.id(), Optional.of(accepted.command()), ack));
      sendReading(Optional.empty());
      send(MqttMessage.atLeastOnce(topics.ack(), ack.toJson()));
    } else if (decision instanceof Decision.Refused refused) {
      LOG.info("{} refuses {}", plant.id(), refused.ack().reason().orElse(""));
      witness.accept(new AnsweredCommand(plant.id(), Optional.empty(), refused.ack()));
      send(MqttMessage.atLeastOnce(topics.ack(), refused.ack().toJson()));
    }
  }

  private ControlAck applied(ControlCommand command) {
    try {
      return apply(command);
    } catch (RuntimeException e) {
      LOG.error("{}: {} was let through and not applied", plant.id(), command, e);
      return ControlAck.failed(command, clock.instant(), "the device refused it: " + e);
    }
  }

  /** The gateway is the device here, so the earlier of its two deadlines counts. */
  private ControlAck apply(ControlCommand command) {
    Duration reversion =
        command.valid().compareTo(command.reversion()) < 0 ? command.valid() : command.reversion();
    if (command.generationLimitW() instanceof Ask.Watts limit) {
      plant.setLimitKw(limit.value() / 1000, reversion);
    } else if (command.powerW() instanceof Ask.Watts power) {
      plant.setPowerKw(power.value() / 1000, reversion);
    } else {
      plant.releaseControl();
    }
    boolean generator = info.kind() == DeviceInfo.Kind.GENERATOR;
    return ControlAck.applied(
        command,
        clock.instant(),
        generator ? OptionalDouble.of(plant.limitKw() * 1000) : OptionalDouble.empty(),
        generator ? OptionalDouble.empty() : OptionalDouble.of(plant.setpointKw() * 1000));
  }

  private void poll(MqttMessage message) {
    try {
      sendReading(Optional.of(MeasurementPoll.parse(message.payload()).id()));
    } catch (DeviceLinkException e) {
      LOG.warn("{} ignores a {}", plant.id(), e.getMessage());
    }
  }

  private void sendPeriodically() {
    if (controller.notices()) {
      gate.endLease();
      if (plant.revertNow()) {
        tell(
            SiteEvent.Severity.ALARM,
            "no heartbeat of the controller for %d s: at its default"
                .formatted(ControllerWatch.PATIENCE.toSeconds()));
      }
    }
    if (link.isConnected()) {
      sendReading(Optional.empty());
    }
  }

  private void heartbeat(MqttMessage message) {
    try {
      if (message.retained()) {
        return;
      }
      ControllerHeartbeat heartbeat = ControllerHeartbeat.parse(message.payload());
      if (controller.beat(heartbeat)) {
        tell(SiteEvent.Severity.INFO, "the controller’s heartbeat is back");
      }
      if (heartbeat.leaving() && gate.isLeasedTo(heartbeat.epoch())) {
        gate.endLease();
        plant.revertNow();
      }
    } catch (DeviceLinkException e) {
      LOG.warn("{} ignores a {}", plant.id(), e.getMessage());
    }
  }

  private void tell(SiteEvent.Severity severity, String text) {
    LOG.warn("{}: {}", plant.id(), text);
    SiteEvent event = new SiteEvent(severity, Optional.of(plant.id()), text, clock.instant());
    send(MqttMessage.atLeastOnce(siteTopics().event(), event.toJson()));
  }

  private synchronized void sendReading(Optional<String> poll) {
    readings.next(poll).forEach(this::send);
  }

  private void send(MqttMessage message) {
    if (faults.has(Fault.LATE)) {
      publishLate(message);
    } else {
      publish(message);
    }
  }

  private void publishLate(MqttMessage message) {
    try {
      var unused =
          timer.schedule(() -> publish(message), LATENESS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: ends before it says {}", plant.id(), message.topic());
    }
  }

  private void publish(MqttMessage message) {
    if (faults.has(Fault.SILENT) || closing.get()) {
      return;
    }
    var unused =
        link.publish(message)
            .whenComplete(
                (sent, error) -> {
                  if (error != null && !closing.get()) {
                    LOG.debug("{}: not sent on {}", plant.id(), message.topic(), error);
                  }
                });
  }
}
