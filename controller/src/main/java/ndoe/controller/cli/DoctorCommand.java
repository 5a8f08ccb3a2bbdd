package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import ndoe.controller.doctor.Doctor;
import ndoe.controller.doctor.Finding;
import ndoe.controller.doctor.Finding.Level;
import ndoe.devices.mqtt.BrokerAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Find out, by doing it, whether this machine can do what a run needs: Java, the native"
          + " libraries, the folder for runs, SQLite, sockets, the clock, and a broker if one is"
          + " given. One line per check says OK, WARN or FAIL and what to do.",
      "Exit code 0 when nothing failed, else 1."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Spec private CommandSpec command;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = "Broker to log in at: tcp://host:port or ssl://host:port; none if absent.")
  private String broker;

  @Mixin private BrokerLogin login;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where run folders would be made. Default: ${DEFAULT-VALUE}.")
  private Path runs;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    List<BrokerAddress> brokers = broker == null ? List.of() : login.at(broker).addresses();
    Map<Level, Integer> counts = new EnumMap<>(Level.class);
    out.println("ndoe " + Ndoe.version());
    new Doctor(runs, brokers, Clock.systemDefaultZone())
        .examine(
            finding -> {
              counts.merge(finding.level(), 1, Integer::sum);
              tell(finding, out);
            });
    int failed = counts.getOrDefault(Level.FAIL, 0);
    int warned = counts.getOrDefault(Level.WARN, 0);
    out.println(
        failed == 0
            ? "ready" + (warned == 0 ? "" : "; warnings: " + warned)
            : "not ready; failed: %d, warnings: %d".formatted(failed, warned));
    out.flush();
    return failed == 0 ? 0 : FAILED;
  }

  private static void tell(Finding finding, PrintWriter out) {
    out.println("%-4s  %-11s  %s".formatted(finding.level(), finding.subject(), finding.text()));
    out.flush();
  }
}
