package ndoe.devices.modbus;

import static ndoe.devices.modbus.MisbehavingServer.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.MisbehavingServer.Manners;
import ndoe.devices.modbus.MisbehavingServer.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ModbusLinkIT {
  private static final Duration DEADLINE = Duration.ofMillis(200);
  private static final Duration FAR_BEYOND = Duration.ofMillis(1_200);

  @Test
  void neverTakesALateAnswerForTheNextOne() throws Exception {
    CountDownLatch gaveUp = new CountDownLatch(1);
    Manners late =
        (request, client, out) -> {
          if (request.start() == 100) {
            gaveUp.await();
          }
          out.write(request.goodAnswer());
        };
    try (MisbehavingServer server = new MisbehavingServer(late);
        ModbusLink link = link(server)) {
      assertThrows(DeviceLinkException.class, () -> link.read(100, 1));
      gaveUp.countDown();
      assertArrayEquals(new int[] {200}, link.read(200, 1));
      assertArrayEquals(new int[] {300}, link.read(300, 1));
      assertEquals(3, server.requests().size());
    }
  }

  @Test
  void neverTakesALateConfirmationForTheNextWrite() throws Exception {
    CountDownLatch gaveUp = new CountDownLatch(1);
    Manners late =
        (request, client, out) -> {
          if (request.start() == 40) {
            gaveUp.await();
            out.write(request.goodAnswer());
          }
        };
    try (MisbehavingServer server = new MisbehavingServer(late);
        ModbusLink link = link(server)) {
      assertThrows(DeviceLinkException.class, () -> link.write(40, 1));
      gaveUp.countDown();
      assertThrows(DeviceLinkException.class, () -> link.write(50, 1));
    }
  }

  @Test
  void sendsAWriteToASilentPeerOnce() throws Exception {
    try (MisbehavingServer server = new MisbehavingServer((request, client, out) -> {});
        ModbusLink link = link(server)) {
      long start = System.nanoTime();
      assertThrows(DeviceLinkException.class, () -> link.write(40, 1));
      assertTrue(elapsed(start).compareTo(FAR_BEYOND) < 0, "took " + elapsed(start));
      assertThrows(DeviceLinkException.class, () -> link.read(60, 1));
      assertEquals(1, server.requests().stream().filter(r -> r.start() == 40).count());
    }
  }

  @Test
  void reconnectsAfterThePeerClosed() throws Exception {
    reconnectsAfter((request, client, out) -> client.close());
  }

  @Test
  void reconnectsAfterThePeerReset() throws Exception {
    reconnectsAfter(
        (request, client, out) -> {
          client.setSoLinger(true, 0);
          client.close();
        });
  }

  @Test
  void refusesAnotherTransactionId() throws Exception {
    refuses((r, client, out) -> out.write(frame(r.transactionId() + 1, 0, 1, 3, r.registers(1))));
  }

  @Test
  void refusesAnotherProtocol() throws Exception {
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 7, 1, 3, r.registers(1))));
  }

  @Test
  void refusesAnotherUnit() throws Exception {
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 2, 3, r.registers(1))));
  }

  @Test
  void refusesAnotherFunction() throws Exception {
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 4, r.registers(1))));
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 0x90, new byte[] {2})));
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 0x55, new byte[] {2})));
  }

  @Test
  void refusesFewerOrMoreRegisters() throws Exception {
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 3, r.registers(0))));
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 3, r.registers(2))));
  }

  @Test
  void refusesAByteCountThatLies() throws Exception {
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 3, new byte[] {9, 1, 2})));
    refuses((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 3, new byte[] {1, 1, 2})));
  }

  @Test
  void refusesAConfirmationOfAnotherWrite() throws Exception {
    refusesWrite((r, client, out) -> out.write(frame(r.transactionId(), 0, 1, 16, r.echo(41))));
    refusesWrite(
        (r, client, out) ->
            out.write(frame(r.transactionId(), 0, 1, 16, new byte[] {0, 40, 0, 2})));
  }

  @Test
  void givesUpOnATruncatedFrame() throws Exception {
    refuses((r, client, out) -> out.write(r.goodAnswer(), 0, 9));
    refuses(
        (r, client, out) -> {
          out.write(r.goodAnswer(), 0, 5);
          client.close();
        });
  }

  @Test
  void refusesALengthNoModbusFrameHas() throws Exception {
    refuses((r, client, out) -> out.write(new byte[] {0, 1, 0, 0, (byte) 0xFF, (byte) 0xFF, 1, 3}));
    refuses((r, client, out) -> out.write(new byte[] {0, 1, 0, 0, 0, 0, 1, 3, 2, 0, 0}));
  }

  @Test
  void keepsTheDeadlineWhenBytesTrickle() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Manners trickle =
        (request, client, out) -> {
          for (byte single : request.goodAnswer()) {
            out.write(single);
            over.await(DEADLINE.toMillis() * 3 / 4, TimeUnit.MILLISECONDS);
          }
        };
    try (MisbehavingServer server = new MisbehavingServer(trickle);
        ModbusLink link = link(server)) {
      long start = System.nanoTime();
      assertThrows(DeviceLinkException.class, () -> link.read(100, 1));
      assertTrue(elapsed(start).compareTo(FAR_BEYOND) < 0, "took " + elapsed(start));
    } finally {
      over.countDown();
    }
  }

  @Test
  void tellsRefusalsApartAndKeepsTheConnection() throws Exception {
    Manners refusing =
        (r, client, out) ->
            out.write(
                frame(r.transactionId(), 0, 1, r.function() | 0x80, new byte[] {(byte) r.start()}));
    try (MisbehavingServer server = new MisbehavingServer(refusing);
        ModbusLink link = link(server)) {
      assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.read(2, 1)));
      assertEquals(ModbusRefusal.SERVER_DEVICE_FAILURE, refusal(() -> link.read(4, 1)));
      assertEquals(ModbusRefusal.SERVER_DEVICE_BUSY, refusal(() -> link.write(6, 1)));
      assertEquals(ModbusRefusal.UNKNOWN, refusal(() -> link.write(99, 1)));
      assertEquals(1, link.connect());
    }
  }

  @Test
  void saysWhoCannotBeReached() throws Exception {
    int port;
    try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = reserved.getLocalPort();
    }
    try (ModbusLink link =
        new ModbusLink(new ModbusAddress("127.0.0.1", port, 1), ModbusTimings.DEFAULT)) {
      String message = assertThrows(DeviceLinkException.class, () -> link.read(0, 1)).getMessage();
      assertTrue(message.contains("127.0.0.1:" + port + " unit 1"), message);
    }
  }

  @Test
  void keepsTheGapBetweenRequests() throws Exception {
    Duration gap = Duration.ofMillis(40);
    try (MisbehavingServer server =
            new MisbehavingServer((request, client, out) -> out.write(request.goodAnswer()));
        ModbusLink link =
            new ModbusLink(
                server.address(), new ModbusTimings(DEADLINE, Duration.ofSeconds(5), gap))) {
      link.read(0, 1);
      long start = System.nanoTime();
      link.read(1, 1);
      link.read(2, 1);
      assertTrue(elapsed(start).compareTo(gap.multipliedBy(2).minusMillis(1)) >= 0);
    }
  }

  @Test
  @Timeout(120)
  void wrapsItsTransactionIds() throws Exception {
    try (MisbehavingServer server =
            new MisbehavingServer((request, client, out) -> out.write(request.goodAnswer()));
        ModbusLink link =
            new ModbusLink(
                server.address(),
                new ModbusTimings(DEADLINE, Duration.ofSeconds(5), Duration.ZERO))) {
      for (int i = 0; i < 66_000; i++) {
        assertEquals(i % 1000, link.read(i % 1000, 1)[0]);
      }
    }
  }

  @Test
  void refusesToAskForMoreThanTheProtocolAllows() {
    try (ModbusLink link =
        new ModbusLink(new ModbusAddress("127.0.0.1", 1, 1), ModbusTimings.DEFAULT)) {
      assertThrows(IllegalArgumentException.class, () -> link.read(0, 126));
      assertThrows(IllegalArgumentException.class, () -> link.write(0, new int[124]));
      assertThrows(IllegalArgumentException.class, () -> link.read(65_535, 2));
    }
  }

  private static void reconnectsAfter(Manners firstRequest) throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    Manners manners =
        (request, client, out) -> {
          if (first.getAndSet(false)) {
            firstRequest.answer(request, client, out);
          } else {
            out.write(request.goodAnswer());
          }
        };
    try (MisbehavingServer server = new MisbehavingServer(manners);
        ModbusLink link = link(server)) {
      assertThrows(DeviceLinkException.class, () -> link.read(100, 1));
      assertEquals(1, server.requests().size());
      assertArrayEquals(new int[] {200}, link.read(200, 1));
      assertEquals(2, link.connect());
    }
  }

  private static void refuses(Manners manners) throws IOException, ModbusRefusedException {
    try (MisbehavingServer server = new MisbehavingServer(onFirstConnection(manners));
        ModbusLink link = link(server)) {
      assertThrows(DeviceLinkException.class, () -> link.read(100, 1));
      assertArrayEquals(new int[] {200}, link.read(200, 1));
      assertEquals(2, link.connect());
    }
  }

  private static void refusesWrite(Manners manners) throws IOException, ModbusRefusedException {
    try (MisbehavingServer server = new MisbehavingServer(onFirstConnection(manners));
        ModbusLink link = link(server)) {
      assertThrows(DeviceLinkException.class, () -> link.write(40, 1));
      link.write(50, 1);
      assertEquals(2, link.connect());
    }
  }

  private static Manners onFirstConnection(Manners manners) {
    return (Request request, java.net.Socket client, java.io.OutputStream out) -> {
      if (request.connection() == 1) {
        manners.answer(request, client, out);
      } else {
        out.write(request.goodAnswer());
      }
    };
  }

  private static ModbusRefusal refusal(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(ModbusRefusedException.class, call).refusal();
  }

  private static Duration elapsed(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private static ModbusLink link(MisbehavingServer server) {
    return new ModbusLink(
        server.address(), new ModbusTimings(Duration.ofSeconds(5), DEADLINE, Duration.ZERO));
  }
}
