package ndoe.devices.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.Measurement;
import ndoe.devices.mqtt.ControlCommand.Ask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller’s end of the conversation with one device’s gateway. */
final class GatewaySession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewaySession.class);

  private final MqttLink link;
  private final DeviceTopics topics;
  private final GatewayTimings timings;
  private final Clock clock;
  private final List<MqttLink.Subscription> subscriptions = new ArrayList<>();
  private final String epoch = UUID.randomUUID().toString();
  private final CompletableFuture<DeviceInfo> firstInfo = new CompletableFuture<>();
  private long seq;

  private final Object lock = new Object();
  private Optional<PendingAck> pendingAck = Optional.empty();
  private Optional<PendingReading> pendingReading = Optional.empty();
  private Optional<DeviceInfo> info = Optional.empty();
  private Optional<StorageMeasurement> storage = Optional.empty();
  private boolean offline;

  /** Gateway’s time of the last acknowledgement or reading: what comes next must be later. */
  private Instant newest = Instant.MIN;

  private record PendingAck(String id, CompletableFuture<ControlAck> answer) {}

  private record PendingReading(String id, CompletableFuture<Measurement> answer) {}

  private GatewaySession(MqttLink link, DeviceTopics topics, GatewayTimings timings, Clock clock) {
    this.link = link;
    this.topics = topics;
    this.timings = timings;
    this.clock = clock;
  }

  /** Subscribes and waits for the nameplate of a device of that kind. */
  static GatewaySession open(
      MqttLink link,
      DeviceTopics topics,
      DeviceInfo.Kind kind,
      GatewayTimings timings,
      Clock clock) {
    GatewaySession session = new GatewaySession(link, topics, timings, clock);
    try {
      session.subscribe();
      DeviceInfo info =
          await(
              session.firstInfo,
              timings.answer(),
              session.describe("no nameplate on " + topics.info() + ": is its gateway running?"));
      if (info.kind() != kind || !info.controls().containsAll(kind.controls())) {
        throw new DeviceLinkException(
            session.describe(
                "is a %s that follows %s, not a %s"
                    .formatted(
                        Payload.nameOf(info.kind()), info.controls(), Payload.nameOf(kind))));
      }
      return session;
    } catch (DeviceLinkException e) {
      session.close();
      throw e;
    }
  }

  DeviceId device() {
    return topics.device();
  }

  DeviceInfo info() {
    synchronized (lock) {
      return info.orElseThrow();
    }
  }

  /** Asks for a reading and waits for one taken after the asking. */
  Measurement measure() {
    PendingReading pending =
        new PendingReading(UUID.randomUUID().toString(), new CompletableFuture<>());
    synchronized (lock) {
      requireOnline();
      pendingReading = Optional.of(pending);
    }
    try {
      send(MqttMessage.atLeastOnce(topics.poll(), new MeasurementPoll(pending.id()).toJson()))
          .whenComplete((sent, error) -> fail(pending.answer(), error));
      return await(
          pending.answer(),
          timings.answer(),
          describe("no reading within " + timings.answer().toMillis() + " ms"));
    } finally {
      synchronized (lock) {
        pendingReading = Optional.empty();
      }
    }
  }

  /** Sends a command and waits for its acknowledgement. */
  ControlAck command(Ask generationLimitW, Ask powerW) {
    PendingAck pending = new PendingAck(UUID.randomUUID().toString(), new CompletableFuture<>());
    ControlCommand command;
    synchronized (lock) {
      requireOnline();
      seq++;
      command =
          new ControlCommand(
              pending.id(),
              epoch,
              seq,
              clock.instant(),
              timings.reversion(),
              timings.reversion(),
              generationLimitW,
              powerW);
      pendingAck = Optional.of(pending);
    }
    try {
      send(MqttMessage.atLeastOnce(topics.control(), command.toJson()))
          .whenComplete((sent, error) -> fail(pending.answer(), error));
      return await(
          pending.answer(),
          timings.answer(),
          describe(
              "no acknowledgement within %d ms: gateway silent, or the broker’s access list"
                      .formatted(timings.answer().toMillis())
                  + " forbids the command"));
    } finally {
      synchronized (lock) {
        pendingAck = Optional.empty();
      }
    }
  }

  @Override
  public void close() {
    subscriptions.forEach(MqttLink.Subscription::close);
    subscriptions.clear();
  }

  private void subscribe() {
    listen(topics.ack(), this::acknowledged);
    listen(topics.measuredStorage(), this::measuredStorage);
    listen(topics.measuredAc(), this::measuredAc);
    listen(topics.state(), this::stateChanged);
    listen(topics.info(), this::described);
  }

  private void listen(String topic, Consumer<MqttMessage> receiver) {
    subscriptions.add(
        link.subscribe(
            topic,
            message -> {
              try {
                receiver.accept(message);
              } catch (DeviceLinkException e) {
                LOG.warn("{} on {}: {}", topics.device(), topic, e.getMessage());
              }
            }));
  }

  private void acknowledged(MqttMessage message) {
    ControlAck ack = ControlAck.parse(message.payload());
    synchronized (lock) {
      ack.verifiedAt().ifPresent(this::seen);
      pendingAck
          .filter(pending -> ack.id().equals(Optional.of(pending.id())))
          .ifPresent(pending -> pending.answer().complete(ack));
    }
  }

  private void measuredStorage(MqttMessage message) {
    StorageMeasurement measured = StorageMeasurement.parse(message.payload());
    synchronized (lock) {
      storage = Optional.of(measured);
    }
  }

  private void measuredAc(MqttMessage message) {
    AcMeasurement measured;
    try {
      measured = AcMeasurement.parse(message.payload());
    } catch (DeviceLinkException e) {
      synchronized (lock) {
        pendingReading.ifPresent(
            pending -> fail(pending.answer(), new DeviceLinkException(describe(e.getMessage()))));
      }
      throw e;
    }
    synchronized (lock) {
      pendingReading
          .filter(pending -> answers(measured, pending))
          .ifPresent(pending -> complete(pending, measured));
      seen(measured.readAt());
    }
  }

  private boolean answers(AcMeasurement measured, PendingReading pending) {
    boolean polls = info.isPresent() && info.get().polls();
    return polls
        ? measured.poll().equals(Optional.of(pending.id()))
        : measured.readAt().isAfter(newest);
  }

  private void complete(PendingReading pending, AcMeasurement measured) {
    try {
      pending.answer().complete(measurement(measured));
    } catch (DeviceLinkException e) {
      fail(pending.answer(), e);
    }
  }

  private Measurement measurement(AcMeasurement measured) {
    if (measured.quality() != AcMeasurement.Quality.GOOD) {
      throw new DeviceLinkException(
          describe("its gateway calls the reading " + Payload.nameOf(measured.quality())));
    }
    Duration age = Duration.between(measured.readAt(), clock.instant());
    if (age.abs().compareTo(timings.maxAge()) > 0) {
      throw new DeviceLinkException(
          describe(
              "reading is %d ms old, allowed %d ms: stale, or the clocks differ"
                  .formatted(age.toMillis(), timings.maxAge().toMillis())));
    }
    DeviceInfo nameplate = info();
    return new Measurement(
        topics.device(),
        measured.readAt(),
        measured.activePowerW() / 1000,
        measured.reactivePowerVar() / 1000,
        voltagePu(measured, nameplate),
        socFraction(measured, nameplate));
  }

  private static OptionalDouble voltagePu(AcMeasurement measured, DeviceInfo nameplate) {
    if (nameplate.nominalVoltageV() == 0) {
      return OptionalDouble.empty();
    }
    OptionalDouble mean =
        measured.phaseVoltagesV().stream().mapToDouble(Double::doubleValue).average();
    return mean.isPresent()
        ? OptionalDouble.of(mean.getAsDouble() / nameplate.nominalVoltageV())
        : mean;
  }

  private OptionalDouble socFraction(AcMeasurement measured, DeviceInfo nameplate) {
    if (nameplate.kind() != DeviceInfo.Kind.STORAGE) {
      return OptionalDouble.empty();
    }
    StorageMeasurement stored =
        storage
            .filter(s -> s.seq() == measured.seq())
            .orElseThrow(
                () ->
                    new DeviceLinkException(
                        describe("reading " + measured.seq() + " came without its meas/storage")));
    return OptionalDouble.of(stored.socPercent() / 100);
  }

  private void stateChanged(MqttMessage message) {
    DeviceState state = DeviceState.parse(message.payload());
    synchronized (lock) {
      if (offline == state.online()) {
        LOG.warn("{} is {}", topics.device(), state.online() ? "back" : "offline");
      }
      offline = !state.online();
    }
  }

  private void described(MqttMessage message) {
    try {
      DeviceInfo described = DeviceInfo.parse(message.payload());
      synchronized (lock) {
        info = Optional.of(described);
      }
      firstInfo.complete(described);
    } catch (DeviceLinkException e) {
      fail(firstInfo, new DeviceLinkException(describe(e.getMessage()), e));
      throw e;
    }
  }

  private void seen(Instant gatewayTime) {
    if (gatewayTime.isAfter(newest)) {
      newest = gatewayTime;
    }
  }

  private void requireOnline() {
    if (!link.isConnected()) {
      throw new DeviceLinkException(describe("no link to the broker"));
    }
    if (offline) {
      throw new DeviceLinkException(describe("its gateway is offline"));
    }
  }

  private CompletableFuture<Void> send(MqttMessage message) {
    return link.publish(message);
  }

  private String describe(String what) {
    return "device %s at %s: %s".formatted(topics.device(), link.address(), what);
  }

  private static void fail(CompletableFuture<?> pending, Throwable error) {
    if (error != null) {
      pending.completeExceptionally(error);
    }
  }

  private static <T> T await(CompletableFuture<T> answer, Duration deadline, String otherwise) {
    try {
      return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new DeviceLinkException(otherwise, e);
    } catch (ExecutionException e) {
      throw new DeviceLinkException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted while waiting: " + otherwise, e);
    }
  }
}
