package ndoe.controller.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.SiteStateRow;
import ndoe.controller.prosumer.DeviceSchedule;
import ndoe.controller.prosumer.DeviceState;
import ndoe.devices.Battery;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Inverter;
import ndoe.devices.Measurement;
import ndoe.devices.fleet.Role;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.ProsumerSite.ElectricVehicle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One prosumer’s controller: reads its devices, decides by its second stage, and keeps the
 * connection point inside the envelope. Whatever goes wrong ends in the default envelope. Used by
 * one thread at a time.
 */
final class SiteController {
  private static final Logger LOG = LoggerFactory.getLogger(SiteController.class);

  /** Accepted excess over a limit, kW or share of it, before a correction is worth a write. */
  private static final double TOLERANCE_KW = 0.2;

  private static final double TOLERANCE_FRACTION = 0.002;

  /** Share of a value from which on two values count as the same. */
  private static final double NEARLY = 0.99;

  private final ProsumerSite site;
  private final SiteRatings ratings;
  private final List<SiteDevice> devices;
  private final StepJournal journal;
  private SitePlan plan;
  private DeviceState state;
  private double decidedGenerationKw;
  private SiteReading reading;
  private SiteSetpoints inForce;
  private List<SiteMeasurement> measurements = List.of();
  private boolean atDefault;

  SiteController(
      ProsumerSite site,
      List<SiteDevice> devices,
      SitePlan plan,
      StepJournal journal,
      DeviceState start) {
    this.site = site;
    this.ratings = SiteRatings.of(site);
    this.devices = List.copyOf(devices);
    this.plan = plan;
    this.journal = journal;
    this.state = start;
  }

  /** A measurement and the device it came from. */
  record SiteMeasurement(Role role, Measurement measurement) {}

  /** A setpoint’s receipt and the device it went to. */
  record SiteReceipt(Role role, boolean limit, DispatchReceipt receipt) {}

  /** A setpoint that is about to be sent. */
  record SiteCommand(Role role, boolean limit, DeviceId device, double askedKw) {}

  ProsumerId id() {
    return site.id();
  }

  /** From the next interval on by another agreement. */
  void follow(SitePlan next) {
    plan = next;
  }

  /**
   * Another day begins.
   *
   * @param due with what is due until its end; what the battery holds stays
   */
  void beginDay(DeviceState due) {
    state =
        new DeviceState(
            state.interval(),
            state.batteryEnergyKwh(),
            due.flexibleEnergyKwh(),
            due.vehicleEnergyKwh());
  }

  boolean hasRealDevices() {
    return devices.stream().anyMatch(SiteDevice::real);
  }

  /** Where this controller stands, for another process to go on with. */
  SiteStateRow standing() {
    return SiteStanding.of(site.id(), state, Optional.ofNullable(inForce));
  }

  /**
   * Goes on where another process stood. What it asked last is taken to be in force only where
   * every device is emulated: a real one may have reverted since.
   */
  void resume(int lastInterval, SiteStateRow row) {
    state = SiteStanding.state(lastInterval, row);
    if (!hasRealDevices()) {
      inForce = SiteStanding.asked(row).orElse(null);
    }
  }

  /** The last reading; none before the first. */
  SiteReading reading() {
    return reading;
  }

  List<SiteMeasurement> measurements() {
    return measurements;
  }

  /** Reads the devices and decides and dispatches for this interval. */
  List<SiteReceipt> begin(int interval) {
    state =
        new DeviceState(
            interval,
            state.batteryEnergyKwh(),
            state.flexibleEnergyKwh(),
            state.vehicleEnergyKwh());
    atDefault = false;
    if (plan.envelope(interval).isEmpty()) {
      return fallBack("nothing is agreed for this interval");
    }
    try {
      measure();
      double stored =
          site.battery().map(b -> b.energyKwh() * reading.batterySocFraction()).orElse(0.0);
      state =
          new DeviceState(interval, stored, state.flexibleEnergyKwh(), state.vehicleEnergyKwh());
      return decide();
    } catch (DeviceLinkException | IllegalStateException e) {
      return fallBack(e.getMessage());
    }
  }

  /** Reads the devices again after they settled; dispatches again if the envelope is not kept. */
  List<SiteReceipt> check() {
    if (atDefault) {
      measureWhatAnswers();
      return List.of();
    }
    try {
      measure();
      boolean asExpected =
          Math.abs(availableGenerationKw() - decidedGenerationKw) <= expectedWithinKw();
      return asExpected && excessKw(agreedEnvelope()) == 0 ? List.of() : decide();
    } catch (DeviceLinkException | IllegalStateException e) {
      return fallBack(e.getMessage());
    }
  }

  private List<SiteReceipt> decide() {
    decidedGenerationKw = availableGenerationKw();
    DeviceSchedule schedule = plan.decide(state, decidedGenerationKw, reading.loadKw());
    return dispatch(Dispatcher.setpoints(schedule, reading, agreedEnvelope(), ratings));
  }

  /**
   * What the sun and the wind would allow now, kW. A plant held at its limit does not show it; then
   * the forecast counts, if it is more, and the next reading tells.
   */
  private double availableGenerationKw() {
    boolean limited =
        inForce != null
            && (heldBack(reading.pvKw(), inForce.pvLimitKw(), ratings.pvKw())
                || heldBack(reading.windKw(), inForce.windLimitKw(), ratings.windKw()));
    double measured = reading.generationKw();
    return limited ? Math.max(measured, plan.expectedGenerationKw(state.interval())) : measured;
  }

  private static boolean heldBack(double powerKw, double limitKw, double ratingKw) {
    return limitKw < NEARLY * ratingKw && powerKw >= NEARLY * limitKw;
  }

  private double expectedWithinKw() {
    return Math.max(1, (1 - NEARLY) * (ratings.pvKw() + ratings.windKw()));
  }

  /** Reads the devices and says whether they still do what they did at the last reading. */
  boolean isSteady() {
    double before = reading == null ? Double.NaN : reading.netImportKw();
    measureWhatAnswers();
    return Math.abs(reading.netImportKw() - before) <= expectedWithinKw();
  }

  /** Reads the devices a last time for the record. */
  List<SiteReceipt> observe() {
    measureWhatAnswers();
    return List.of();
  }

  /**
   * Corrects if needed, else writes again what is in force, so that no device reverts meanwhile.
   */
  List<SiteReceipt> keepAlive() {
    List<SiteReceipt> corrections = check();
    return corrections.isEmpty() ? dispatch(inForce) : corrections;
  }

  /** How far the last reading is outside an envelope, kW, beyond the tolerance; 0 when inside. */
  double excessKw(OperatingEnvelope envelope) {
    double net = reading.netImportKw();
    double limit = net >= 0 ? envelope.importLimitKw() : envelope.exportLimitKw();
    double excess = Math.abs(net) - limit;
    return excess > Math.max(TOLERANCE_KW, TOLERANCE_FRACTION * limit) ? excess : 0;
  }

  /**
   * The certified envelope of the present interval, inside which the network is safe; the default
   * one where nothing is agreed.
   */
  OperatingEnvelope agreedEnvelope() {
    return plan.envelope(state.interval()).orElse(site.connectionPoint().defaultEnvelope());
  }

  /** Where the devices will be when this interval ends if they go on as last measured. */
  DeviceState foreseen(Duration rest) {
    double hours = rest.toSeconds() / 3600.0;
    double stored =
        site.battery()
            .map(
                battery ->
                    battery.energyAfterKwh(
                        battery.energyKwh() * reading.batterySocFraction(),
                        reading.batteryKw(),
                        hours))
            .orElse(0.0);
    DeviceState end = after(rest);
    return new DeviceState(0, stored, end.flexibleEnergyKwh(), end.vehicleEnergyKwh());
  }

  /** Generation now over what was expected of it, fraction; 1 where nothing was expected. */
  double measuredOverExpected() {
    if (plan.envelope(state.interval()).isEmpty()) {
      return 1;
    }
    double expected = plan.expectedGenerationKw(state.interval());
    return expected > 1 ? availableGenerationKw() / expected : 1;
  }

  boolean isAtDefault() {
    return atDefault;
  }

  /** Accounts for the energy of an interval that ends. */
  void end(Duration interval) {
    state = after(interval);
  }

  private DeviceState after(Duration interval) {
    double hours = interval.toSeconds() / 3600.0;
    double flexible = reading == null ? 0 : reading.flexibleKw();
    double vehicle = reading == null ? 0 : reading.vehicleKw();
    return new DeviceState(
        state.interval(),
        state.batteryEnergyKwh(),
        state.flexibleEnergyKwh() - hours * flexible,
        state.vehicleEnergyKwh() - hours * ElectricVehicle.CHARGING_EFFICIENCY * vehicle);
  }

  /** Leaves every device at its share of the default envelope. */
  List<SiteReceipt> leave() {
    atDefault = true;
    return write(Dispatcher.defaults(fallback(), ratings));
  }

  private List<SiteReceipt> fallBack(String reason) {
    if (!atDefault) {
      LOG.warn("{} goes to its default envelope: {}", site.id(), reason);
    }
    return leave();
  }

  /** The default envelope, cut to the certified one where that is smaller. */
  private OperatingEnvelope fallback() {
    return site.connectionPoint().defaultEnvelope().within(agreedEnvelope());
  }

  private List<SiteReceipt> dispatch(SiteSetpoints asked) {
    List<SiteReceipt> receipts = new ArrayList<>(write(asked));
    List<SiteReceipt> doubtful = receipts.stream().filter(r -> r.receipt().leavesDoubt()).toList();
    if (!doubtful.isEmpty() && !atDefault) {
      receipts.addAll(fallBack(doubtful.get(0).receipt().toString()));
    }
    return receipts;
  }

  private List<SiteReceipt> write(SiteSetpoints asked) {
    List<SiteCommand> commands = new ArrayList<>();
    List<Supplier<DispatchReceipt>> sendings = new ArrayList<>();
    for (SiteDevice device : devices) {
      DeviceId id = device.device().id();
      if (device.device() instanceof Inverter inverter) {
        double limit = Math.min(inverter.ratingKw(), limitKw(device.role(), asked));
        commands.add(new SiteCommand(device.role(), true, id, limit));
        sendings.add(() -> answered(device, limit, () -> inverter.limitActivePower(limit)));
      } else if (device.device() instanceof Battery battery) {
        double power =
            Math.max(
                -battery.chargeRatingKw(),
                Math.min(battery.dischargeRatingKw(), powerKw(device.role(), asked)));
        commands.add(new SiteCommand(device.role(), false, id, power));
        sendings.add(() -> answered(device, power, () -> battery.setActivePower(power)));
      }
    }
    intend(commands);
    inForce = asked;
    List<SiteReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      SiteCommand command = commands.get(i);
      receipts.add(new SiteReceipt(command.role(), command.limit(), sendings.get(i).get()));
    }
    return receipts;
  }

  /** Nothing is sent that is not on disk before, except what makes the site safe. */
  private void intend(List<SiteCommand> commands) {
    try {
      journal.intend(site.id(), commands);
    } catch (RunFolderException e) {
      if (!atDefault) {
        throw e;
      }
      LOG.error("{} goes to its default envelope without a record: {}", id(), e.getMessage());
    }
  }

  /** One device that fails must not keep the others from their setpoints. */
  private static DispatchReceipt answered(
      SiteDevice device, double askedKw, Supplier<DispatchReceipt> dispatch) {
    try {
      return dispatch.get();
    } catch (RuntimeException e) {
      LOG.error("{} failed on {} kW", device.device().id(), askedKw, e);
      return new DispatchReceipt.Unconfirmed(device.device().id(), askedKw, e.toString());
    }
  }

  private static double limitKw(Role role, SiteSetpoints asked) {
    return switch (role) {
      case PV -> asked.pvLimitKw();
      case WIND -> asked.windLimitKw();
      case MICRO_TURBINE -> asked.turbineLimitKw();
      case BATTERY, VEHICLE, FLEXIBLE_LOAD, METER ->
          throw new IllegalArgumentException(role + " is not a generator");
    };
  }

  private static double powerKw(Role role, SiteSetpoints asked) {
    return switch (role) {
      case BATTERY -> asked.batteryKw();
      case VEHICLE -> -asked.vehicleKw();
      case FLEXIBLE_LOAD -> -asked.flexibleKw();
      case PV, WIND, MICRO_TURBINE, METER ->
          throw new IllegalArgumentException(role + " takes no power setpoint");
    };
  }

  private void measure() {
    List<SiteMeasurement> read = new ArrayList<>();
    for (SiteDevice device : devices) {
      read.add(measured(device));
    }
    take(read);
  }

  /** A reading that can be reckoned with; throws DeviceLinkException if there is none. */
  private static SiteMeasurement measured(SiteDevice device) {
    Measurement measurement = device.device().measure();
    if (!Double.isFinite(measurement.activePowerKw() + measurement.reactivePowerKvar())
        || !Double.isFinite(measurement.socFraction().orElse(0))) {
      throw new DeviceLinkException("not a number: " + measurement);
    }
    return new SiteMeasurement(device.role(), measurement);
  }

  /**
   * Reads every device that answers; of one that does not, the last reading stands with its time.
   */
  private void measureWhatAnswers() {
    List<SiteMeasurement> read = new ArrayList<>();
    for (SiteDevice device : devices) {
      try {
        read.add(measured(device));
      } catch (DeviceLinkException e) {
        LOG.warn("{} does not answer: {}", device.device().id(), e.getMessage());
        measurements.stream()
            .filter(last -> last.measurement().device().equals(device.device().id()))
            .forEach(read::add);
      }
    }
    take(read);
  }

  private void take(List<SiteMeasurement> read) {
    measurements = List.copyOf(read);
    reading =
        new SiteReading(
            sum(Role.PV),
            sum(Role.WIND),
            sum(Role.MICRO_TURBINE),
            sum(Role.BATTERY),
            -sum(Role.VEHICLE),
            -sum(Role.FLEXIBLE_LOAD),
            -sum(Role.METER),
            soc());
  }

  private double sum(Role role) {
    return measurements.stream()
        .filter(m -> m.role() == role)
        .mapToDouble(m -> m.measurement().activePowerKw())
        .sum();
  }

  private double soc() {
    return measurements.stream()
        .filter(m -> m.role() == Role.BATTERY)
        .flatMapToDouble(m -> m.measurement().socFraction().stream())
        .average()
        .orElseGet(() -> site.battery().map(b -> b.socInitialFraction()).orElse(0.0));
  }

  double reactiveNetImportKvar() {
    return -measurements.stream().mapToDouble(m -> m.measurement().reactivePowerKvar()).sum();
  }
}
