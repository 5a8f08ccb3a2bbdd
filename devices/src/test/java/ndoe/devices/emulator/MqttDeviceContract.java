package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.mqtt.CuttableRelay;
import ndoe.devices.mqtt.DeviceState;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.Eventually;
import ndoe.devices.mqtt.GatewayTimings;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttBattery;
import ndoe.devices.mqtt.MqttInverter;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.MqttMeter;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.PublishedSchema;
import ndoe.devices.mqtt.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices behind MQTT do whatever the broker. */
abstract class MqttDeviceContract {
  private static final String SITE = "lab1";
  private static final GatewayTimings TIMINGS =
      new GatewayTimings(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(30));

  private final SimulatedClock clock =
      SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z"));
  private final AtomicLong monotonic = new AtomicLong();
  private final EmulatedPlant pv = plant("pv1", Kind.GENERATOR, Rating.generator(900, 50));
  private final EmulatedPlant store =
      plant("bat1", Kind.STORAGE, Rating.storage(150, 150, 600, 0.95, 0.1, 0.9, 0.5));
  private final EmulatedPlant load = plant("load1", Kind.LOAD, Rating.load(180));
  private final PublishedSchema schema = new PublishedSchema();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private TestBroker broker;
  private MqttLink link;
  private final List<MqttEmulator> gateways = new ArrayList<>();

  abstract TestBroker newBroker();

  private EmulatedPlant plant(String id, Kind kind, Rating rating) {
    return new EmulatedPlant(new DeviceId(id), kind, rating, clock, monotonic::get);
  }

  private DeviceTopics topics(EmulatedPlant plant) {
    return new DeviceTopics(SITE, plant.id());
  }

  private MqttEmulator emulate(EmulatedPlant plant) {
    MqttEmulator gateway = MqttEmulator.start(plant, broker.address(), SITE);
    gateways.add(gateway);
    return gateway;
  }

  private MqttInverter inverter() {
    return MqttInverter.connect(link, topics(pv), TIMINGS);
  }

  @BeforeEach
  void open() {
    broker = newBroker();
    link = PahoLink.connect(broker.address(), LinkSettings.of("controller"));
    link.subscribe("hil/v1/#", this::witness);
    pv.setAvailablePowerKw(700);
  }

  /** Whatever is said in these tests fits the published schema. */
  private void witness(MqttMessage message) {
    schema
        .problems(message)
        .forEach(problem -> problems.add(message.topic() + ": " + problem + ": " + message));
  }

  @AfterEach
  void close() {
    gateways.forEach(MqttEmulator::close);
    link.close();
    broker.close();
    assertEquals(List.of(), List.copyOf(problems));
  }

  @Test
  void readsBackALimitAndSeesItsEffectAtOnce() {
    emulate(pv);
    try (MqttInverter inverter = inverter()) {
      assertEquals(900, inverter.ratingKw());
      assertEquals(700, inverter.measure().activePowerKw(), 1e-9);
      for (int i = 1; i <= 50; i++) {
        double limit = 700.0 * i / 51;
        DispatchReceipt.Applied applied =
            assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(limit));
        assertTrue(applied.appliedKw() <= limit);
        assertEquals(limit, applied.appliedKw(), 1e-9);
        assertEquals(limit, inverter.measure().activePowerKw(), 1e-9);
      }
    }
  }

  @Test
  void measuresAfterTheSurroundingsChanged() {
    emulate(pv);
    try (MqttInverter inverter = inverter()) {
      for (int i = 0; i < 50; i++) {
        pv.setAvailablePowerKw(10 * i);
        pv.setVoltagePu(1 + 0.001 * i);
        Measurement measured = inverter.measure();
        assertEquals(10 * i, measured.activePowerKw(), 1e-9);
        assertEquals(1 + 0.001 * i, measured.voltagePu().orElseThrow(), 1e-9);
        assertTrue(measured.socFraction().isEmpty());
      }
    }
  }

  @Test
  void chargesABatteryAndReadsItsStateOfCharge() {
    emulate(store);
    try (MqttBattery battery = MqttBattery.connect(link, topics(store), TIMINGS)) {
      assertEquals(150, battery.chargeRatingKw());
      assertEquals(150, battery.dischargeRatingKw());
      assertInstanceOf(DispatchReceipt.Applied.class, battery.setActivePower(-100));
      assertEquals(-100, battery.measure().activePowerKw(), 1e-9);
      clock.advanceTo(clock.get().plus(Duration.ofHours(1)));
      assertEquals(0.5 + 95.0 / 600, battery.measure().socFraction().orElseThrow(), 1e-9);
    }
  }

  @Test
  void metersADrawAsNegativePower() {
    load.setDemandKw(120);
    emulate(load);
    try (MqttMeter meter = MqttMeter.connect(link, topics(load), TIMINGS)) {
      assertEquals(-120, meter.measure().activePowerKw(), 1e-9);
    }
  }

  @Test
  void rejectsWhatIsOutsideTheRatingWithoutSendingIt() {
    emulate(pv);
    try (MqttInverter inverter = inverter()) {
      for (double kw : new double[] {-1, 901, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertInstanceOf(DispatchReceipt.Rejected.class, inverter.limitActivePower(kw));
      }
      assertEquals(900, pv.limitKw());
    }
  }

  @Test
  void fallsBackWhenTheControllerIsSilent() {
    GatewayTimings brief =
        new GatewayTimings(TIMINGS.answer(), TIMINGS.maxAge(), Duration.ofSeconds(5));
    emulate(pv);
    try (MqttInverter inverter = MqttInverter.connect(link, topics(pv), brief)) {
      assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(300));
      monotonic.addAndGet(Duration.ofMillis(4_999).toNanos());
      assertEquals(300, inverter.measure().activePowerKw(), 1e-9);
      monotonic.addAndGet(Duration.ofMillis(2).toNanos());
      assertEquals(50, inverter.measure().activePowerKw(), 1e-9);
    }
  }

  @Test
  void knowsNothingWhileTheBrokerIsGoneAndRecoversWhenItIsBack() {
    emulate(pv);
    try (MqttInverter inverter = inverter()) {
      broker.stop();
      Eventually.until("link down", () -> !link.isConnected());
      assertThrows(DeviceLinkException.class, inverter::measure);
      assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(100));
      broker.startAgain();
      Eventually.until(
          "the device follows again",
          () -> inverter.limitActivePower(200) instanceof DispatchReceipt.Applied);
      assertEquals(200, inverter.measure().activePowerKw(), 1e-9);
    }
  }

  @Test
  void neverDeliversASetpointAskedWhileTheBrokerWasGone() {
    emulate(pv);
    try (MqttInverter inverter = inverter()) {
      broker.stop();
      Eventually.until("link down", () -> !link.isConnected());
      assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(100));
      broker.startAgain();
      Eventually.until("measured again", () -> answers(inverter));
      assertEquals(900, pv.limitKw());
    }
  }

  private static boolean answers(MqttInverter inverter) {
    try {
      return inverter.measure() != null;
    } catch (DeviceLinkException e) {
      return false;
    }
  }

  @Test
  void isOfflineAsSoonAsItsGatewayEnds() {
    try (MqttInverter inverter = connectedThenGone()) {
      DeviceLinkException offline = assertThrows(DeviceLinkException.class, inverter::measure);
      assertTrue(offline.getMessage().contains("offline"), offline::getMessage);
      DispatchReceipt.Unconfirmed unconfirmed =
          assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(100));
      assertTrue(unconfirmed.reason().contains("offline"), unconfirmed::reason);
    }
  }

  private MqttInverter connectedThenGone() {
    Queue<DeviceState> states = new ConcurrentLinkedQueue<>();
    MqttEmulator gateway = emulate(pv);
    MqttInverter inverter = inverter();
    link.subscribe(topics(pv).state(), message -> states.add(DeviceState.parse(message.payload())));
    gateway.close();
    Eventually.until("offline", () -> states.stream().anyMatch(state -> !state.online()));
    return inverter;
  }

  @Test
  void correctsALateLastWill() throws Exception {
    emulate(pv);
    try (MqttInverter inverter = inverter()) {
      link.publish(MqttMessage.retained(topics(pv).state(), DeviceState.lastWill().toJson()))
          .get(5, TimeUnit.SECONDS);
      Eventually.until("back", () -> answers(inverter));
    }
  }

  @Test
  void isMournedByTheBrokerAndBornAgainWhenItsLinkIsCut() throws Exception {
    Queue<DeviceState> states = new ConcurrentLinkedQueue<>();
    try (CuttableRelay relay = CuttableRelay.start(broker.address())) {
      gateways.add(MqttEmulator.start(pv, relay.address(), SITE));
      link.subscribe(
          topics(pv).state(), message -> states.add(DeviceState.parse(message.payload())));
      Eventually.until("birth is kept", () -> !states.isEmpty());
      DeviceState birth = states.remove();
      assertTrue(birth.online());
      relay.cut();
      Eventually.until("last will", () -> states.contains(DeviceState.lastWill()));
      Eventually.until("birth", () -> states.contains(birth));
      try (MqttInverter inverter = inverter()) {
        Eventually.until("measured again", () -> answers(inverter));
      }
    }
  }

  @Test
  void findsNoDeviceWithoutAGateway() {
    GatewayTimings brief =
        new GatewayTimings(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(5));
    DeviceLinkException absent =
        assertThrows(
            DeviceLinkException.class, () -> MqttInverter.connect(link, topics(pv), brief));
    assertTrue(absent.getMessage().contains("hil/v1/lab1/pv1/info"), absent::getMessage);
  }

  @Test
  void findsNoInverterInABattery() {
    emulate(store);
    DeviceLinkException other =
        assertThrows(
            DeviceLinkException.class, () -> MqttInverter.connect(link, topics(store), TIMINGS));
    assertTrue(other.getMessage().contains("storage"), other::getMessage);
  }

  @Test
  void belongsToTheFirstControllerUntilItsLastCommandHasExpired() {
    GatewayTimings brief =
        new GatewayTimings(TIMINGS.answer(), TIMINGS.maxAge(), Duration.ofSeconds(1));
    emulate(pv);
    try (PahoLink other =
            PahoLink.connect(broker.address(), LinkSettings.of("another controller"));
        MqttInverter first = MqttInverter.connect(other, topics(pv), brief);
        MqttInverter second = inverter()) {
      assertInstanceOf(DispatchReceipt.Applied.class, first.limitActivePower(300));
      DispatchReceipt.Rejected rejected =
          assertInstanceOf(DispatchReceipt.Rejected.class, second.limitActivePower(200));
      assertTrue(rejected.reason().contains("another controller"), rejected::reason);
      assertEquals(300, pv.limitKw());
      Eventually.until(
          "the second may take over",
          () -> second.limitActivePower(200) instanceof DispatchReceipt.Applied);
      assertEquals(200, second.measure().activePowerKw(), 1e-9);
    }
  }
}
