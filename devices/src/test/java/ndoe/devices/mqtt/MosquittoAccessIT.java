package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.MqttEmulator;
import ndoe.devices.emulator.SimulatedClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secured broker of the lab set-up: accounts, access list, certificates. */
class MosquittoAccessIT {
  private static final GatewayTimings TIMINGS =
      new GatewayTimings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30));

  @TempDir private Path directory;

  @BeforeAll
  static void needsMosquitto() {
    SecuredBench.assumeInstalled();
  }

  private SecuredMosquitto secured() throws Exception {
    return SecuredBench.start(directory, "pv1", "pv2");
  }

  private static PahoLink login(SecuredMosquitto bench, String user) throws Exception {
    return PahoLink.connect(bench.as(user), patient(user));
  }

  private static String refusal(BrokerAddress address) {
    String message =
        assertThrows(DeviceLinkException.class, () -> PahoLink.connect(address, patient("refused")))
            .getMessage();
    assertFalse(message.contains("\n"), message);
    assertTrue(message.startsWith("broker " + address.uri() + ": "), message);
    return message.substring(("broker " + address.uri() + ": ").length());
  }

  @Test
  void refusesAWrongPasswordAnUnknownAccountAndNone() throws Exception {
    try (SecuredMosquitto bench = secured()) {
      assertEquals(
          "not authorized: wrong password, or no account \"pv1\"",
          refusal(bench.anonymous().withLogin("pv1", "guess")));
      assertEquals(
          "not authorized: wrong password, or no account \"pv9\"",
          refusal(bench.anonymous().withLogin("pv9", "guess")));
      assertEquals(
          "not authorized: it wants a user name and a password, none given",
          refusal(bench.anonymous()));
    }
  }

  @Test
  void letsControllerAndGatewayTalk() throws Exception {
    try (SecuredMosquitto bench = secured();
        PahoLink gateway = login(bench, "pv1");
        PahoLink controller = login(bench, "controller")) {
      introduce(gateway, "pv1");
      acknowledgeEverything(gateway, "pv1");
      try (MqttInverter inverter = MqttInverter.connect(controller, topics("pv1"), TIMINGS)) {
        assertInstanceOf(DispatchReceipt.Rejected.class, inverter.limitActivePower(1));
      }
    }
  }

  @Test
  void dropsTheCommandsOfAnotherGateway() throws Exception {
    Queue<MqttMessage> heard = new ConcurrentLinkedQueue<>();
    try (SecuredMosquitto bench = secured();
        PahoLink gateway = login(bench, "pv1");
        PahoLink other = login(bench, "pv2");
        PahoLink controller = login(bench, "controller")) {
      gateway.subscribe(topics("pv1").control(), heard::add);
      other
          .publish(MqttMessage.atLeastOnce(topics("pv1").control(), "forged"))
          .get(5, TimeUnit.SECONDS);
      controller
          .publish(MqttMessage.atLeastOnce(topics("pv1").control(), "true"))
          .get(5, TimeUnit.SECONDS);
      Eventually.until("the controller’s command", () -> !heard.isEmpty());
    }
    assertEquals(List.of("true"), heard.stream().map(MqttMessage::payload).toList());
  }

  @Test
  void tellsAGatewayThatItMayNotSpeakForAnotherDevice() throws Exception {
    try (SecuredMosquitto bench = secured();
        MqttEmulator own = MqttEmulator.start(plant("pv1"), bench.as("pv1"), "lab1")) {
      assertEquals("pv1", own.id().value());
      DeviceLinkException foreign =
          assertThrows(
              DeviceLinkException.class,
              () -> MqttEmulator.start(plant("pv1"), bench.as("pv2"), "lab1"));
      assertEquals(
          "broker ssl://127.0.0.1:%d does not pass on what is said on hil/v1/lab1/pv1/state: its"
                  .formatted(bench.port())
              + " access list lets an account speak only for the device of its own name",
          foreign.getMessage());
    }
  }

  private static EmulatedPlant plant(String id) {
    return new EmulatedPlant(
        new DeviceId(id),
        EmulatedPlant.Kind.GENERATOR,
        EmulatedPlant.Rating.generator(5, 1.5),
        SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z")),
        System::nanoTime);
  }

  @Test
  void dispatchesOverTheSecuredBrokerAndStopsForTheOperatorAlone() throws Exception {
    EmulatedPlant pv = plant("pv1");
    try (SecuredMosquitto bench = SecuredBench.start(directory, "pv1", "operator");
        MqttEmulator gateway = MqttEmulator.start(pv, bench.as("pv1"), "lab1");
        PahoLink controller = login(bench, "controller");
        PahoLink operator = login(bench, "operator");
        MqttInverter inverter = MqttInverter.connect(controller, topics("pv1"), TIMINGS)) {
      assertEquals("pv1", gateway.id().value());
      assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(3));
      MqttMessage stop =
          MqttMessage.retained(
              new SiteTopics("lab1").emergencyStop(),
              new EmergencyStop(true, "operator", "smoke", Instant.now()).toJson());
      controller.publish(stop).get(5, TimeUnit.SECONDS);
      assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(2));
      operator.publish(stop).get(5, TimeUnit.SECONDS);
      Eventually.until("stopped", () -> pv.limitKw() == 0);
      DispatchReceipt.Rejected rejected =
          assertInstanceOf(DispatchReceipt.Rejected.class, inverter.limitActivePower(1));
      assertTrue(rejected.reason().contains("emergency stop"), rejected::reason);
    }
  }

  /** Nothing beyond this machine unless the one who sets it up says so. */
  @ParameterizedTest
  @ValueSource(strings = {"mosquitto.conf", "secured.conf"})
  void listensOnThisMachineOnly(String configuration) throws Exception {
    List<String> listeners =
        Files.readAllLines(Path.of("../lab-setup/mosquitto", configuration)).stream()
            .filter(line -> line.matches("\\s*(listener|port|bind_.*)\\b.*"))
            .toList();
    assertEquals(1, listeners.size(), listeners::toString);
    assertTrue(listeners.get(0).matches("listener \\d+ 127\\.0\\.0\\.1"), listeners.get(0));
  }

  @Test
  void neverTakesADroppedCommandForADeliveredOne(@TempDir Path elsewhere) throws Exception {
    Path mayOnlyRead = elsewhere.resolve("acl");
    Files.writeString(mayOnlyRead, "user controller\ntopic read #\nuser pv1\ntopic readwrite #\n");
    try (SecuredMosquitto bench = SecuredBench.start(directory, mayOnlyRead, "pv1");
        PahoLink gateway = login(bench, "pv1");
        PahoLink controller = login(bench, "controller")) {
      introduce(gateway, "pv1");
      acknowledgeEverything(gateway, "pv1");
      try (MqttInverter inverter = MqttInverter.connect(controller, topics("pv1"), TIMINGS)) {
        DispatchReceipt.Unconfirmed unconfirmed =
            assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(1));
        assertTrue(unconfirmed.reason().contains("access list"), unconfirmed::reason);
      }
    }
  }

  @Test
  void trustsNoBrokerOfAnotherAuthority(@TempDir Path elsewhere) throws Exception {
    SecuredBench.secure(elsewhere, "127.0.0.1");
    Path otherAuthority = elsewhere.resolve("certs").resolve("ca.crt");
    try (SecuredMosquitto bench = secured()) {
      assertEquals(
          "its certificate is not signed by the authority in " + otherAuthority,
          refusal(bench.as("pv1").withCa(otherAuthority)));
      assertEquals(
          "its certificate is not signed by an authority of this system, and no broker CA is given",
          refusal(BrokerAddress.parse("ssl://127.0.0.1:" + bench.port())));
    }
  }

  @Test
  void trustsNoBrokerUnderAnotherName() throws Exception {
    try (SecuredMosquitto bench = secured()) {
      BrokerAddress otherName =
          BrokerAddress.parse("ssl://localhost:" + bench.port()).withCa(bench.authority());
      String refusal = refusal(otherName);
      assertTrue(refusal.startsWith("its certificate is not made for \"localhost\""), refusal);
    }
  }

  @Test
  void saysThatAPortWantsTls() throws Exception {
    try (SecuredMosquitto bench = secured()) {
      String refusal = refusal(BrokerAddress.plain("127.0.0.1", bench.port()));
      assertTrue(refusal.contains("ssl://"), refusal);
    }
  }

  @Test
  void keepsAuthorityAndPasswordsWhenRunAgain() throws Exception {
    SecuredBench.secure(directory, "broker.lab", "pv1");
    byte[] authority = Files.readAllBytes(directory.resolve("certs/ca.crt"));
    String password = Files.readString(directory.resolve("accounts/pv1.password"));
    try (SecuredMosquitto bench = SecuredBench.start(directory, "pv2");
        PahoLink earlier = login(bench, "pv1");
        PahoLink added = login(bench, "pv2")) {
      assertTrue(earlier.isConnected() && added.isConnected());
    }
    assertArrayEquals(authority, Files.readAllBytes(directory.resolve("certs/ca.crt")));
    assertEquals(password, Files.readString(directory.resolve("accounts/pv1.password")));
    assertFalse(Files.readString(directory.resolve("passwords")).contains(password.strip()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "*", "a;b", ","})
  void refusesABrokerNameThatIsNone(String name) {
    DeviceLinkException refused =
        assertThrows(DeviceLinkException.class, () -> SecuredBench.secure(directory, name));
    assertTrue(refused.getMessage().startsWith("secure.sh: \"" + name), refused::getMessage);
    assertFalse(Files.exists(directory.resolve("certs")));
  }

  /** A first TLS handshake is slow on a busy machine. */
  private static LinkSettings patient(String clientId) {
    return LinkSettings.of(clientId).withAnswer(Duration.ofSeconds(30));
  }

  private static DeviceTopics topics(String device) {
    return new DeviceTopics("lab1", new DeviceId(device));
  }

  private static void introduce(PahoLink gateway, String device) throws Exception {
    DeviceInfo info =
        new DeviceInfo(
            DeviceInfo.Kind.GENERATOR,
            "test",
            5000,
            0,
            0,
            230,
            0,
            DeviceInfo.Kind.GENERATOR.controls(),
            true);
    gateway
        .publish(MqttMessage.retained(topics(device).info(), info.toJson()))
        .get(5, TimeUnit.SECONDS);
  }

  private static void acknowledgeEverything(PahoLink gateway, String device) {
    gateway.subscribe(
        topics(device).control(),
        message -> {
          ControlCommand command = ControlCommand.parse(message.payload());
          ControlAck ack =
              ControlAck.rejected(
                  Optional.of(command.id()),
                  OptionalLong.of(command.seq()),
                  command.sentAt(),
                  "heard");
          var unused = gateway.publish(MqttMessage.atLeastOnce(topics(device).ack(), ack.toJson()));
        });
  }
}
