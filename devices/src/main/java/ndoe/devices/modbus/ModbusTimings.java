package ndoe.devices.modbus;

import java.time.Duration;

/**
 * How long a device may take.
 *
 * @param connect to accept a connection
 * @param answer from the request to the last byte of its answer
 * @param gap kept between an answer and the next request; zero for devices that need none
 */
public record ModbusTimings(Duration connect, Duration answer, Duration gap) {

  /** Generous for inverters, which answer in 20 to 500 ms. */
  public static final ModbusTimings DEFAULT =
      new ModbusTimings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO);

  public ModbusTimings {
    if (connect.toMillis() < 1 || answer.toMillis() < 1 || gap.isNegative()) {
      throw new IllegalArgumentException(
          "Modbus timings must be at least 1 ms (gap: 0): " + connect + " " + answer + " " + gap);
    }
  }
}
