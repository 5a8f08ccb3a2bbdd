package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.mqtt.ControllerHeartbeat;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.Eventually;
import ndoe.devices.mqtt.GatewayTimings;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttInverter;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.devices.mqtt.SiteTopics;
import ndoe.devices.mqtt.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway does that is broken on command, or that misses its controller. */
@Timeout(60)
abstract class GatewayFaultContract {
  private static final SiteTopics SITE = new SiteTopics("lab1");
  private static final GatewayTimings TIMINGS =
      new GatewayTimings(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(30));

  private final AtomicLong nanos = new AtomicLong();
  private final EmulatedPlant pv =
      new EmulatedPlant(
          new DeviceId("pv1"),
          Kind.GENERATOR,
          Rating.generator(900, 50),
          () -> Instant.EPOCH,
          nanos::get);
  private final Queue<SiteEvent> events = new ConcurrentLinkedQueue<>();
  private TestBroker broker;
  private MqttLink link;
  private MqttEmulator gateway;
  private MqttInverter inverter;
  private long beats;

  abstract TestBroker newBroker();

  @BeforeEach
  void open() {
    broker = newBroker();
    link = PahoLink.connect(broker.address(), LinkSettings.of("controller"));
    link.subscribe(SITE.event(), message -> events.add(SiteEvent.parse(message.payload())));
    gateway = MqttEmulator.start(pv, broker.address(), SITE.site());
    inverter = MqttInverter.connect(link, new DeviceTopics(SITE.site(), pv.id()), TIMINGS);
  }

  @AfterEach
  void close() {
    inverter.close();
    gateway.close();
    link.close();
    broker.close();
  }

  /** A heartbeat that the gateway has surely taken, for it takes messages in order. */
  private void beat() throws Exception {
    beats++;
    String payload =
        new ControllerHeartbeat(link.session().epoch(), beats, false, Instant.now()).toJson();
    link.publish(MqttMessage.atLeastOnce(SITE.heartbeat(), payload)).get(5, TimeUnit.SECONDS);
    inverter.measure();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void goesToItsDefaultAfterThreeMissedHeartbeats() throws Exception {
    assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(300));
    beat();
    pass(Duration.ofMillis(2_900));
    beat();
    pass(Duration.ofMillis(2_900));
    Eventually.until("several looks at the clock", sees(6));
    assertEquals(300, pv.limitKw());
    pass(Duration.ofMillis(200));
    Eventually.until("default", () -> pv.limitKw() == 50);
    Eventually.until("alarm", () -> !events.isEmpty());
    SiteEvent alarm = events.remove();
    assertEquals(SiteEvent.Severity.ALARM, alarm.severity());
    assertTrue(alarm.text().contains("no heartbeat of the controller for 3 s"), alarm::text);
    beat();
    Eventually.until("all clear", () -> !events.isEmpty());
    assertEquals(SiteEvent.Severity.INFO, events.remove().severity());
    assertEquals(50, pv.limitKw(), "until it is told anew");
  }

  private BooleanSupplier sees(int more) {
    AtomicLong seen = new AtomicLong();
    link.subscribe(
        new DeviceTopics(SITE.site(), pv.id()).measuredAc(), message -> seen.incrementAndGet());
    return () -> seen.get() >= more;
  }

  @Test
  void missesNoControllerThatNeverBeat() {
    assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(300));
    pass(Duration.ofSeconds(29));
    Eventually.until("several looks at the clock", sees(6));
    assertEquals(300, pv.limitKw());
    assertTrue(events.isEmpty());
  }

  @Test
  void actsSilentlyAndSpeaksAgainOnceItIsCleared() {
    gateway.inject(Fault.SILENT);
    assertThrows(DeviceLinkException.class, inverter::measure);
    assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(300));
    assertEquals(300, pv.limitKw());
    gateway.clear(Fault.SILENT);
    assertEquals(300, inverter.measure().activePowerKw(), 1e-9);
  }

  @Test
  void answersTooLate() {
    gateway.inject(Fault.LATE);
    assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(300));
    gateway.clear(Fault.LATE);
    Eventually.until(
        "it follows again",
        () -> inverter.limitActivePower(200) instanceof DispatchReceipt.Applied);
  }

  @Test
  void acknowledgesWhatItDoesNotFollow() {
    gateway.inject(Fault.IGNORING_SETPOINTS);
    assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(300));
    assertEquals(900, inverter.measure().activePowerKw(), 1e-9);
    gateway.clear(Fault.IGNORING_SETPOINTS);
    assertEquals(300, inverter.measure().activePowerKw(), 1e-9);
  }

  @Test
  void driftsAndFreezes() {
    gateway.inject(Fault.DRIFTING);
    pass(Duration.ofSeconds(10));
    pv.setAvailablePowerKw(100);
    assertEquals(190, inverter.measure().activePowerKw(), 1e-9);
    gateway.inject(Fault.FROZEN);
    pv.setAvailablePowerKw(400);
    assertEquals(190, inverter.measure().activePowerKw(), 1e-9);
    gateway.clearFaults();
    assertEquals(400, inverter.measure().activePowerKw(), 1e-9);
  }

  @Test
  void cannotBeBrokenInWaysThatAreOfModbus() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> gateway.inject(Fault.TORN_FRAME));
    assertTrue(refused.getMessage().contains("pv1 cannot be TORN_FRAME"), refused.getMessage());
    assertTrue(gateway.faults().isEmpty());
  }
}
