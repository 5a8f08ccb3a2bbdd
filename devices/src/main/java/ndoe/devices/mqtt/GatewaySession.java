package ndoe.devices.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final CompletableFuture<DeviceInfo> firstInfo = new CompletableFuture<>();

  private final Object lock = new Object();
  private Optional<PendingAck> pendingAck = Optional.empty();
  private Optional<AwaitedReading> awaitedReading = Optional.empty();
  private Optional<DeviceInfo> info = Optional.empty();
  private boolean offline;

  /** Gateway’s time of the last acknowledgement or reading: what comes next must be later. */
  private Instant newest = Instant.MIN;

  private record PendingAck(String id, CompletableFuture<ControlAck> answer) {}

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
    String id = UUID.randomUUID().toString();
    AwaitedReading awaited;
    synchronized (lock) {
      requireOnline();
      awaited = new AwaitedReading(info(), id, newest);
      awaitedReading = Optional.of(awaited);
    }
    try {
      send(
          MqttMessage.atLeastOnce(topics.poll(), new MeasurementPoll(id).toJson()),
          awaited.answer());
      AwaitedReading.Reading reading =
          await(
              awaited.answer(),
              timings.answer(),
              describe("no reading within " + timings.answer().toMillis() + " ms"));
      reading
          .doubt(clock.instant(), timings.maxAge())
          .ifPresent(
              doubt -> {
                throw new DeviceLinkException(describe(doubt));
              });
      return reading.measured(info().nominalVoltageV(), device());
    } finally {
      synchronized (lock) {
        awaitedReading = Optional.empty();
      }
    }
  }

  /** Sends a command and waits for its acknowledgement. */
  ControlAck command(Ask generationLimitW, Ask powerW) {
    PendingAck pending = new PendingAck(UUID.randomUUID().toString(), new CompletableFuture<>());
    ControlCommand command;
    synchronized (lock) {
      requireOnline();
      command =
          new ControlCommand(
              pending.id(),
              link.session().epoch(),
              link.session().next(),
              clock.instant(),
              timings.reversion(),
              timings.reversion(),
              generationLimitW,
              powerW);
      pendingAck = Optional.of(pending);
    }
    try {
      send(MqttMessage.atLeastOnce(topics.control(), command.toJson()), pending.answer());
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
    try {
      StorageMeasurement measured = StorageMeasurement.parse(message.payload());
      awaitedReading().ifPresent(awaited -> awaited.offer(measured));
    } catch (DeviceLinkException e) {
      failReading(e);
    }
  }

  private void measuredAc(MqttMessage message) {
    try {
      AcMeasurement measured = AcMeasurement.parse(message.payload());
      awaitedReading().ifPresent(awaited -> awaited.offer(measured));
      synchronized (lock) {
        seen(measured.readAt());
      }
    } catch (DeviceLinkException e) {
      failReading(e);
    }
  }

  private Optional<AwaitedReading> awaitedReading() {
    synchronized (lock) {
      return awaitedReading;
    }
  }

  private void failReading(DeviceLinkException malformed) {
    awaitedReading()
        .ifPresent(
            awaited ->
                fail(
                    awaited.answer(),
                    new DeviceLinkException(describe(malformed.getMessage()), malformed)));
    throw malformed;
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

  /** What is awaited fails as soon as the sending does. */
  private void send(MqttMessage message, CompletableFuture<?> awaited) {
    var unused = link.publish(message).whenComplete((sent, error) -> fail(awaited, error));
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
