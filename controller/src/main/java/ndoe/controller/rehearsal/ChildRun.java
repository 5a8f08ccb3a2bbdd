package ndoe.controller.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A run in a process of its own, so that it can be killed. */
final class ChildRun {
  private static final String PROGRAM = "ndoe.controller.cli.Ndoe";
  private static final String RESUMED = "resumed: ";
  private static final String NEGOTIATES_AGAIN = "resumed: there was no agreement";
  private static final String CONNECTED = "devices: ";

  private final Process process;
  private final long startedNanos = System.nanoTime();
  private final List<String> said = new ArrayList<>();
  private final Thread listener;
  private boolean resuming;
  private long resumedNanos;
  private Duration cpuWhenResumed = Duration.ZERO;

  private ChildRun(List<String> command) {
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener = new Thread(this::listen, "child");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts one with the Java and the class path of this process.
   *
   * @param settings of that Java, such as {@code -Dname=value}
   */
  static ChildRun start(List<String> settings, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto"));
    for (String inherited : List.of("ndoe.home", "ndoe.native")) {
      String value = System.getProperty(inherited);
      if (value != null) {
        command.add("-D" + inherited + "=" + value);
      }
    }
    command.addAll(settings);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PROGRAM));
    command.addAll(arguments);
    return new ChildRun(command);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException killed) {
      hear("(no more to be heard)");
    }
  }

  private synchronized void hear(String line) {
    said.add(line);
    resuming |= line.startsWith(RESUMED);
    boolean goesOn = line.startsWith(NEGOTIATES_AGAIN) || resuming && line.startsWith(CONNECTED);
    if (goesOn && resumedNanos == 0) {
      resumedNanos = System.nanoTime();
      cpuWhenResumed = process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
  }

  /** Waits for the end; true if it came in time. */
  boolean endsWithin(Duration time) {
    try {
      boolean ended = process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
      if (ended) {
        listener.join();
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends SIGKILL and waits until the process is gone. */
  void kill() {
    process.destroyForcibly();
    endsWithin(Duration.ofSeconds(30));
  }

  int exitCode() {
    return process.exitValue();
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** From the start of the process until the run went on; empty when it did not get there. */
  synchronized Optional<KillReport.Resumption> resumption() {
    return resumedNanos == 0
        ? Optional.empty()
        : Optional.of(
            new KillReport.Resumption(
                Duration.ofNanos(resumedNanos - startedNanos), cpuWhenResumed));
  }

  /** Everything it printed. */
  synchronized String output() {
    return String.join("\n", said);
  }
}
