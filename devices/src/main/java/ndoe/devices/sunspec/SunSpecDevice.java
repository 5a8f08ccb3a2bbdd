package ndoe.devices.sunspec;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.Measurement;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.SunSpecQuirks.Sign;

/** What the drivers share: a named device behind a link, and how it is measured. */
final class SunSpecDevice implements AutoCloseable {
  /** Models that tell the state of charge, and by which point, in the order preferred. */
  private static final List<StateOfCharge> STATES_OF_CHARGE =
      List.of(
          new StateOfCharge(713, "SoC"),
          new StateOfCharge(802, "SoC"),
          new StateOfCharge(124, "ChaState"));

  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;

  private record StateOfCharge(int model, String point) {}

  /** Time as a driver sees it: of day for stamps, monotonic (ns) for heartbeats. */
  record Clocks(InstantSource ofDay, LongSupplier monotonicNanos) {
    static Clocks with(InstantSource ofDay) {
      return new Clocks(ofDay, System::nanoTime);
    }
  }

  private final DeviceId id;
  private final SunSpecLink link;
  private final SunSpecQuirks quirks;
  private final InstantSource clock;
  private final DerHeartbeat heartbeat;
  private final AcReading.Nominal nominal;

  private SunSpecDevice(DeviceId id, SunSpecLink link, SunSpecQuirks quirks, Clocks clocks) {
    this.id = id;
    this.link = link;
    this.quirks = quirks;
    this.clock = clocks.ofDay();
    this.heartbeat = new DerHeartbeat(link, clocks.monotonicNanos());
    require(AcReading.MODELS);
    this.nominal = AcReading.Nominal.read(link);
  }

  /**
   * Connects, reads what does not change and makes a driver of it; writes nothing.
   *
   * @throws DeviceLinkException when nothing answers, or not as such a device; the link is closed
   */
  static <D> D connect(
      DeviceId id,
      ModbusAddress address,
      ModbusTimings timings,
      SunSpecQuirks quirks,
      Clocks clocks,
      Function<SunSpecDevice, D> driver) {
    SunSpecLink link = SunSpecLink.connect(address, timings, quirks);
    try {
      return driver.apply(new SunSpecDevice(id, link, quirks, clocks));
    } catch (DeviceLinkException e) {
      link.close();
      throw e;
    }
  }

  DeviceId id() {
    return id;
  }

  SunSpecLink link() {
    return link;
  }

  SunSpecQuirks quirks() {
    return quirks;
  }

  DerHeartbeat heartbeat() {
    return heartbeat;
  }

  Instant now() {
    return clock.instant();
  }

  /** Throws {@link DeviceLinkException} unless the device has one of these models. */
  void require(List<Integer> anyOf) {
    if (anyOf.stream().noneMatch(link::has)) {
      throw new DeviceLinkException(
          "%s has no SunSpec model %s, one of which is needed; it has %s"
              .formatted(
                  this,
                  anyOf.stream().map(String::valueOf).collect(Collectors.joining(" or ")),
                  link.map().ids()));
    }
  }

  /**
   * Reads power, voltage and state of charge.
   *
   * @throws DeviceLinkException when the link breaks, power is not told, or the device’s heartbeat
   *     stands still
   */
  Measurement measure() {
    heartbeat.check(toString());
    require(AcReading.MODELS);
    AcReading ac = new AcReading(link.readOrFail(AcReading.model(link.map()).orElseThrow()));
    Instant at = now();
    double watts =
        ac.watts()
            .orElseThrow(
                () ->
                    new DeviceLinkException(
                        this + " reports no active power (model " + ac.model() + " W)"));
    double perKw = quirks.sign() == Sign.LOAD ? -WATTS_PER_KW : WATTS_PER_KW;
    return new Measurement(
        id, at, watts / perKw, ac.vars().orElse(0) / perKw, ac.voltagePu(nominal), stateOfCharge());
  }

  @Override
  public String toString() {
    return id + " at " + link;
  }

  @Override
  public void close() {
    link.close();
  }

  private OptionalDouble stateOfCharge() {
    Optional<StateOfCharge> told =
        STATES_OF_CHARGE.stream().filter(one -> link.has(one.model())).findFirst();
    OptionalDouble percent =
        told.map(one -> link.readOrFail(one.model()).value(one.point()))
            .orElse(OptionalDouble.empty());
    return percent.isPresent()
        ? OptionalDouble.of(percent.getAsDouble() / PERCENT)
        : OptionalDouble.empty();
  }
}
