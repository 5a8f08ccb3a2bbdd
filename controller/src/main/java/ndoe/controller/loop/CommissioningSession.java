package ndoe.controller.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.controller.loop.FleetFile.Fleet;
import ndoe.devices.Device;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.LoadMeter;
import ndoe.devices.PriorControl;
import ndoe.devices.commissioning.Commissioning;
import ndoe.devices.commissioning.CommissioningStep;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.Supervision;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.SunSpecScan;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.InvalidInputException.Problem;
import ndoe.feeders.Scenario;

/** One device of a fleet file, connected alone to be tried; closing leaves it at its default. */
public final class CommissioningSession implements AutoCloseable {
  private static final int COMMON = 1;

  private final DeviceSpec spec;
  private final String identity;
  private final DeviceFleet fleet;
  private final Duration reversion;

  private CommissioningSession(
      DeviceSpec spec, String identity, DeviceFleet fleet, Duration reversion) {
    this.spec = spec;
    this.identity = identity;
    this.fleet = fleet;
    this.reversion = reversion;
  }

  /**
   * Connects, writing nothing.
   *
   * @param reversion armed with every setpoint, whole seconds
   * @throws InvalidInputException if the fleet file is wrong or has no such device
   * @throws DeviceLinkException if the device cannot be reached
   */
  public static CommissioningSession open(
      Scenario scenario, Path fleetFile, String device, Duration reversion) {
    Fleet fleet = FleetFile.read(fleetFile, DeviceWiring.needs(scenario, Optional.empty()));
    DeviceSpec spec =
        fleet.devices().stream()
            .filter(candidate -> candidate.id().value().equals(device))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        List.of(
                            new Problem(
                                fleetFile,
                                0,
                                "devices",
                                "there is no device %s; there are %s"
                                    .formatted(
                                        device,
                                        fleet.devices().stream().map(DeviceSpec::id).toList())))));
    String identity = identify(spec);
    DeviceFleet connected =
        DeviceFleet.connect(
            List.of(spec),
            fleet.broker(),
            fleet.timings().withReversion(reversion),
            new Supervision(Optional.of(fleet.site()), false, any -> false, event -> {}));
    return new CommissioningSession(spec, identity, connected, reversion);
  }

  /** On a connection of its own that is closed again: many devices take one client at a time. */
  private static String identify(DeviceSpec spec) {
    if (!(spec.connection() instanceof Connection.ModbusTcp modbus)) {
      return "told by its gateway only";
    }
    return SunSpecScan.of(
            new ModbusAddress(modbus.host(), modbus.port(), modbus.unitId()),
            ModbusTimings.DEFAULT,
            modbus.quirks())
        .find(COMMON)
        .map(
            common ->
                Stream.of("Mn", "Md", "Vr", "SN")
                    .map(common::text)
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.replaceAll("\\p{Cntrl}|\\p{Cf}", "?"))
                    .collect(Collectors.joining(" ")))
        .orElse("says nothing of itself");
  }

  public DeviceSpec spec() {
    return spec;
  }

  /** Reads the device, so that a control found on it is known. */
  public Optional<PriorControl> priorControl() {
    device().measure();
    return device().priorControl();
  }

  /** Whether there is anything to be set. */
  public boolean isControllable() {
    return !(device() instanceof LoadMeter);
  }

  /** What the device says of itself, one line. */
  public String identity() {
    return identity;
  }

  /** Steps it through its range. */
  public List<CommissioningStep> run(
      List<Double> shares,
      Duration settle,
      boolean reverts,
      Consumer<CommissioningStep> listener,
      CountDownLatch stop) {
    return new Commissioning(
            device(),
            new Commissioning.Settings(shares, settle, reversion, spec.reversionKw(), reverts),
            listener,
            stop)
        .run();
  }

  @Override
  public void close() {
    fleet.close();
  }

  private Device device() {
    return fleet.devices().iterator().next();
  }
}
