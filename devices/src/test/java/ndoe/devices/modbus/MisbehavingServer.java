package ndoe.devices.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A raw socket that records Modbus requests and answers them as badly as a test wants. */
final class MisbehavingServer implements AutoCloseable {

  /**
   * The parts of one request.
   *
   * @param values to write, if any
   */
  record Request(
      int connection,
      int transactionId,
      int unit,
      int function,
      int start,
      int count,
      List<Integer> values) {

    /** A correct answer; every register holds its own address. */
    byte[] goodAnswer() {
      return function == 3
          ? frame(transactionId, 0, unit, function, registers(count))
          : frame(transactionId, 0, unit, function, echo(start));
    }

    byte[] registers(int howMany) {
      byte[] pdu = new byte[1 + 2 * howMany];
      pdu[0] = (byte) (2 * howMany);
      for (int i = 0; i < howMany; i++) {
        pdu[1 + 2 * i] = (byte) ((start + i) >> 8);
        pdu[2 + 2 * i] = (byte) (start + i);
      }
      return pdu;
    }

    byte[] echo(int address) {
      return new byte[] {(byte) (address >> 8), (byte) address, (byte) (count >> 8), (byte) count};
    }
  }

  /** What to do with a request. */
  interface Manners {
    void answer(Request request, Socket client, OutputStream out)
        throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Manners manners;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  MisbehavingServer(Manners manners) throws IOException {
    this.manners = manners;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  ModbusAddress address() {
    return new ModbusAddress("127.0.0.1", listener.getLocalPort(), 1);
  }

  List<Request> requests() {
    return requests;
  }

  static byte[] frame(int transactionId, int protocol, int unit, int function, byte[] data) {
    byte[] frame = new byte[8 + data.length];
    frame[0] = (byte) (transactionId >> 8);
    frame[1] = (byte) transactionId;
    frame[2] = (byte) (protocol >> 8);
    frame[3] = (byte) protocol;
    frame[4] = (byte) ((2 + data.length) >> 8);
    frame[5] = (byte) (2 + data.length);
    frame[6] = (byte) unit;
    frame[7] = (byte) function;
    System.arraycopy(data, 0, frame, 8, data.length);
    return frame;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        clients.add(client);
        int number = clients.size();
        start(() -> serve(client, number));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket client, int number) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      while (true) {
        int transactionId = in.readUnsignedShort();
        in.readUnsignedShort();
        byte[] rest = new byte[in.readUnsignedShort()];
        in.readFully(rest);
        Request request =
            new Request(
                number,
                transactionId,
                rest[0] & 0xFF,
                rest[1],
                ((rest[2] & 0xFF) << 8) | (rest[3] & 0xFF),
                ((rest[4] & 0xFF) << 8) | (rest[5] & 0xFF),
                values(rest));
        requests.add(request);
        manners.answer(request, client, client.getOutputStream());
      }
    } catch (IOException closed) {
      // the client left
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Integer> values(byte[] request) {
    List<Integer> values = new ArrayList<>();
    for (int i = 7; i + 1 < request.length; i += 2) {
      values.add(((request[i] & 0xFF) << 8) | (request[i + 1] & 0xFF));
    }
    return List.copyOf(values);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "misbehaving");
    thread.setDaemon(true);
    thread.start();
  }
}
