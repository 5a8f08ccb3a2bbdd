package ndoe.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import ndoe.controller.loop.EmulatedDevices;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "emulate",
    description =
        "Run the scenario's emulated devices on their own, on loopback sockets, through its day: for"
            + " other clients, or for a controller that takes them for real. Ends with the day or"
            + " Ctrl-C.")
final class EmulateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--prosumer",
      paramLabel = "ID",
      description = "Only the devices of this prosumer; may be given several times.")
  private List<String> only = List.of();

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "Broker for devices that speak MQTT, tcp://host:port; one of its own on loopback if"
              + " absent.")
  private String broker;

  @Option(
      names = "--fleet-out",
      paramLabel = "FILE",
      description = "Write a fleet file that names these devices as real, for run --fleet FILE.")
  private Path fleetOut;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Simulated over real time. Default: ${DEFAULT-VALUE}.")
  private double speed;

  @Override
  public Integer call() {
    if (!(speed > 0 && speed <= 1e6)) {
      throw bad("--speed must be above 0 and at most 1000000: " + speed);
    }
    Scenario day = scenario.read();
    PrintWriter out = command.commandLine().getOut();
    CountDownLatch stop = new CountDownLatch(1);
    try (EmulatedDevices devices = EmulatedDevices.start(day, prosumers(day), broker(), speed)) {
      devices.specs().forEach(spec -> out.println(line(spec)));
      devices.broker().ifPresent(address -> out.println("broker " + address.uri()));
      if (fleetOut != null) {
        write(devices.fleetFile());
        out.println("fleet file: " + fleetOut);
      }
      Thread hook = new Thread(stop::countDown, "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      devices.followTheDay(
          stop,
          begun -> {
            out.println(begun);
            out.flush();
          });
    }
    return 0;
  }

  private static String line(DeviceSpec spec) {
    return "%-20s %-10s %-14s %s"
        .formatted(
            spec.id(),
            spec.owner(),
            spec.role().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            spec.connection());
  }

  private Set<ProsumerId> prosumers(Scenario day) {
    List<String> known = day.prosumers().stream().map(site -> site.id().value()).toList();
    Set<ProsumerId> chosen = new LinkedHashSet<>();
    for (String id : only) {
      if (!known.contains(id)) {
        throw bad(
            "--prosumer %s is none; prosumers are %s".formatted(id, String.join(", ", known)));
      }
      chosen.add(new ProsumerId(id));
    }
    return chosen;
  }

  private Optional<BrokerAddress> broker() {
    try {
      return Optional.ofNullable(broker).map(BrokerAddress::parse);
    } catch (IllegalArgumentException e) {
      throw bad("--broker: " + e.getMessage());
    }
  }

  private void write(String fleet) {
    try {
      Files.writeString(fleetOut, fleet, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw bad("--fleet-out %s cannot be written as a new file: %s".formatted(fleetOut, e));
    }
  }

  private ParameterException bad(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
