package ndoe.devices.emulator;

import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;

/** Power and energy of a device as simulated time passes; kW, injection positive. */
final class PlantPower {
  private static final double SECONDS_PER_HOUR = 3600;

  private final Kind kind;
  private final Rating rating;
  private final EnergyStore store;
  private final GridSupport support;

  /** Limit in force of a generator, power asked of a storage. */
  private final Ramp control;

  private double availableKw = Double.POSITIVE_INFINITY;
  private boolean connected = true;
  private double demandKw;
  private double demandKvar;
  private double voltagePu = 1;
  private double injectedKwh;
  private double drawnKwh;

  PlantPower(Kind kind, Rating rating, GridSupport support) {
    this.kind = kind;
    this.rating = rating;
    this.support = support;
    double capacity = rating.energyKwh();
    this.store =
        new EnergyStore(
            capacity * rating.socMinFraction(),
            capacity * rating.socMaxFraction(),
            capacity * rating.socInitialFraction(),
            rating.efficiency());
    double largest = Math.max(rating.injectionKw(), rating.drawKw());
    this.control = new Ramp(uncontrolledKw(), rating.rampFractionPerSecond() * largest);
  }

  PlantSnapshot snapshot(double askedKw) {
    return new PlantSnapshot(
        askedKw,
        control.value(),
        control.target(),
        store.storedKwh(),
        injectedKwh,
        drawnKwh,
        availableKw,
        demandKw,
        demandKvar,
        voltagePu,
        support.valueKvar(),
        support.capKw(),
        connected);
  }

  void restore(PlantSnapshot from) {
    control.restore(from.controlKw(), from.controlTargetKw());
    store.restore(from.storedKwh());
    injectedKwh = from.injectedKwh();
    drawnKwh = from.drawnKwh();
    availableKw = from.availableKw();
    demandKw = from.demandKw();
    demandKvar = from.demandKvar();
    voltagePu = from.voltagePu();
    support.restore(from.supportKvar(), from.supportCapKw());
    connected = from.connected();
  }

  void setAvailableKw(double kw) {
    availableKw = kw;
  }

  void setConnected(boolean closed) {
    connected = closed;
  }

  boolean connected() {
    return connected;
  }

  void setDemandKw(double kw) {
    demandKw = kw;
  }

  void setDemandKvar(double kvar) {
    demandKvar = kvar;
  }

  void setVoltagePu(double pu) {
    voltagePu = pu;
  }

  double voltagePu() {
    return voltagePu;
  }

  double injectedKwh() {
    return injectedKwh;
  }

  double drawnKwh() {
    return drawnKwh;
  }

  double storedKwh() {
    return store.storedKwh();
  }

  double uncontrolledKw() {
    return kind == Kind.GENERATOR ? rating.injectionKw() : 0;
  }

  /** What the device makes of a power it is asked for. */
  double withinRating(double kw) {
    double low = kind == Kind.STORAGE ? 0 - rating.drawKw() : 0;
    return Math.min(Math.max(kw, low), rating.injectionKw());
  }

  /** Heads for a limit or setpoint within the rating. */
  void aim(double targetKw) {
    if (kind == Kind.GENERATOR && targetKw < control.value()) {
      control.jump(Math.max(targetKw, activeKw())); // a lower limit bites from the present power
    }
    control.aim(targetKw);
  }

  double activeKw() {
    return switch (kind) {
      case LOAD -> 0 - demandKw;
      case GENERATOR -> Math.min(control.value(), ceilingKw());
      case STORAGE -> store.blocks(control.value()) ? 0 : available(control.value());
    };
  }

  double reactiveKvar() {
    if (kind == Kind.LOAD) {
      return 0 - demandKvar;
    }
    return connected ? support.reactiveKvar(activeKw()) : 0;
  }

  private double ceilingKw() {
    return Math.min(floorKw(), support.capKw());
  }

  /** Largest draw, as a positive number. */
  private double floorKw() {
    return connected ? availableKw : 0;
  }

  private double available(double kw) {
    return Math.min(Math.max(kw, 0 - floorKw()), ceilingKw());
  }

  /** Lets power flow in pieces on which it is linear and keeps its sign. */
  void flow(double hours) {
    double left = hours;
    support.aim(voltagePu, activeKw());
    while (left > 0 && !(blocked() && support.settled())) {
      double seconds = Math.min(secondsToKink(), support.stepSeconds());
      double piece = Math.min(left, seconds / SECONDS_PER_HOUR);
      double before = activeKw();
      control.advance(piece * SECONDS_PER_HOUR);
      support.advance(piece * SECONDS_PER_HOUR);
      exchange((before + activeKw()) / 2 * piece);
      support.aim(voltagePu, activeKw());
      left -= piece;
    }
    if (blocked()) {
      control.jump(0);
    }
  }

  /** Whether a full or empty storage keeps its power at 0 for as long as the setpoint stands. */
  private boolean blocked() {
    return kind == Kind.STORAGE
        && store.blocks(control.target())
        && (control.value() == 0 || store.blocks(control.value()));
  }

  private double secondsToKink() {
    double kink = Math.min(control.secondsTo(control.target()), control.secondsTo(ceilingKw()));
    return kind == Kind.STORAGE
        ? Math.min(kink, Math.min(control.secondsTo(0), control.secondsTo(0 - floorKw())))
        : kink;
  }

  private void exchange(double askedKwh) {
    double kwh = kind == Kind.STORAGE ? store.exchange(askedKwh) : askedKwh;
    injectedKwh += Math.max(0, kwh);
    drawnKwh += Math.max(0, 0 - kwh);
  }
}
