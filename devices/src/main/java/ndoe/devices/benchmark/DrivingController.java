package ndoe.devices.benchmark;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.Inverter;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.fleet.Role;
import ndoe.devices.fleet.Supervision;
import ndoe.devices.mqtt.BrokerAddress;

/** A controller in a process of its own that renews its setpoints until it is killed. */
final class DrivingController {
  /** What it sets on every device, kW. */
  static final double DRIVEN_KW = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private DrivingController() {}

  /** Writes what such a process needs to know. */
  static void describe(
      Path file, List<DeviceSpec> specs, Optional<BrokerAddress> broker, Duration reversion)
      throws IOException {
    Properties properties = new Properties();
    properties.setProperty("reversion_s", Long.toString(reversion.toSeconds()));
    broker.ifPresent(
        address -> {
          properties.setProperty("broker", address.uri());
          address.ca().ifPresent(ca -> properties.setProperty("broker_ca", ca.toString()));
          address
              .login()
              .ifPresent(
                  login -> {
                    properties.setProperty("broker_username", login.username());
                    properties.setProperty("broker_password", login.password());
                  });
        });
    for (DeviceSpec spec : specs) {
      String where =
          spec.connection() instanceof Connection.ModbusTcp modbus
              ? modbus.host() + " " + modbus.port() + " " + modbus.unitId()
              : ((Connection.Mqtt) spec.connection()).site();
      properties.setProperty("device." + spec.id(), where);
    }
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }

  /** Sets and renews; ends only when it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(reader);
    }
    FleetTimings timings =
        new FleetTimings(
            PATIENCE,
            PATIENCE,
            FleetTimings.defaults().maxAge(),
            Duration.ofSeconds(Long.parseLong(properties.getProperty("reversion_s"))));
    try (DeviceFleet fleet =
        DeviceFleet.connect(
            specs(properties), broker(properties), timings, Supervision.of(DeviceBench.SITE))) {
      while (true) {
        for (Device device : fleet.devices()) {
          System.out.println(((Inverter) device).limitActivePower(DRIVEN_KW));
        }
        System.out.println("renewed");
        TimeUnit.NANOSECONDS.sleep(timings.refresh().toNanos());
      }
    }
  }

  private static List<DeviceSpec> specs(Properties properties) {
    List<DeviceSpec> specs = new ArrayList<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("device.")) {
        String[] where = properties.getProperty(key).split(" ");
        Connection connection =
            where.length == 1
                ? new Connection.Mqtt(where[0])
                : new Connection.ModbusTcp(
                    where[0], Integer.parseInt(where[1]), Integer.parseInt(where[2]));
        specs.add(
            new DeviceSpec(
                new DeviceId(key.substring("device.".length())),
                "bench",
                Role.PV,
                connection,
                1,
                DeviceBench.DEFAULT_KW));
      }
    }
    return specs;
  }

  private static Optional<BrokerAddress> broker(Properties properties) {
    String uri = properties.getProperty("broker");
    if (uri == null) {
      return Optional.empty();
    }
    BrokerAddress address = BrokerAddress.parse(uri);
    if (properties.containsKey("broker_ca")) {
      address = address.withCa(Path.of(properties.getProperty("broker_ca")));
    }
    if (properties.containsKey("broker_username")) {
      address =
          address.withLogin(
              properties.getProperty("broker_username"), properties.getProperty("broker_password"));
    }
    return Optional.of(address);
  }
}
