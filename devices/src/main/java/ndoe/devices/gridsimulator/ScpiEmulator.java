package ndoe.devices.gridsimulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A grid simulator with hardware at its output, over a real TCP socket: it understands the commands
 * of one profile and can be told to misbehave.
 */
public final class ScpiEmulator implements AutoCloseable {

  /** What goes wrong with the next lines. */
  public enum Fault {
    NONE,
    /** Nothing is answered, nothing is done. */
    SILENT,
    /** Answers come 400 ms late. */
    LATE,
    /** Every command is refused, with an error in the queue. */
    REFUSING,
    /** Answers are no numbers. */
    WRONG_ANSWER,
    /** The connection is dropped instead of an answer. */
    DROPPING,
    /** Answers never end. */
    ENDLESS_ANSWER,
    /** Every answer comes twice. */
    TWO_ANSWERS
  }

  private static final Duration LATENESS = Duration.ofMillis(400);

  private final ServerSocket listener;
  private final EmulatedAmplifier amplifier;
  private final ScpiInterpreter interpreter;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;

  private ScpiEmulator(
      ServerSocket listener, ScpiInterpreter interpreter, EmulatedAmplifier amplifier) {
    this.listener = listener;
    this.interpreter = interpreter;
    this.amplifier = amplifier;
  }

  /**
   * Serves on the loopback interface at a port the system chooses.
   *
   * @param nominalVolts phase to neutral that counts as 1 pu for the hardware, V
   * @param response time constant of the hardware
   */
  public static ScpiEmulator start(
      ScpiProfile profile, double nominalVolts, HardwareModel hardware, Duration response) {
    return start(
        profile,
        nominalVolts,
        hardware,
        response,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * Serves anywhere.
   *
   * @throws IllegalArgumentException if it cannot listen there
   */
  public static ScpiEmulator start(
      ScpiProfile profile,
      double nominalVolts,
      HardwareModel hardware,
      Duration response,
      InetSocketAddress where) {
    EmulatedAmplifier amplifier =
        new EmulatedAmplifier(nominalVolts, hardware, response, System::nanoTime);
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(where);
      ScpiEmulator emulator =
          new ScpiEmulator(listener, new ScpiInterpreter(profile, amplifier), amplifier);
      start(emulator::accept, "scpi-emulator");
      return emulator;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot listen at " + where + ": " + e.getMessage(), e);
    }
  }

  public ScpiAddress address() {
    return new ScpiAddress(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  public void setFault(Fault next) {
    fault = next;
  }

  /** Puts other hardware at the output. */
  public void setHardware(HardwareModel hardware) {
    synchronized (amplifier) {
      amplifier.setHardware(hardware);
    }
  }

  /** Makes the output give another voltage than is set, as when the amplifier is overloaded. */
  public void setOutputFactor(double factor) {
    synchronized (amplifier) {
      amplifier.setOutputFactor(factor);
    }
  }

  public boolean isOutputOn() {
    synchronized (amplifier) {
      return amplifier.isOn();
    }
  }

  /** Voltage set for the first phase, V. */
  public double setVolts() {
    synchronized (amplifier) {
      return amplifier.setVolts(1);
    }
  }

  /** Every line that came so far. */
  public List<String> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    clients.forEach(ScpiEmulator::closeQuietly);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        clients.add(client);
        if (listener.isClosed()) {
          // Accepted while it closed: whoever closed it has not seen this one.
          closeQuietly(client);
        } else {
          start(() -> serve(client), "scpi-emulator-client");
        }
      }
    } catch (IOException closed) {
      // closed from outside
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      client.setTcpNoDelay(true);
      String line = in.readLine();
      while (line != null && react(line, client.getOutputStream())) {
        line = in.readLine();
      }
    } catch (IOException gone) {
      // the client left
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  /** Reacts to one line; false to drop the connection. */
  private boolean react(String line, OutputStream out) throws IOException, InterruptedException {
    received.add(line);
    Fault now = fault;
    if (now == Fault.SILENT) {
      return true;
    }
    if (now == Fault.DROPPING) {
      return false;
    }
    String answer;
    synchronized (amplifier) {
      answer = interpreter.react(line, now == Fault.REFUSING);
    }
    if (answer == null) {
      return true;
    }
    switch (now) {
      case LATE -> TimeUnit.NANOSECONDS.sleep(LATENESS.toNanos());
      case WRONG_ANSWER -> answer = "overload";
      case ENDLESS_ANSWER -> answer = "9".repeat(2 * ScpiLink.MAX_ANSWER_BYTES);
      case TWO_ANSWERS -> answer = answer + "\n" + answer;
      default -> {}
    }
    out.write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception alreadyGone) {
      // nothing was left to lose
    }
  }
}
