package ndoe.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import ndoe.devices.DeviceId;
import ndoe.devices.benchmark.DeviceBench;
import ndoe.devices.benchmark.DeviceBench.Result;
import ndoe.devices.benchmark.FailSafe;
import ndoe.devices.benchmark.Latencies;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.Mosquitto;
import ndoe.devices.mqtt.SecuredMosquitto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "devices",
    description =
        "Set emulated inverters over Modbus and MQTT, all at once: how long until each setpoint is"
            + " read back, what one silent device does to the others, and how soon every device is"
            + " at its default when the controller is killed.")
final class BenchDevicesCommand implements Callable<Integer> {
  private static final int MOST_DEVICES = 256;
  private static final double MILLIS = 1e6;
  private static final Duration ANSWER = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(600);
  private static final int TURNS = 5;

  @Spec private CommandSpec command;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many, 2 to 256. Default: ${DEFAULT-VALUE}.")
  private int devices;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "200",
      description = "How often each is set. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--reversion",
      paramLabel = "S",
      defaultValue = "5",
      description =
          "How long a setpoint holds unless renewed, 2 to 60 s. Default: ${DEFAULT-VALUE}.")
  private int reversionSeconds;

  @Option(
      names = "--broker",
      paramLabel = "KIND",
      defaultValue = "tls",
      description =
          "tls: a Mosquitto of its own with TLS, accounts and access list; mosquitto: one without;"
              + " embedded: the one in this process. Default: ${DEFAULT-VALUE}.")
  private Broker broker;

  private enum Broker {
    TLS,
    MOSQUITTO,
    EMBEDDED
  }

  @Override
  public Integer call() throws IOException {
    check();
    PrintWriter out = command.commandLine().getOut();
    out.println(
        "%d devices, %d rounds; %d processors, JDK %s"
            .formatted(
                devices,
                rounds,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version")));
    out.println();
    out.println(
        "from asking to read-back, ms                  p50      p99      max   unconfirmed");
    Path directory = Files.createTempDirectory("ndoe-bench");
    try {
      measure(out, Protocol.MODBUS, Optional.empty(), "Modbus TCP");
      switch (broker) {
        case EMBEDDED -> measure(out, Protocol.MQTT, Optional.empty(), "MQTT, embedded broker");
        case MOSQUITTO -> {
          try (Mosquitto plain = Mosquitto.start(directory, List.of())) {
            measure(
                out,
                Protocol.MQTT,
                Optional.of(BrokerAddress.plain("127.0.0.1", plain.port())),
                "MQTT, Mosquitto");
          }
        }
        case TLS -> {
          try (SecuredMosquitto secured = secured(directory)) {
            measure(
                out, Protocol.MQTT, Optional.of(secured.as("controller")), "MQTT, Mosquitto, TLS");
          }
        }
      }
    } finally {
      delete(directory);
    }
    return 0;
  }

  private void check() {
    if (devices < 2 || devices > MOST_DEVICES) {
      throw bad("--devices must be 2 to 256: " + devices);
    }
    if (rounds < 1) {
      throw bad("--rounds must be 1 or more: " + rounds);
    }
    if (reversionSeconds < 2 || reversionSeconds > 60) {
      throw bad("--reversion must be 2 to 60 s: " + reversionSeconds);
    }
    if (broker == Broker.TLS && !SecuredMosquitto.isInstalled()
        || broker == Broker.MOSQUITTO && Mosquitto.executable().isEmpty()) {
      throw bad(
          "--broker %s needs mosquitto and openssl on the path; embedded needs nothing"
              .formatted(broker.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** The emulated gateways log in as the controller does, so it may speak for every device. */
  private static SecuredMosquitto secured(Path directory) throws IOException {
    Path setUp = Ndoe.home().resolve(Path.of("lab-setup", "mosquitto")).toAbsolutePath();
    List<String> access = new ArrayList<>();
    for (String line : Files.readAllLines(setUp.resolve("acl"))) {
      access.add(line.equals("#topic readwrite hil/v1/lab1/#") ? line.substring(1) : line);
    }
    return SecuredMosquitto.start(setUp, directory, access);
  }

  private void measure(
      PrintWriter out, Protocol protocol, Optional<BrokerAddress> address, String name) {
    Duration reversion = Duration.ofSeconds(reversionSeconds);
    try (DeviceBench bench = DeviceBench.start(devices, protocol, address, ANSWER, LONG)) {
      List<DeviceId> all = bench.devices();
      var unused = bench.set(Math.max(20, rounds / 4), all);
      Result result = bench.set(rounds, all);
      line(out, name + ", each device", result.commands(), result.unconfirmed());
      line(out, name + ", whole fleet", result.cycles(), result.unconfirmed());
      List<Result> beside = bench.setBesideASilentOne(Math.max(1, rounds / TURNS), TURNS);
      line(out, "  the others beside one that answers", beside.get(0));
      line(out, "  the others beside one that is silent", beside.get(1));
      out.println(
          String.format(
              Locale.ROOT,
              "  p99 of the others, silent over answering: %.2f",
              (double) beside.get(1).commands().quantile(0.99).toNanos()
                  / beside.get(0).commands().quantile(0.99).toNanos()));
    }
    told(
        out,
        "controller killed",
        FailSafe.afterControllerKilled(devices, protocol, address, reversion));
    if (protocol == Protocol.MQTT) {
      told(out, "gateways killed", FailSafe.afterGatewaysKilled(devices, address, reversion));
    }
  }

  private void told(PrintWriter out, String what, FailSafe.Result result) {
    out.println(
        "  %s: all %d at their defaults %s; setpoints hold %d s"
            .formatted(
                what,
                result.devices(),
                result
                    .last()
                    .map(last -> String.format(Locale.ROOT, "after %.2f s", last.toMillis() / 1e3))
                    .orElse("NOT within " + 3 * reversionSeconds + " s"),
                reversionSeconds));
    out.flush();
  }

  private static void line(PrintWriter out, String what, Result result) {
    line(out, what, result.commands(), result.unconfirmed());
  }

  private static void line(PrintWriter out, String what, Latencies times, int unconfirmed) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-40s %8.2f %8.2f %8.2f %8d",
            what,
            times.quantile(0.5).toNanos() / MILLIS,
            times.quantile(0.99).toNanos() / MILLIS,
            times.quantile(1).toNanos() / MILLIS,
            unconfirmed));
    out.flush();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private ParameterException bad(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
