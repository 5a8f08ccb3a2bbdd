package ndoe.devices.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DeviceBenchIT {
  private static final Duration REVERSION = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void leavesEveryDeviceAtItsDefaultWithinItsReversion(Protocol protocol) {
    FailSafe.Result result =
        FailSafe.afterControllerKilled(4, protocol, Optional.empty(), REVERSION);
    assertEquals(4, result.devices());
    Duration last = result.last().orElseThrow();
    assertTrue(last.compareTo(REVERSION.plusSeconds(1)) < 0, last::toString);
  }

  @Test
  void leavesEveryDeviceAtItsDefaultWhenItsGatewayIsKilled() {
    Duration last =
        FailSafe.afterGatewaysKilled(4, Optional.empty(), REVERSION).last().orElseThrow();
    assertTrue(last.compareTo(REVERSION.plusMillis(500)) < 0, last::toString);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void keepsASilentDeviceFromTheOthers(Protocol protocol) {
    try (DeviceBench bench =
        DeviceBench.start(4, protocol, Optional.empty(), Duration.ofSeconds(3), LONG)) {
      List<DeviceBench.Result> results = bench.setBesideASilentOne(10, 1);
      assertEquals(30, results.get(1).commands().count());
      assertEquals(0, results.get(0).unconfirmed());
      assertEquals(0, results.get(1).unconfirmed());
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void confirmsEverySetpointOfAFleet(Protocol protocol) {
    try (DeviceBench bench =
        DeviceBench.start(4, protocol, Optional.empty(), Duration.ofSeconds(5), LONG)) {
      DeviceBench.Result result = bench.set(10, bench.devices());
      assertEquals(40, result.commands().count());
      assertEquals(10, result.cycles().count());
      assertEquals(0, result.unconfirmed());
      assertTrue(result.commands().quantile(0.5).compareTo(result.commands().quantile(0.99)) <= 0);
    }
  }
}
