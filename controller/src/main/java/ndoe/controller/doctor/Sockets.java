package ndoe.controller.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Whether processes of this machine can talk to one another. */
final class Sockets {
  private static final int PATIENCE_MILLIS = 2000;
  private static final int BYTE = 42;

  private Sockets() {}

  /** One byte over loopback, through a port the system chooses. */
  static Finding loopback(String subject) {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket()) {
      server.setSoTimeout(PATIENCE_MILLIS);
      client.connect(
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), PATIENCE_MILLIS);
      try (Socket accepted = server.accept()) {
        accepted.setSoTimeout(PATIENCE_MILLIS);
        client.getOutputStream().write(BYTE);
        return accepted.getInputStream().read() == BYTE
            ? Finding.ok(
                subject,
                "%s answers at a port the system chose, %d",
                server.getInetAddress().getHostAddress(),
                server.getLocalPort())
            : Finding.fail(subject, "loopback loses what is sent");
      }
    } catch (IOException e) {
      return Finding.fail(
          subject,
          "no connection over loopback (%s): emulated devices need it; look at firewall, sandbox"
              + " and the limit of open files",
          e.getMessage());
    }
  }
}
