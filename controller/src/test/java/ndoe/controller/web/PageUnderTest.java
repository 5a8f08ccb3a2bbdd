package ndoe.controller.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page with a server and no run behind it. */
final class PageUnderTest implements AutoCloseable {
  final Feed feed = new Feed("test");
  final PageDesk desk;
  final RoundBook book;
  final Doorkeeper door;
  final List<String> performed = new CopyOnWriteArrayList<>();
  private final PageServer server;
  private final int port;

  PageUnderTest(RunSubject subject) throws IOException {
    desk = new PageDesk(new PageState(subject, feed), Clock.systemUTC());
    book = new RoundBook(subject);
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    port = http.getAddress().getPort();
    door =
        new Doorkeeper(Set.of("127.0.0.1", "localhost"), port, List.of(), false, System::nanoTime);
    server =
        new PageServer(
            http,
            door,
            new PageServer.Site(
                feed,
                role ->
                    "{\"control\":" + (role == Role.CONTROL) + "," + desk.snapshot().substring(1),
                number -> number == 7 ? Optional.of("{\"round\":7}") : book.page(number),
                (action, asked) -> {
                  if (action.equals("impossible")) {
                    throw new RunControls.RefusedException("not now");
                  }
                  performed.add(action + " " + asked);
                }));
  }

  String origin() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  String address(Role role) {
    return origin() + "/?token=" + door.token(role);
  }

  @Override
  public void close() {
    desk.close();
    server.close();
  }
}
