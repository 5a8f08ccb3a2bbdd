package ndoe.devices.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes a broker’s connections on until they are cut; new ones are passed on again. */
public final class CuttableRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final BrokerAddress target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private CuttableRelay(ServerSocket listener, BrokerAddress target) {
    this.listener = listener;
    this.target = target;
  }

  public static CuttableRelay start(BrokerAddress target) throws IOException {
    ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    CuttableRelay relay = new CuttableRelay(listener, target);
    run("relay", relay::accept);
    return relay;
  }

  public BrokerAddress address() {
    return BrokerAddress.plain("127.0.0.1", listener.getLocalPort());
  }

  /** Resets every connection, towards both ends. */
  public void cut() throws IOException {
    for (Socket socket : open) {
      open.remove(socket);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket server = new Socket(target.host(), target.port());
      for (Socket socket : List.of(client, server)) {
        socket.setTcpNoDelay(true);
        socket.setSoLinger(true, 0);
        open.add(socket);
      }
      run("relay up", () -> pass(client, server));
      run("relay down", () -> pass(server, client));
    }
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        out.write(bytes, 0, length);
      }
    }
  }

  private static void run(String name, Passing passing) {
    Thread thread =
        new Thread(
            () -> {
              try {
                passing.run();
              } catch (IOException e) {
                System.Logger log = System.getLogger(CuttableRelay.class.getName());
                log.log(System.Logger.Level.DEBUG, "an end is gone", e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private interface Passing {
    void run() throws IOException;
  }
}
