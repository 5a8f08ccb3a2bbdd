package ndoe.controller.loop;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import ndoe.controller.journal.SiteStateRow;
import ndoe.controller.prosumer.DeviceState;
import ndoe.feeders.ProsumerId;

/** Where a prosumer’s controller stands, as the journal keeps it. */
final class SiteStanding {
  private SiteStanding() {}

  /**
   * For the journal.
   *
   * @param asked of the devices last
   */
  static SiteStateRow of(ProsumerId prosumer, DeviceState state, Optional<SiteSetpoints> asked) {
    return new SiteStateRow(
        prosumer,
        state.batteryEnergyKwh(),
        state.flexibleEnergyKwh(),
        state.vehicleEnergyKwh(),
        part(asked, SiteSetpoints::pvLimitKw),
        part(asked, SiteSetpoints::windLimitKw),
        part(asked, SiteSetpoints::turbineLimitKw),
        part(asked, SiteSetpoints::batteryKw),
        part(asked, SiteSetpoints::vehicleKw),
        part(asked, SiteSetpoints::flexibleKw));
  }

  private static OptionalDouble part(
      Optional<SiteSetpoints> asked, ToDoubleFunction<SiteSetpoints> part) {
    return asked.stream().mapToDouble(part).findFirst();
  }

  static DeviceState state(int interval, SiteStateRow row) {
    return new DeviceState(
        interval, row.batteryEnergyKwh(), row.flexibleEnergyKwh(), row.vehicleEnergyKwh());
  }

  /** What was asked last; empty when nothing was. */
  static Optional<SiteSetpoints> asked(SiteStateRow row) {
    return row.pvLimitKw().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SiteSetpoints(
                row.pvLimitKw().orElseThrow(),
                row.windLimitKw().orElseThrow(),
                row.turbineLimitKw().orElseThrow(),
                row.batteryKw().orElseThrow(),
                row.vehicleKw().orElseThrow(),
                row.flexibleKw().orElseThrow()));
  }
}
