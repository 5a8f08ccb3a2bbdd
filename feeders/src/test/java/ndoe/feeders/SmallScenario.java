package ndoe.feeders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;

/**
 * A scenario of two prosumers, small enough to be broken in every way.
 *
 * <pre>
 *   source ──L1── mid ──L2── end        profiles: ten days from 2016-03-01, hourly
 *                  │          │         load: hour of the day + 1; pv: day of the month at noon
 *                  A    B, D at end     forecast day: 2016-03-05
 * </pre>
 */
final class SmallScenario {
  static final String FEEDER =
      """
      Clear
      New Circuit.small bus1=source basekv=10 r1=1e-8 x1=1e-7
      New Line.L1 bus1=source bus2=mid r1=0.3 x1=0.4 c1=0
      New Line.L2 bus1=mid bus2=end r1=0.6 x1=0.8 c1=0
      New Load.A bus1=mid kV=10 kW=100 kvar=50 vminpu=0.4 vmaxpu=1.6
      New Load.D bus1=end kV=10 kW=40 kvar=10 vminpu=0.4 vmaxpu=1.6
      Set VoltageBases=[10]
      """;

  static final String YAML =
      """
      format: 1
      name: small
      feeder:
        dss: feeder.dss
        source_voltage_pu: 1.0
        voltage_limits_pu: {min: 0.9, max: 1.1}
        line_ratings_kva: {default: 500, L1: 900}
        passive_load: {profile: load, scale: 2.0}
      horizon: {start: "2016-03-05T00:00", interval_minutes: 120, intervals: 12}
      profiles: profiles.csv
      tariff:
        currency: EUR
        retail_buy_per_kwh:
          - {from: "00:00", price: 0.2}
          - {from: "07:00", price: 0.4}
        retail_sell_per_kwh: 0.1
      trading:
        links: all
        link_limit_kw: 50
        network_charge_per_kwh: {base: 0.01, distance: 0.04}
      dso:
        loss_price_per_kwh: 0.3
        static_var_compensators:
          - {id: SVC, bus: end, rating_kvar: 40}
        batteries:
          - {id: ESS, bus: mid, power_kw: 30, energy_kwh: 60}
      uncertainty: {history_days: 4, scenarios: 2}
      prosumer_defaults:
        connection_limit_kw: {import: 200, export: 100}
        default_envelope_kw: {import: 20, export: 10}
        battery: {efficiency: 0.9, soc: {min: 0.2, max: 0.8, initial: 0.4}}
        shed_price_per_kwh: 5
      prosumers:
        - {id: A, bus: mid, load: {profile: load, peak_kw: 24}, pv: {profile: pv, peak_kw: 60}}
        - {id: B, bus: mid, load: {profile: load, peak_kw: 12}, battery: {power_kw: 10, energy_kwh: 20, soc: {initial: 0.5}}}
      """;

  private final Path folder;

  SmallScenario(Path folder) {
    this.folder = folder;
    write("feeder.dss", FEEDER);
    write("profiles.csv", profiles());
    write("scenario.yaml", YAML);
  }

  Path path() {
    return folder.resolve("scenario.yaml");
  }

  Scenario read() {
    return ScenarioFile.read(path());
  }

  /** Replaces a text that stands in the file, so that a test cannot silently change nothing. */
  SmallScenario replace(String file, String text, String replacement) {
    try {
      String before = Files.readString(folder.resolve(file));
      if (!before.contains(text)) {
        throw new IllegalArgumentException(file + " does not contain " + text);
      }
      return write(file, before.replace(text, replacement));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  SmallScenario write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String profiles() {
    StringBuilder csv = new StringBuilder("time,load,pv,spare\n");
    LocalDateTime start = LocalDateTime.of(2016, 3, 1, 0, 0);
    for (int hour = 0; hour < 240; hour++) {
      LocalDateTime time = start.plusHours(hour);
      int sun = time.getHour() == 12 ? time.getDayOfMonth() : 0;
      csv.append("%s,%d,%d,-1\n".formatted(time, time.getHour() + 1, sun));
    }
    return csv.toString();
  }
}
