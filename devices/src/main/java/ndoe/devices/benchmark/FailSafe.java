package ndoe.devices.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.mqtt.BrokerAddress;

/**
 * Kills a controller or its gateways without warning and watches the devices go to their defaults.
 */
public final class FailSafe {
  private static final double QUANTUM_KW = 0.01;
  private static final long LOOK_MILLIS = 5;
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

  private FailSafe() {}

  /**
   * How long the last device took.
   *
   * @param devices how many there were
   * @param last from the kill to the moment the last one is at its default; empty if some were not
   *     there after three times the reversion
   */
  public record Result(int devices, Optional<Duration> last) {}

  /**
   * Runs a controller in a process of its own and kills it once everything is set.
   *
   * @param reversion how long a setpoint holds, whole seconds
   */
  public static Result afterControllerKilled(
      int devices, Protocol protocol, Optional<BrokerAddress> broker, Duration reversion) {
    try (EmulatedBench emulated = DeviceBench.emulate(devices, protocol, broker)) {
      Path known = Files.createTempFile("ndoe-bench", ".properties");
      try {
        DrivingController.describe(known, emulated.specs(), emulated.brokerAddress(), reversion);
        Process controller = start(known);
        try {
          awaitRenewals(controller);
          requireDriven(emulated);
          controller.destroyForcibly().waitFor();
          return watch(emulated, reversion.multipliedBy(3));
        } finally {
          controller.destroyForcibly();
        }
      } finally {
        Files.deleteIfExists(known);
      }
    } catch (IOException e) {
      throw new DeviceLinkException("no controller could be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted", e);
    }
  }

  /**
   * Kills every gateway while the controller goes on.
   *
   * @param reversion how long a setpoint holds, whole seconds
   */
  public static Result afterGatewaysKilled(
      int devices, Optional<BrokerAddress> broker, Duration reversion) {
    try (DeviceBench bench =
        DeviceBench.start(
            devices, Protocol.MQTT, broker, FleetTimings.defaults().answer(), reversion)) {
      var unused = bench.set(1, bench.devices());
      for (DeviceId device : bench.devices()) {
        bench.emulated().device(device).kill();
      }
      return watch(bench.emulated(), reversion.multipliedBy(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted", e);
    }
  }

  private static Process start(Path known) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DrivingController.class.getName(),
            known.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Until every device was set and renewed. */
  private static void awaitRenewals(Process controller) throws IOException {
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(controller.getInputStream(), StandardCharsets.UTF_8));
    int renewals = 0;
    long start = System.nanoTime();
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null && renewals < 2; line = said.readLine()) {
      all.append(line).append('\n');
      renewals += line.equals("renewed") ? 1 : 0;
      if (System.nanoTime() - start > STARTS_WITHIN.toNanos()) {
        break;
      }
    }
    if (renewals < 2) {
      throw new DeviceLinkException("the controller to be killed did not start:\n" + all);
    }
  }

  private static void requireDriven(EmulatedBench emulated) {
    if (emulated.specs().stream()
        .anyMatch(spec -> !isAt(emulated, spec, DrivingController.DRIVEN_KW))) {
      throw new DeviceLinkException("not every device was set before the kill");
    }
  }

  private static Result watch(EmulatedBench emulated, Duration longest)
      throws InterruptedException {
    List<DeviceSpec> specs = emulated.specs();
    long killed = System.nanoTime();
    Optional<Duration> last = Optional.empty();
    while (last.isEmpty() && System.nanoTime() - killed < longest.toNanos()) {
      if (specs.stream().allMatch(spec -> isAt(emulated, spec, DeviceBench.DEFAULT_KW))) {
        last = Optional.of(Duration.ofNanos(System.nanoTime() - killed));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return new Result(specs.size(), last);
  }

  private static boolean isAt(EmulatedBench emulated, DeviceSpec spec, double kw) {
    return Math.abs(emulated.plant(spec.id()).activePowerKw() - kw) < QUANTUM_KW;
  }
}
