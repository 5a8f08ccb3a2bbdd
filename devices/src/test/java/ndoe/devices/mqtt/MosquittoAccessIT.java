package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secured broker of the lab set-up: accounts, access list, certificates. */
class MosquittoAccessIT {
  private static final Path ACL = Path.of("../lab-setup/mosquitto/acl").toAbsolutePath();
  private static final GatewayTimings TIMINGS =
      new GatewayTimings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(30));

  @TempDir private Path directory;
  private Path passwords;

  @BeforeAll
  static void needsMosquitto() {
    boolean installed = TestBroker.mosquittoInstalled() && runs("mosquitto_passwd");
    if (!installed) {
      System.out.println("SKIPPED: no mosquitto on the path, its access list is not tested");
    }
    assumeTrue(installed, "no mosquitto on the path");
  }

  @BeforeEach
  void makeAccounts() throws Exception {
    passwords = directory.resolve("passwords");
    Files.createFile(passwords);
    for (String user : List.of("controller", "pv1", "pv2")) {
      run("mosquitto_passwd", "-b", passwords.toString(), user, user + "-secret");
    }
  }

  private TestBroker secured() {
    return TestBroker.mosquitto(
        "allow_anonymous false", "password_file " + passwords, "acl_file " + ACL);
  }

  private static PahoLink login(TestBroker broker, String user) {
    return PahoLink.connect(
        broker.address().withLogin(user, user + "-secret"), LinkSettings.of(user));
  }

  @Test
  void refusesAWrongPasswordAndNone() {
    try (TestBroker broker = secured()) {
      BrokerAddress wrong = broker.address().withLogin("pv1", "guess");
      for (BrokerAddress address : List.of(wrong, broker.address())) {
        DeviceLinkException refused =
            assertThrows(
                DeviceLinkException.class, () -> PahoLink.connect(address, LinkSettings.of("one")));
        assertTrue(
            refused.getMessage().toLowerCase(Locale.ROOT).contains("not authorized"),
            refused::getMessage);
      }
    }
  }

  @Test
  void letsControllerAndGatewayTalk() throws Exception {
    try (TestBroker broker = secured();
        PahoLink gateway = login(broker, "pv1");
        PahoLink controller = login(broker, "controller")) {
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
    try (TestBroker broker = secured();
        PahoLink gateway = login(broker, "pv1");
        PahoLink other = login(broker, "pv2");
        PahoLink controller = login(broker, "controller")) {
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
  void neverTakesADroppedCommandForADeliveredOne() throws Exception {
    Path mayOnlyRead = directory.resolve("acl");
    Files.writeString(mayOnlyRead, "user controller\ntopic read #\nuser pv1\ntopic readwrite #\n");
    try (TestBroker broker =
            TestBroker.mosquitto(
                "allow_anonymous false", "password_file " + passwords, "acl_file " + mayOnlyRead);
        PahoLink gateway = login(broker, "pv1");
        PahoLink controller = login(broker, "controller")) {
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
  void checksTheBrokersCertificate() throws Exception {
    assumeTrue(runs("openssl"), "no openssl on the path");
    makeCertificates();
    Path ca = directory.resolve("ca.crt");
    try (TestBroker broker =
        TestBroker.mosquitto(
            "cafile " + ca,
            "certfile " + directory.resolve("broker.crt"),
            "keyfile " + directory.resolve("broker.key"),
            "tls_version tlsv1.2")) {
      int port = broker.address().port();
      BrokerAddress trusted = BrokerAddress.parse("ssl://127.0.0.1:" + port).withCa(ca);
      try (PahoLink link = PahoLink.connect(trusted, LinkSettings.of("one"))) {
        assertTrue(link.isConnected());
      }
      BrokerAddress untrusted = BrokerAddress.parse("ssl://127.0.0.1:" + port);
      assertThrows(
          DeviceLinkException.class, () -> PahoLink.connect(untrusted, LinkSettings.of("two")));
      BrokerAddress otherName =
          new BrokerAddress("127.0.0.2", port, true, Optional.empty(), Optional.of(ca));
      assertThrows(
          DeviceLinkException.class, () -> PahoLink.connect(otherName, LinkSettings.of("three")));
    }
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

  private void makeCertificates() throws Exception {
    Files.writeString(directory.resolve("san"), "subjectAltName=IP:127.0.0.1");
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=test CA",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt");
    run(
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=broker",
        "-keyout",
        "broker.key",
        "-out",
        "broker.csr");
    run(
        "openssl",
        "x509",
        "-req",
        "-in",
        "broker.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        "san",
        "-out",
        "broker.crt");
  }

  private void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), command[0]);
    assertEquals(0, process.exitValue(), String.join(" ", command));
  }

  private static boolean runs(String command) {
    try {
      Process process =
          new ProcessBuilder(command, "-h")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
