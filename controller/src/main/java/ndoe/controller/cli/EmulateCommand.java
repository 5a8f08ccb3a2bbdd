package ndoe.controller.cli;

import java.io.IOException;
import java.io.InputStream;
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
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "emulate",
    description = {
      "Run emulated devices on their own, on loopback sockets: for other clients, or for a"
          + " controller that takes them for real. Those of a scenario live through its day and end"
          + " with it; those that a file lists run until Ctrl-C.",
      "",
      "Commands on standard input, each answered; its end ends nothing:",
      "  fault ID KIND     break a device: late, silent, half_open, wrong_transaction_id,"
          + " wrong_unit_id, torn_frame, exception, drifting, ignoring_setpoints, frozen",
      "  clear ID          mend all its faults",
      "  voltage ID PU     set its voltage",
      "  available ID KW   set what sun, wind or fuel a generator has",
      "  demand ID KW      set what a load takes",
      "  list, help"
    },
    footer = {
      "",
      "A file that lists devices:",
      "  format: 1",
      "  site: lab1                   # optional",
      "  broker: tcp://127.0.0.1:1883 # optional; one of its own on loopback if absent",
      "  devices:",
      "    - {id: pv, role: pv, rating_kw: 10}",
      "Keys of every device: id, role (pv, wind, micro_turbine, battery, vehicle, flexible_load,"
          + " meter), protocol (modbus | mqtt), fault, prosumer (for --fleet-out).",
      "Generators: rating_kw, default_kw (limit when the link is lost), available_kw.",
      "Storages: charge_kw, discharge_kw, energy_kwh, efficiency, soc_min, soc_max, soc_initial.",
      "Generators and storages: apparent_kva, volt_var, volt_watt (true | false), ramp_pct_s.",
      "Meters: rating_kw, demand_kw.",
      "Modbus: flavour (seven_hundred | one_hundred), port (0: chosen), base (0, 40000, 50000),"
          + " unit.",
      "An example of each: lab-setup/fleets/bench.yaml"
    })
final class EmulateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Scenario, or a file that lists devices (it has the key devices); the reference day"
              + " feeders/ieee33/ieee33-improved.yaml if absent.")
  private Path file;

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
    PrintWriter out = command.commandLine().getOut();
    CountDownLatch stop = new CountDownLatch(1);
    try (EmulatedDevices devices = start(ScenarioArgument.orReference(file))) {
      devices.specs().forEach(spec -> out.println(line(spec)));
      devices.broker().ifPresent(address -> out.println("broker " + address.uri()));
      if (fleetOut != null) {
        write(devices.fleetFile());
        out.println("fleet file: " + fleetOut);
      }
      out.flush();
      Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
      listen(new EmulatorConsole(devices), System.in, out);
      devices.run(
          stop,
          begun -> {
            out.println(begun);
            out.flush();
          });
      var unused = Thread.interrupted(); // an asked-for end; closing has to wait for the devices
    }
    return 0;
  }

  private EmulatedDevices start(Path path) {
    if (EmulatedDevices.areListedIn(path)) {
      if (!only.isEmpty()) {
        throw bad("--prosumer is for the devices of a scenario; " + path + " lists its devices");
      }
      return EmulatedDevices.start(path, broker(), speed);
    }
    Scenario day = ScenarioFile.read(path);
    return EmulatedDevices.start(day, prosumers(day), broker(), speed);
  }

  private static void listen(EmulatorConsole console, InputStream in, PrintWriter out) {
    Thread thread = new Thread(() -> console.serve(in, out), "commands");
    thread.setDaemon(true);
    thread.start();
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
