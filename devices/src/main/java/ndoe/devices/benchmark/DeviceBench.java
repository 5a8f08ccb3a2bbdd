package ndoe.devices.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.Fault;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.fleet.Role;
import ndoe.devices.fleet.Supervision;
import ndoe.devices.mqtt.BrokerAddress;

/** Emulated inverters on one protocol and a controller that sets all of them at once. */
public final class DeviceBench implements AutoCloseable {
  static final double RATING_KW = 10;
  static final double DEFAULT_KW = 1.5;
  static final String SITE = "lab1";
  private static final Duration GAP = Duration.ofMillis(20);

  private final EmulatedBench emulated;
  private final DeviceFleet fleet;
  private final ExecutorService workers;

  private DeviceBench(EmulatedBench emulated, DeviceFleet fleet) {
    this.emulated = emulated;
    this.fleet = fleet;
    this.workers = Executors.newFixedThreadPool(fleet.specs().size());
  }

  /**
   * What setting a fleet took.
   *
   * @param commands from the asking of one device to its read-back answer
   * @param cycles from the asking of the first to the answer of the last of a fleet
   * @param unconfirmed commands that were not confirmed
   */
  public record Result(Latencies commands, Latencies cycles, int unconfirmed) {
    private static Result of(List<Result> parts) {
      return new Result(
          Latencies.of(parts.stream().map(Result::commands).toList()),
          Latencies.of(parts.stream().map(Result::cycles).toList()),
          parts.stream().mapToInt(Result::unconfirmed).sum());
    }
  }

  /**
   * Starts devices and connects them.
   *
   * @param broker for MQTT; one in this process if absent
   * @param answer longest wait for one answer
   * @param reversion how long a setpoint holds, whole seconds
   */
  public static DeviceBench start(
      int devices,
      Protocol protocol,
      Optional<BrokerAddress> broker,
      Duration answer,
      Duration reversion) {
    EmulatedBench emulated = emulate(devices, protocol, broker);
    try {
      FleetTimings defaults = FleetTimings.defaults();
      DeviceFleet fleet =
          DeviceFleet.connect(
              emulated.specs(),
              emulated.brokerAddress(),
              new FleetTimings(defaults.connect(), answer, defaults.maxAge(), reversion),
              Supervision.of(SITE));
      return new DeviceBench(emulated, fleet);
    } catch (DeviceLinkException e) {
      emulated.close();
      throw e;
    }
  }

  static EmulatedBench emulate(int devices, Protocol protocol, Optional<BrokerAddress> broker) {
    List<EmulatedDeviceSpec> specs =
        IntStream.rangeClosed(1, devices)
            .mapToObj(
                n ->
                    new EmulatedDeviceSpec(
                        new DeviceId((protocol == Protocol.MQTT ? "mqtt-" : "modbus-") + n),
                        "bench",
                        Role.PV,
                        protocol,
                        Rating.generator(RATING_KW, DEFAULT_KW)))
            .toList();
    SimulatedClock clock = SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z"));
    return EmulatedBench.start(specs, clock, broker, SITE);
  }

  public EmulatedBench emulated() {
    return emulated;
  }

  /** Sets these devices at once, again and again, each time to another value; never to the same. */
  public Result set(int rounds, List<DeviceId> of) {
    List<Long> commands = new ArrayList<>();
    long[] cycles = new long[rounds];
    int unconfirmed = 0;
    for (int round = 0; round < rounds; round++) {
      double limitKw = 2 + round % 8;
      List<Callable<Timed>> asked = new ArrayList<>();
      for (DeviceId device : of) {
        Inverter inverter = fleet.inverter(device);
        asked.add(() -> timed(inverter, limitKw));
      }
      long start = System.nanoTime();
      for (Timed timed : all(asked)) {
        commands.add(timed.nanos());
        cycles[round] = Math.max(cycles[round], timed.endedNanos() - start);
        unconfirmed += timed.receipt() instanceof DispatchReceipt.Applied ? 0 : 1;
      }
    }
    return new Result(
        new Latencies(commands.stream().mapToLong(Long::longValue).toArray()),
        new Latencies(cycles),
        unconfirmed);
  }

  /**
   * The same while the last device is set too, by a thread of its own, all the time; silent or not,
   * in turns, so that both have the same machine.
   *
   * @param turns how often each
   * @return without and with the silence
   */
  public List<Result> setBesideASilentOne(int rounds, int turns) {
    List<DeviceId> others = devices().subList(0, devices().size() - 1);
    DeviceId last = devices().get(devices().size() - 1);
    List<Result> talking = new ArrayList<>();
    List<Result> silent = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      talking.add(setBeside(last, rounds, others));
      emulated.device(last).inject(Fault.SILENT);
      silent.add(setBeside(last, rounds, others));
      emulated.device(last).clear(Fault.SILENT);
    }
    return List.of(Result.of(talking), Result.of(silent));
  }

  private Result setBeside(DeviceId beside, int rounds, List<DeviceId> others) {
    CountDownLatch done = new CountDownLatch(1);
    Inverter inverter = fleet.inverter(beside);
    Future<Void> setting =
        workers.submit(
            () -> {
              while (!done.await(GAP.toMillis(), TimeUnit.MILLISECONDS)) {
                var unused = inverter.limitActivePower(DEFAULT_KW);
              }
              return null;
            });
    Result result = set(rounds, others);
    done.countDown();
    var unused = await(setting);
    return result;
  }

  private static <T> T await(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The names of its devices. */
  public List<DeviceId> devices() {
    return fleet.specs().stream().map(DeviceSpec::id).toList();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    fleet.close();
    emulated.close();
  }

  private record Timed(DispatchReceipt receipt, long nanos, long endedNanos) {}

  private static Timed timed(Inverter inverter, double limitKw) {
    long start = System.nanoTime();
    DispatchReceipt receipt = inverter.limitActivePower(limitKw);
    long end = System.nanoTime();
    return new Timed(receipt, end - start, end);
  }

  private List<Timed> all(List<Callable<Timed>> asked) {
    try {
      return workers.invokeAll(asked).stream().map(DeviceBench::await).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted", e);
    }
  }
}
