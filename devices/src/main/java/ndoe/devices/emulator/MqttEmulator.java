package ndoe.devices.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.AcMeasurement;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.CommandGate;
import ndoe.devices.mqtt.CommandGate.Decision;
import ndoe.devices.mqtt.ControlAck;
import ndoe.devices.mqtt.ControlCommand;
import ndoe.devices.mqtt.ControlCommand.Ask;
import ndoe.devices.mqtt.DeviceInfo;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.MeasurementPoll;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.SiteTopics;
import ndoe.devices.mqtt.StorageMeasurement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT gateway of one emulated device, with a connection of its own so that its last will
 * speaks for it alone.
 */
public final class MqttEmulator implements AutoCloseable {
  /** How often a reading is sent unasked. */
  public static final Duration PERIOD = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(MqttEmulator.class);
  private static final double NOMINAL_VOLTAGE_V = 230;

  private final EmulatedPlant plant;
  private final DeviceTopics topics;
  private final Clock clock = Clock.systemUTC();
  private final DeviceInfo info;
  private final CommandGate gate;
  private final MqttLink link;
  private final GatewayPresence presence;
  private final ScheduledFuture<?> periodic;
  private final Runnable atClose;
  private long readings;
  private final AtomicBoolean closing = new AtomicBoolean();

  private MqttEmulator(
      EmulatedPlant plant,
      BrokerAddress broker,
      DeviceTopics topics,
      ScheduledExecutorService timer,
      Runnable atClose) {
    this.plant = plant;
    this.topics = topics;
    this.atClose = atClose;
    this.info = nameplate(plant);
    this.gate = new CommandGate(info, clock);
    this.link = GatewayPresence.connect(broker, topics);
    try {
      link.subscribe(new SiteTopics(topics.site()).emergencyStop(), this::emergencyStop);
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

  public DeviceId id() {
    return plant.id();
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
      ControlAck ack = applied(accepted.command());
      sendReading(Optional.empty());
      send(MqttMessage.atLeastOnce(topics.ack(), ack.toJson()));
    } else if (decision instanceof Decision.Refused refused) {
      LOG.info("{} refuses {}", plant.id(), refused.ack().reason().orElse(""));
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
    if (link.isConnected()) {
      sendReading(Optional.empty());
    }
  }

  private synchronized void sendReading(Optional<String> poll) {
    readings++;
    Instant now = clock.instant();
    if (info.kind() == DeviceInfo.Kind.STORAGE) {
      StorageMeasurement storage =
          new StorageMeasurement(
              readings,
              now,
              Math.min(100, plant.socFraction() * 100),
              OptionalDouble.of(plant.storedEnergyKwh() * 1000));
      send(MqttMessage.atMostOnce(topics.measuredStorage(), storage.toJson()));
    }
    double volts = plant.voltagePu() * NOMINAL_VOLTAGE_V;
    AcMeasurement ac =
        new AcMeasurement(
            readings,
            now,
            AcMeasurement.Quality.GOOD,
            plant.activePowerKw() * 1000,
            plant.reactivePowerKvar() * 1000,
            List.of(volts, volts, volts),
            poll);
    send(MqttMessage.atMostOnce(topics.measuredAc(), ac.toJson()));
  }

  private void send(MqttMessage message) {
    var unused =
        link.publish(message)
            .whenComplete(
                (sent, error) -> {
                  if (error != null && !closing.get()) {
                    LOG.debug("{}: not sent on {}", plant.id(), message.topic(), error);
                  }
                });
  }

  private static DeviceInfo nameplate(EmulatedPlant plant) {
    DeviceInfo.Kind kind =
        switch (plant.kind()) {
          case GENERATOR -> DeviceInfo.Kind.GENERATOR;
          case STORAGE -> DeviceInfo.Kind.STORAGE;
          case LOAD -> DeviceInfo.Kind.LOAD;
        };
    EmulatedPlant.Rating rating = plant.rating();
    return new DeviceInfo(
        kind,
        "emulated " + plant.kind().name().toLowerCase(Locale.ROOT),
        rating.injectionKw() * 1000,
        rating.drawKw() * 1000,
        rating.energyKwh() * 1000,
        NOMINAL_VOLTAGE_V,
        rating.reversionKw() * 1000,
        kind.controls(),
        true);
  }
}
