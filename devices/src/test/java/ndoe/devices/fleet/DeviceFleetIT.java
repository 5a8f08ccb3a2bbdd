package ndoe.devices.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.PriorControl;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.Eventually;
import org.junit.jupiter.api.Test;

class DeviceFleetIT {
  private static final Rating BATTERY = Rating.storage(150, 150, 600, 0.95, 0.1, 0.9, 0.5);
  private static final Rating VEHICLE = Rating.storage(0, 40, 200, 0.95, 0, 1, 0.4);
  private static final FleetTimings TIMINGS =
      new FleetTimings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30));

  private final SimulatedClock clock =
      SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z"));

  private static EmulatedDeviceSpec device(String id, Role role, Protocol protocol, Rating rating) {
    String owner = id.substring(0, id.indexOf('-'));
    return new EmulatedDeviceSpec(new DeviceId(id), owner, role, protocol, rating);
  }

  private static List<EmulatedDeviceSpec> oneOfEach(Protocol protocol, String owner) {
    return List.of(
        device(owner + "-pv", Role.PV, protocol, Rating.generator(900, 50)),
        device(owner + "-wind", Role.WIND, protocol, Rating.generator(300, 0)),
        device(owner + "-chp", Role.MICRO_TURBINE, protocol, Rating.generator(200, 0)),
        device(owner + "-bat", Role.BATTERY, protocol, BATTERY),
        device(owner + "-ev", Role.VEHICLE, protocol, VEHICLE),
        device(owner + "-flex", Role.FLEXIBLE_LOAD, protocol, VEHICLE),
        device(owner + "-load", Role.METER, protocol, Rating.load(180)));
  }

  private static DeviceFleet connect(EmulatedBench bench) {
    return DeviceFleet.connect(bench.specs(), bench.brokerAddress(), TIMINGS);
  }

  @Test
  void drivesEveryRoleOverBothProtocols() {
    List<EmulatedDeviceSpec> devices = new ArrayList<>(oneOfEach(Protocol.MQTT, "p1"));
    devices.addAll(oneOfEach(Protocol.MODBUS, "p2"));
    try (EmulatedBench bench = EmulatedBench.start(devices, clock);
        DeviceFleet fleet = connect(bench)) {
      assertEquals(14, fleet.devices().size());
      for (String owner : List.of("p1", "p2")) {
        assertEquals(7, fleet.ofOwner(owner).size());
        bench.plant(new DeviceId(owner + "-load")).setDemandKw(100);
        for (DeviceSpec spec : fleet.ofOwner(owner)) {
          drive(fleet, bench, spec);
        }
      }
    }
  }

  private static void drive(DeviceFleet fleet, EmulatedBench bench, DeviceSpec spec) {
    double power =
        switch (spec.role().nature()) {
          case INVERTER -> {
            applied(fleet.inverter(spec.id()).limitActivePower(90));
            yield fleet.inverter(spec.id()).measure().activePowerKw();
          }
          case BATTERY -> {
            applied(fleet.battery(spec.id()).setActivePower(-30));
            yield fleet.battery(spec.id()).measure().activePowerKw();
          }
          case METER -> fleet.meter(spec.id()).measure().activePowerKw();
        };
    assertEquals(bench.plant(spec.id()).activePowerKw(), power, 0.1, spec::toString);
    double expected =
        switch (spec.role().nature()) {
          case INVERTER -> 90;
          case BATTERY -> -30;
          case METER -> -100;
        };
    assertEquals(expected, power, 0.1, spec::toString);
  }

  private static DispatchReceipt.Applied applied(DispatchReceipt receipt) {
    return assertInstanceOf(DispatchReceipt.Applied.class, receipt, receipt::toString);
  }

  @Test
  void showsASmallDeviceAsTheLargeOneItStandsFor() {
    List<EmulatedDeviceSpec> devices =
        List.of(
            device("p1-pv", Role.PV, Protocol.MQTT, Rating.generator(5, 0.5)),
            device("p2-pv", Role.PV, Protocol.MODBUS, Rating.generator(5, 0.5)));
    try (EmulatedBench bench = EmulatedBench.start(devices, clock);
        DeviceFleet fleet =
            DeviceFleet.connect(
                bench.specs().stream()
                    .map(s -> new DeviceSpec(s.id(), s.owner(), s.role(), s.connection(), 180, 90))
                    .toList(),
                bench.brokerAddress(),
                TIMINGS)) {
      for (DeviceSpec spec : fleet.specs()) {
        assertEquals(900, fleet.inverter(spec.id()).ratingKw(), 1e-9);
        assertEquals(450, applied(fleet.inverter(spec.id()).limitActivePower(450)).askedKw());
        assertEquals(2.5, bench.plant(spec.id()).activePowerKw(), 1e-9);
        assertEquals(450, fleet.inverter(spec.id()).measure().activePowerKw(), 0.5);
        applied(fleet.inverter(spec.id()).limitActivePower(900));
      }
      assertEquals(
          Optional.of(new PriorControl(false, 900, false)),
          fleet.inverter(new DeviceId("p2-pv")).priorControl());
    }
  }

  @Test
  void namesEveryDeviceThatCannotBeReachedAndLeavesNothingOpen() throws IOException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (EmulatedBench bench =
            EmulatedBench.start(
                List.of(
                    device("p1-pv", Role.PV, Protocol.MQTT, Rating.generator(5, 0)),
                    device("p2-pv", Role.PV, Protocol.MODBUS, Rating.generator(5, 0))),
                clock);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int closed = closedPort();
      List<DeviceSpec> specs = new ArrayList<>(bench.specs());
      specs.add(spec("p3-absent", new Connection.Mqtt("bench")));
      specs.add(spec("p3-refused", new Connection.ModbusTcp("127.0.0.1", closed, 1)));
      specs.add(spec("p3-silent", new Connection.ModbusTcp("127.0.0.1", silent.getLocalPort(), 1)));
      FleetTimings brief =
          new FleetTimings(
              Duration.ofSeconds(8),
              Duration.ofMillis(1500),
              Duration.ofSeconds(2),
              Duration.ofSeconds(30));
      DeviceLinkException failed =
          assertThrows(
              DeviceLinkException.class,
              () -> DeviceFleet.connect(specs, bench.brokerAddress(), brief));
      String message = failed.getMessage();
      assertTrue(message.startsWith("3 of 5 devices cannot be reached:"), message);
      assertTrue(message.contains("p3-absent at mqtt bench: "), message);
      assertTrue(message.contains("p3-refused at modbus 127.0.0.1:" + closed), message);
      assertTrue(message.contains("p3-silent at modbus 127.0.0.1:"), message);
      assertFalse(message.contains("p1-pv"), message);
      assertEquals(5, specs.size());
      Eventually.until("no controller thread", () -> controllerThreads().isEmpty());
      try (DeviceFleet fleet = connect(bench)) {
        assertEquals(2, fleet.devices().size());
      }
    }
    Eventually.until("no thread left", () -> leftSince(before).isEmpty());
  }

  @Test
  void namesTheBrokerForEveryDeviceBehindIt() throws IOException {
    BrokerAddress nowhere = BrokerAddress.plain("127.0.0.1", closedPort());
    List<DeviceSpec> specs =
        List.of(
            spec("p1-pv", new Connection.Mqtt("lab1")), spec("p2-pv", new Connection.Mqtt("lab1")));
    DeviceLinkException failed =
        assertThrows(
            DeviceLinkException.class,
            () -> DeviceFleet.connect(specs, Optional.of(nowhere), TIMINGS));
    assertTrue(failed.getMessage().startsWith("2 of 2"), failed::getMessage);
    assertEquals(3, failed.getMessage().split(nowhere.uri(), -1).length, failed::getMessage);
  }

  @Test
  void refusesAFleetThatMakesNoSense() {
    DeviceSpec spec = spec("p1-pv", new Connection.Mqtt("lab1"));
    assertThrows(
        IllegalArgumentException.class,
        () -> DeviceFleet.connect(List.of(spec), Optional.empty(), TIMINGS));
    DeviceSpec modbus = spec("p1-pv", new Connection.ModbusTcp("127.0.0.1", 502, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> DeviceFleet.connect(List.of(modbus, modbus), Optional.empty(), TIMINGS));
  }

  @Test
  void usesTheBrokerItIsGiven() {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmulatedBench bench =
            EmulatedBench.start(
                List.of(device("p1-pv", Role.PV, Protocol.MQTT, Rating.generator(5, 0))),
                clock,
                Optional.of(broker.address()),
                "lab7");
        DeviceFleet fleet = connect(bench)) {
      assertEquals(Optional.of(broker.address()), bench.brokerAddress());
      assertEquals(new Connection.Mqtt("lab7"), bench.specs().get(0).connection());
      assertEquals(5, fleet.inverter(new DeviceId("p1-pv")).ratingKw());
    }
  }

  @Test
  void needsNoBrokerForModbusAlone() {
    List<EmulatedDeviceSpec> devices =
        List.of(device("p1-pv", Role.PV, Protocol.MODBUS, Rating.generator(5, 0)));
    try (EmulatedBench bench = EmulatedBench.start(devices, clock);
        DeviceFleet fleet = connect(bench)) {
      assertTrue(bench.brokerAddress().isEmpty());
      DeviceId id = new DeviceId("p1-pv");
      assertEquals(5, fleet.inverter(id).ratingKw(), 1e-9);
      assertThrows(IllegalArgumentException.class, () -> fleet.battery(id));
      assertThrows(IllegalArgumentException.class, () -> fleet.meter(new DeviceId("p9")));
    }
  }

  @Test
  void leavesNoThreadOfAFleetOfForty() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<EmulatedDeviceSpec> devices = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      devices.add(device("p" + i + "-pv", Role.PV, Protocol.MQTT, Rating.generator(900, 0)));
      devices.add(device("p" + i + "-bat", Role.BATTERY, Protocol.MODBUS, BATTERY));
    }
    long start = System.nanoTime();
    try (EmulatedBench bench = EmulatedBench.start(devices, clock)) {
      long up = System.nanoTime();
      try (DeviceFleet fleet = connect(bench)) {
        System.out.printf(
            "40 devices: emulators up after %d ms, fleet connected after another %d ms%n",
            (up - start) / 1_000_000, (System.nanoTime() - up) / 1_000_000);
        fleet.devices().forEach(device -> assertEquals(device.id(), device.measure().device()));
      }
    }
    Eventually.until("no thread left", () -> leftSince(before).isEmpty());
  }

  private static DeviceSpec spec(String id, Connection connection) {
    return new DeviceSpec(new DeviceId(id), "p", Role.PV, connection, 1);
  }

  private static List<String> controllerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("controller-") || name.contains("connect device"))
        .toList();
  }

  private static List<String> leftSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && !thread.isDaemon())
        .map(Thread::getName)
        .toList();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
