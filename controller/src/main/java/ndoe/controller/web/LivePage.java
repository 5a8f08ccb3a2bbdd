package ndoe.controller.web;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOutcome;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioDays;

/**
 * A run on a web page, until closed: what it does as it does it, and what people may do to it. A
 * visitor who is slow or goes away keeps nothing waiting.
 */
public final class LivePage implements AutoCloseable {
  private static final SecureRandom CHANCE = new SecureRandom();

  private final PageServer server;
  private final PageDesk desk;
  private final Doorkeeper door;
  private final String origin;
  private final RunListener listener;
  private final AutoCloseable source;

  private LivePage(
      PageSocket socket,
      Feed feed,
      RoundBook book,
      PageDesk desk,
      RunListener listener,
      Optional<RunControls> controls,
      AutoCloseable source) {
    this.desk = desk;
    this.listener = listener;
    this.source = source;
    int port = socket.server().getAddress().getPort();
    door =
        new Doorkeeper(
            socket.names(), port, socket.passwords(), socket.encrypted(), System::nanoTime);
    origin =
        "%s://%s:%d"
            .formatted(
                socket.encrypted() ? "https" : "http",
                PageSocket.shown(socket.server().getAddress().getAddress()),
                port);
    server =
        new PageServer(
            socket.server(),
            door,
            new PageServer.Site(
                feed,
                role -> withRole(desk.snapshot(), role, controls.isPresent()),
                book::page,
                (action, asked) ->
                    controls
                        .orElseThrow(
                            () ->
                                new RunControls.RefusedException(
                                    "this page only shows a run of another process"))
                        .perform(action, asked)));
  }

  /** A JSON object that begins with what its reader may do. */
  private static String withRole(String snapshot, Role role, boolean controls) {
    return "{\"control\":%s,%s".formatted(role == Role.CONTROL && controls, snapshot.substring(1));
  }

  /**
   * Of a run that is about to begin, which it hears of by {@link #runListener}.
   *
   * @param days the run lasts
   * @throws ndoe.devices.DeviceLinkException if the port is taken
   * @throws ndoe.feeders.InvalidInputException if a file of the settings is not as it must be
   */
  public static LivePage ofRun(
      WebSettings settings, Scenario scenario, int days, RunFolder folder, Clock clock) {
    Scenario run = ScenarioDays.of(scenario, days).whole();
    RunSubject subject = RunSubject.of(run, String.valueOf(folder.path().getFileName()));
    PageSocket socket = PageSocket.open(settings);
    Feed feed = new Feed(epoch());
    PageDesk desk = new PageDesk(new PageState(subject, feed), clock);
    RoundBook book = new RoundBook(subject);
    RunControls controls = new RunControls(desk, folder::event, clock);
    HeardRun heard = new HeardRun(desk, book, subject, run.feeder(), controls);
    heard.attach(folder);
    return new LivePage(socket, feed, book, desk, heard, Optional.of(controls), controls);
  }

  /**
   * Of a run folder, whether its run has ended or another process writes it; it is only read.
   *
   * @throws ndoe.controller.journal.RunFolderException if it is no run folder
   * @throws ndoe.devices.DeviceLinkException if the port is taken
   * @throws ndoe.feeders.InvalidInputException if a file of the settings is not as it must be
   */
  public static LivePage ofFolder(WebSettings settings, Path folder, Clock clock) {
    FollowedRun followed = FollowedRun.of(folder, epoch(), clock);
    PageSocket socket = PageSocket.open(settings);
    LivePage page =
        new LivePage(
            socket,
            followed.feed(),
            new RoundBook(followed.subject()),
            followed.desk(),
            new RunListener() {},
            Optional.empty(),
            followed);
    followed.start();
    return page;
  }

  private static String epoch() {
    byte[] chance = new byte[4];
    CHANCE.nextBytes(chance);
    return HexFormat.of().formatHex(chance);
  }

  /** Tells this how the run gets on. */
  public RunListener runListener() {
    return listener;
  }

  /** Says on the page how the run ended. */
  public void ended(RunOutcome outcome) {
    String text =
        switch (outcome) {
          case DONE -> "done: no limit was broken";
          case NOT_SECURE -> "not secure: a limit was broken, or nothing was certified";
          case DEVICE_IN_DOUBT -> "done, but not every setpoint was confirmed";
          case STOPPED -> "stopped: every device is at its default envelope";
        };
    if (source instanceof RunControls controls) {
      controls.over();
    }
    desk.tell(state -> state.phase("ended", text));
  }

  /** The address to open for control; the password is asked for where there is one. */
  public String address() {
    return address(Role.CONTROL);
  }

  /** The address for those who may only look. */
  public String readOnlyAddress() {
    return address(Role.VIEW);
  }

  private String address(Role role) {
    return door.asksForPassword() ? origin + "/" : origin + "/?token=" + door.token(role);
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      desk.close();
      server.close();
    }
  }
}
