package ndoe.devices.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import ndoe.devices.DeviceLinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ModbusServerIT {
  private static final int UNIT = 7;
  private static final ModbusTimings PATIENT =
      new ModbusTimings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO);

  private final int[] memory = new int[1000];
  private final ModbusServer server = ModbusServer.start(0, UNIT, new Memory());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keepsWhatIsWritten() throws Exception {
    try (ModbusLink link = new ModbusLink(server.address(), PATIENT)) {
      int[] values = new int[ModbusLink.MAX_WRITE];
      Arrays.setAll(values, i -> 65_535 - i);
      link.write(10, values);
      assertArrayEquals(values, link.read(10, values.length));
      assertEquals(ModbusLink.MAX_READ, link.read(0, ModbusLink.MAX_READ).length);
    }
  }

  @Test
  void refusesByTheCodeOfTheFault() throws Exception {
    assertArrayEquals(new byte[] {0x03 - 0x80, 3}, raw(UNIT, 3, 0, 0, 0, 126));
    assertArrayEquals(new byte[] {0x03 - 0x80, 3}, raw(UNIT, 3, 0, 0, 0, 0));
    assertArrayEquals(new byte[] {0x03 - 0x80, 2}, raw(UNIT, 3, 0xFF, 0xFF, 0, 2));
    assertArrayEquals(new byte[] {0x04 - 0x80, 1}, raw(UNIT, 4, 0, 0, 0, 1));
    assertArrayEquals(new byte[] {0x03 - 0x80, 11}, raw(UNIT + 1, 3, 0, 0, 0, 1));
    assertArrayEquals(new byte[] {0x10 - 0x80, 3}, raw(UNIT, 16, 0, 0, 0, 0, 0));
  }

  @Test
  void survivesAMalformedRequest() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.address().port())) {
      socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 7, UNIT, 16, 0, 0, 0x7F, 0, 2});
      assertEquals(-1, socket.getInputStream().read());
    }
    try (ModbusLink link = new ModbusLink(server.address(), PATIENT)) {
      assertEquals(1, link.read(0, 1).length);
    }
  }

  @Test
  void neverShowsHalfAWrite() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    AtomicBoolean done = new AtomicBoolean();
    try {
      Future<Integer> torn = pool.submit(() -> countTornReads(done));
      try (ModbusLink link = new ModbusLink(server.address(), PATIENT)) {
        int[] values = new int[100];
        for (int i = 0; i < 5_000; i++) {
          Arrays.fill(values, i);
          link.write(0, values);
        }
      }
      done.set(true);
      assertEquals(0, torn.get());
    } finally {
      done.set(true);
      pool.shutdown();
    }
  }

  @Test
  void servesABoundedNumberOfClients() throws Exception {
    List<ModbusLink> links = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        links.add(new ModbusLink(server.address(), PATIENT));
        links.get(i).read(0, 1);
      }
      try (ModbusLink ninth = new ModbusLink(server.address(), PATIENT)) {
        assertThrows(DeviceLinkException.class, () -> ninth.read(0, 1));
      }
    } finally {
      links.forEach(ModbusLink::close);
    }
  }

  @Test
  void leavesNoThreadAndNoPortBehind() throws Exception {
    ModbusAddress address = server.address();
    try (ModbusLink link = new ModbusLink(address, PATIENT)) {
      link.read(0, 1);
      assertTrue(hasThread(address.port()));
      server.close();
      assertFalse(hasThread(address.port()));
      assertThrows(DeviceLinkException.class, () -> link.read(0, 1));
    }
    ModbusServer.start(address.port(), UNIT, new Memory()).close();
  }

  private int countTornReads(AtomicBoolean done) throws ModbusRefusedException {
    int torn = 0;
    try (ModbusLink link = new ModbusLink(server.address(), PATIENT)) {
      while (!done.get()) {
        int[] seen = link.read(0, 100);
        torn += Arrays.stream(seen).distinct().count() == 1 ? 0 : 1;
      }
    }
    return torn;
  }

  /** Sends one request byte by byte as given and returns function code and data of the answer. */
  private byte[] raw(int... pdu) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.address().port())) {
      byte[] frame = new byte[6 + pdu.length];
      frame[5] = (byte) pdu.length;
      for (int i = 0; i < pdu.length; i++) {
        frame[6 + i] = (byte) pdu[i];
      }
      socket.getOutputStream().write(frame);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.skipNBytes(4);
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return Arrays.copyOfRange(answer, 1, answer.length);
    }
  }

  private static boolean hasThread(int port) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("modbus-(accept-)?" + port + "(-\\d+)?"));
  }

  private final class Memory implements RegisterBank {
    @Override
    public int[] read(int address, int count) throws ModbusRefusedException {
      if (address + count > memory.length) {
        throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "read");
      }
      return Arrays.copyOfRange(memory, address, address + count);
    }

    @Override
    public void write(int address, int[] values) {
      for (int i = 0; i < values.length; i++) {
        memory[address + i] = values[i];
      }
    }
  }
}
