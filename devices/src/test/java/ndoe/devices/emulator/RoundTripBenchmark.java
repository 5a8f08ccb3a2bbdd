package ndoe.devices.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.GatewayTimings;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttInverter;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.TestBroker;

/**
 * Times a command until its acknowledgement and a reading until it is there; ends with 1 if a
 * median says that somebody forgot TCP_NODELAY (40 ms and more).
 */
final class RoundTripBenchmark {
  private static final int ROUNDS = 1000;
  private static final double BOUND_MS = 20;

  private RoundTripBenchmark() {}

  public static void main(String[] args) {
    boolean fast;
    try (TestBroker broker = TestBroker.embedded()) {
      fast = within("embedded broker", broker);
    }
    if (TestBroker.mosquittoInstalled()) {
      try (TestBroker broker = TestBroker.mosquitto()) {
        fast &= within("Mosquitto", broker);
      }
    }
    System.exit(fast ? 0 : 1);
  }

  private static boolean within(String name, TestBroker broker) {
    SimulatedClock clock = SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z"));
    DeviceId id = new DeviceId("pv1");
    EmulatedPlant plant =
        new EmulatedPlant(
            id,
            EmulatedPlant.Kind.GENERATOR,
            EmulatedPlant.Rating.generator(900, 0),
            clock,
            System::nanoTime);
    GatewayTimings timings =
        new GatewayTimings(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60));
    try (MqttEmulator gateway = MqttEmulator.start(plant, broker.address(), "lab1");
        MqttLink link = PahoLink.connect(broker.address(), LinkSettings.of("controller"));
        MqttInverter inverter =
            MqttInverter.connect(link, new DeviceTopics("lab1", gateway.id()), timings)) {
      boolean commands =
          timed(
              name + ", command to acknowledgement",
              i -> {
                if (!(inverter.limitActivePower(i % 900) instanceof DispatchReceipt.Applied)) {
                  throw new IllegalStateException("not applied");
                }
              });
      return timed(name + ", poll to reading", i -> inverter.measure()) && commands;
    }
  }

  private interface Round {
    void run(int i);
  }

  private static boolean timed(String what, Round round) {
    double[] ms = new double[ROUNDS];
    for (int i = 0; i < 2 * ROUNDS; i++) {
      long start = System.nanoTime();
      round.run(i);
      ms[i % ROUNDS] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(ms);
    System.out.printf(
        "%s: median %.2f ms, 99th of 100 %.2f ms%n", what, ms[ROUNDS / 2], ms[ROUNDS * 99 / 100]);
    return ms[ROUNDS / 2] < BOUND_MS;
  }
}
