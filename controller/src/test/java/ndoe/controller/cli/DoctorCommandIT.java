package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.devices.mqtt.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandIT {
  @TempDir Path temp;

  @Test
  void findsThisMachineReadyAndLeavesNothingBehind() throws IOException {
    Path runs = temp.resolve("runs");
    Spoken spoken = Spoken.by("doctor", "--runs", runs);
    assertEquals(0, spoken.exitCode(), spoken.out());
    assertTrue(spoken.line("OpenDSS").contains("solves a feeder: 0.976437 pu"), spoken.out());
    assertTrue(spoken.line("HELICS").startsWith("OK"), spoken.out());
    assertTrue(spoken.line("SQLite").contains("keeps a journal"), spoken.out());
    for (String subject : List.of("Java", "runs folder", "free space", "sockets", "clock")) {
      assertFalse(spoken.line(subject).startsWith("FAIL"), spoken.out());
    }
    assertFalse(spoken.out().contains("broker  "), spoken.out());
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void refusesARunsFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(temp.resolve("runs"), "");
    Spoken spoken = Spoken.by("doctor", "--runs", file);
    assertEquals(1, spoken.exitCode(), spoken.out());
    assertTrue(spoken.line("runs folder").startsWith("FAIL"), spoken.out());
    assertTrue(spoken.line("runs folder").contains("--runs"), spoken.out());
  }

  @Test
  void logsInAtABrokerAndHearsItself() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Spoken spoken = Spoken.by("doctor", "--runs", temp, "--broker", broker.address().uri());
      assertEquals(0, spoken.exitCode(), spoken.out());
      String line = spoken.line("takes the login");
      assertTrue(line.startsWith("OK") && line.contains("brings a message back"), spoken.out());
    }
  }

  @Test
  void failsWhereNoBrokerAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Spoken spoken = Spoken.by("doctor", "--runs", temp, "--broker", "tcp://127.0.0.1:" + free);
    assertEquals(1, spoken.exitCode(), spoken.out());
    assertTrue(spoken.line("FAIL  broker").contains("start it"), spoken.out());
    assertTrue(spoken.out().contains("not ready"), spoken.out());
  }

  @Test
  @EnabledIf("mosquittoIsInstalled")
  void failsWhereTheBrokerRefusesTheLogin() throws IOException {
    Path accounts = Files.writeString(temp.resolve("accounts"), "");
    try (Mosquitto broker =
        Mosquitto.start(temp, List.of("allow_anonymous false", "password_file " + accounts))) {
      Spoken spoken =
          Spoken.by("doctor", "--runs", temp, "--broker", "tcp://127.0.0.1:" + broker.port());
      assertEquals(1, spoken.exitCode(), spoken.out());
      assertTrue(spoken.line("FAIL  broker").contains("not authorized"), spoken.out());
    }
  }

  static boolean mosquittoIsInstalled() {
    return Mosquitto.executable().isPresent();
  }
}
