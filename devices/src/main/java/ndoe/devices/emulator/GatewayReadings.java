package ndoe.devices.emulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.mqtt.AcMeasurement;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.StorageMeasurement;

/**
 * What a gateway measures, as its device’s faults make it; a frozen sensor keeps a moving clock.
 */
final class GatewayReadings {
  private static final double WATTS_PER_KW = 1000;

  private record Values(
      double activeKw,
      double reactiveKvar,
      double voltagePu,
      double socFraction,
      double storedKwh) {}

  private final EmulatedPlant plant;
  private final DeviceTopics topics;
  private final FaultState faults;
  private final Clock clock;
  private final double nominalVolt;
  private long readings;
  private Values values;

  GatewayReadings(
      EmulatedPlant plant,
      DeviceTopics topics,
      FaultState faults,
      Clock clock,
      double nominalVolt) {
    this.plant = plant;
    this.topics = topics;
    this.faults = faults;
    this.clock = clock;
    this.nominalVolt = nominalVolt;
    this.values = measure();
  }

  /** A new reading, in answer to a poll if there is one. */
  synchronized List<MqttMessage> next(Optional<String> poll) {
    readings++;
    Instant now = clock.instant();
    if (!faults.has(Fault.FROZEN)) {
      values = measure();
    }
    List<MqttMessage> messages = new ArrayList<>();
    if (plant.kind() == Kind.STORAGE) {
      StorageMeasurement storage =
          new StorageMeasurement(
              readings,
              now,
              Math.min(100, values.socFraction() * 100),
              OptionalDouble.of(values.storedKwh() * WATTS_PER_KW));
      messages.add(MqttMessage.atMostOnce(topics.measuredStorage(), storage.toJson()));
    }
    double volts = values.voltagePu() * nominalVolt;
    AcMeasurement ac =
        new AcMeasurement(
            readings,
            now,
            AcMeasurement.Quality.GOOD,
            values.activeKw() * WATTS_PER_KW,
            values.reactiveKvar() * WATTS_PER_KW,
            List.of(volts, volts, volts),
            poll);
    messages.add(MqttMessage.atMostOnce(topics.measuredAc(), ac.toJson()));
    return messages;
  }

  private Values measure() {
    return new Values(
        faults.measuredKw(),
        plant.reactivePowerKvar(),
        plant.voltagePu(),
        plant.socFraction(),
        plant.storedEnergyKwh());
  }
}
