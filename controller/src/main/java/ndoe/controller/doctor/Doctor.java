package ndoe.controller.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import ndoe.devices.mqtt.BrokerAddress;

/** Looks at this machine, check by check; each does the thing itself. */
public final class Doctor {
  private final Map<String, Supplier<Finding>> checks = new LinkedHashMap<>();

  /**
   * Prepares the checks.
   *
   * @param runs where run folders would be made; need not be there
   * @param brokers that must take the login, if devices or agents are to use some
   * @param clock of this machine
   */
  public Doctor(Path runs, List<BrokerAddress> brokers, Clock clock) {
    checks.put("Java", () -> Java.check("Java"));
    checks.put("OpenDSS", () -> NativeLibraries.openDss("OpenDSS"));
    checks.put("HELICS", () -> NativeLibraries.helics("HELICS"));
    RunsFolder folder = new RunsFolder(runs, clock);
    checks.put("runs folder", () -> folder.writing("runs folder"));
    checks.put("free space", () -> folder.space("free space"));
    checks.put("SQLite", () -> folder.database("SQLite"));
    checks.put("sockets", () -> Sockets.loopback("sockets"));
    checks.put("clock", () -> new MachineClock(clock).check("clock"));
    for (BrokerAddress broker : brokers) {
      String subject = brokers.size() == 1 ? "broker" : "broker " + broker.uri();
      checks.put(subject, () -> Broker.check(subject, broker));
    }
    checks.put("Mosquitto", () -> Peers.mosquitto("Mosquitto"));
    checks.put("Python", () -> Peers.python("Python"));
  }

  /**
   * Does every check, whatever the others find.
   *
   * @param heard of each as soon as it is done
   */
  public void examine(Consumer<Finding> heard) {
    checks.forEach((subject, check) -> heard.accept(guarded(subject, check)));
  }

  private static Finding guarded(String subject, Supplier<Finding> check) {
    try {
      return check.get();
    } catch (RuntimeException | LinkageError e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return Finding.fail(subject, "%s", reason.lines().findFirst().orElse(""));
    }
  }
}
