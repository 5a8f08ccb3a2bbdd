package ndoe.devices.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.mqtt.ControllerHeartbeat;
import ndoe.devices.mqtt.EmergencyStop;
import ndoe.devices.mqtt.Eventually;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.devices.mqtt.SiteTopics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fleet whose controller falls silent, stops in an emergency, ends, or has a rival. */
@Timeout(60)
class SupervisedFleetIT {
  private static final DeviceId MODBUS = new DeviceId("p1-pv");
  private static final DeviceId MQTT = new DeviceId("p2-bat");
  private static final FleetTimings TIMINGS =
      FleetTimings.defaults().withReversion(Duration.ofSeconds(3));
  private static final double QUANTUM_KW = 0.01;

  private final List<SiteEvent> events = new CopyOnWriteArrayList<>();
  private EmulatedBench bench;
  private DeviceFleet fleet;

  @BeforeEach
  void start() {
    bench =
        EmulatedBench.start(
            List.of(
                new EmulatedDeviceSpec(
                    MODBUS, "p1", Role.PV, Protocol.MODBUS, Rating.generator(10, 1.5)),
                new EmulatedDeviceSpec(
                    MQTT,
                    "p2",
                    Role.BATTERY,
                    Protocol.MQTT,
                    Rating.storage(5, 5, 10, 1, 0, 1, 0.5))),
            SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z")),
            Optional.empty(),
            "lab1");
    fleet = connect(new Supervision(Optional.of("lab1"), true, spec -> false, events::add));
  }

  @AfterEach
  void stop() {
    fleet.close();
    bench.close();
  }

  private DeviceFleet connect(Supervision supervision) {
    return DeviceFleet.connect(bench.specs(), bench.brokerAddress(), TIMINGS, supervision);
  }

  private MqttLink operator() {
    return PahoLink.connect(bench.brokerAddress().orElseThrow(), LinkSettings.of("operator"));
  }

  private void setBoth() {
    assertInstanceOf(Applied.class, fleet.inverter(MODBUS).limitActivePower(8));
    assertInstanceOf(Applied.class, fleet.battery(MQTT).setActivePower(-4));
  }

  @Test
  void goesToItsDefaultsWhenNobodyRenews() {
    setBoth();
    Eventually.until(
        "both at their defaults",
        () ->
            Math.abs(bench.plant(MODBUS).limitKw() - 1.5) < QUANTUM_KW
                && bench.plant(MQTT).setpointKw() == 0);
    assertTrue(
        events.stream().allMatch(event -> event.text().contains("not renewed")), events::toString);
  }

  @Test
  void stopsEveryDeviceUntilSomebodyResets() {
    setBoth();
    try (MqttLink operator = operator()) {
      String topic = new SiteTopics("lab1").emergencyStop();
      operator.publish(retained(topic, true)).join();
      Eventually.until("stopped", () -> fleet.guard().isStopped());
      Eventually.until(
          "both at 0",
          () -> bench.plant(MODBUS).limitKw() == 0 && bench.plant(MQTT).setpointKw() == 0);
      Rejected refused =
          assertInstanceOf(Rejected.class, fleet.inverter(MODBUS).limitActivePower(8));
      assertTrue(refused.reason().contains("smoke"), refused.reason());
      fleet.close();
      fleet = connect(new Supervision(Optional.of("lab1"), true, spec -> false, events::add));
      Eventually.until("a new controller hears it too", () -> fleet.guard().isStopped());
      assertInstanceOf(Rejected.class, fleet.inverter(MODBUS).limitActivePower(8));
      operator.publish(retained(topic, false)).join();
      Eventually.until("reset", () -> !fleet.guard().isStopped());
      Eventually.until(
          "set again", () -> fleet.inverter(MODBUS).limitActivePower(8) instanceof Applied);
    }
  }

  @Test
  void stopsHereAtOnceAndForWhoeverComesLaterThroughTheBroker() {
    setBoth();
    bench.stopBroker();
    fleet.emergencyStop("the page", "smoke");
    assertTrue(fleet.guard().isStopped());
    Eventually.until("the one without a broker is at 0", () -> bench.plant(MODBUS).limitKw() == 0);
    bench.startBroker();
    Eventually.until("the other follows", () -> bench.plant(MQTT).setpointKw() == 0);
    try (MqttLink late = operator()) {
      List<EmergencyStop> heard = new CopyOnWriteArrayList<>();
      Eventually.until(
          "somebody new hears it from the broker",
          () -> {
            if (heard.isEmpty()) {
              late.subscribe(
                      new SiteTopics("lab1").emergencyStop(),
                      message -> heard.add(EmergencyStop.parse(message.payload())))
                  .close();
            }
            return !heard.isEmpty();
          });
      assertTrue(heard.get(0).engaged());
      assertEquals("smoke", heard.get(0).reason());
    }
  }

  private static MqttMessage retained(String topic, boolean engaged) {
    EmergencyStop stop = new EmergencyStop(engaged, "operator", "smoke", Instant.now());
    return new MqttMessage(topic, stop.toJson(), 1, true);
  }

  @Test
  void lendsItsVoiceToTheSite() {
    List<ControllerHeartbeat> beats = new CopyOnWriteArrayList<>();
    List<SiteEvent> heard = new CopyOnWriteArrayList<>();
    try (MqttLink operator = operator()) {
      operator.subscribe(
          new SiteTopics("lab1").heartbeat(),
          message -> beats.add(ControllerHeartbeat.parse(message.payload())));
      operator.subscribe(
          new SiteTopics("lab1").event(), message -> heard.add(SiteEvent.parse(message.payload())));
      Eventually.until("three heartbeats", () -> beats.size() >= 3);
      assertEquals(beats.get(0).epoch(), beats.get(2).epoch());
      assertEquals(beats.get(0).seq() + 2, beats.get(2).seq());
      fleet.guard().stop("operator", "smoke");
      Eventually.until(
          "the event",
          () -> heard.stream().anyMatch(event -> event.text().contains("engaged by operator")));
    }
  }

  @Test
  void leavesEveryDeviceAtItsDefaultWhenItCloses() {
    setBoth();
    fleet.close();
    assertEquals(1.5, bench.plant(MODBUS).limitKw(), QUANTUM_KW);
    assertEquals(0, bench.plant(MQTT).setpointKw());
  }

  @Test
  void doesNotShareAModbusDeviceWithAnotherController() {
    DeviceLinkException refused =
        assertThrows(DeviceLinkException.class, () -> connect(Supervision.QUIET));
    assertTrue(refused.getMessage().contains("p1-pv"), refused.getMessage());
    assertTrue(refused.getMessage().contains("a device has one writer"), refused.getMessage());
    setBoth();
    try (DeviceFleet reader =
        connect(new Supervision(Optional.empty(), true, spec -> true, event -> {}))) {
      assertEquals(8, reader.inverter(MODBUS).measure().activePowerKw(), QUANTUM_KW);
    }
    fleet.close();
    fleet = connect(Supervision.QUIET);
    setBoth();
  }
}
