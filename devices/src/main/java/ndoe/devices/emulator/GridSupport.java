package ndoe.devices.emulator;

/** Volt-var and volt-watt of a device: where they head for and how far they are. */
final class GridSupport {
  /** Reactive over apparent rating; what IEEE 1547-2018 asks at least of category B. */
  static final double REACTIVE_SHARE = 0.44;

  private static final double PERCENT = 100;

  /** A curve and whether it acts. */
  record Function(VoltageCurve curve, boolean enabled) {}

  private final double injectionKw;
  private final double apparentKva;
  private final FirstOrderLag kvar;
  private final FirstOrderLag capKw;
  private Function voltVar;
  private Function voltWatt;

  GridSupport(GridSupportSpec spec, double injectionKw) {
    this.injectionKw = injectionKw;
    this.apparentKva = spec.apparentKva();
    this.kvar = new FirstOrderLag(0, apparentKva);
    this.capKw = new FirstOrderLag(injectionKw, apparentKva);
    this.voltVar = new Function(VoltageCurve.voltVar(), spec.voltVar());
    this.voltWatt = new Function(VoltageCurve.voltWatt(), spec.voltWatt());
  }

  Function voltVar() {
    return voltVar;
  }

  Function voltWatt() {
    return voltWatt;
  }

  void setVoltVar(Function function) {
    voltVar = function;
  }

  void setVoltWatt(Function function) {
    voltWatt = function;
  }

  double valueKvar() {
    return kvar.value();
  }

  void restore(double newKvar, double newCapKw) {
    kvar.restore(newKvar);
    capKw.restore(newCapKw);
  }

  double apparentKva() {
    return apparentKva;
  }

  double reactiveRatingKvar() {
    return REACTIVE_SHARE * apparentKva;
  }

  /** What the voltage leaves of the injection rating, kW. */
  double capKw() {
    return capKw.value();
  }

  /** Injection positive; active power has priority. */
  double reactiveKvar(double activeKw) {
    double most = availableKvar(activeKw);
    return Math.min(Math.max(kvar.value(), 0 - most), most);
  }

  void aim(double voltagePu, double activeKw) {
    double percent = voltVar.enabled() ? voltVar.curve().percentAt(voltagePu) : 0;
    kvar.aim(
        percent / PERCENT * referenceKvar(voltVar.curve().reference(), activeKw),
        voltVar.curve().timeConstantSeconds());
    double left = voltWatt.enabled() ? voltWatt.curve().percentAt(voltagePu) : PERCENT;
    capKw.aim(Math.max(0, left) / PERCENT * injectionKw, voltWatt.curve().timeConstantSeconds());
  }

  boolean settled() {
    return kvar.settled() && capKw.settled();
  }

  double stepSeconds() {
    return Math.min(kvar.stepSeconds(), capKw.stepSeconds());
  }

  void advance(double seconds) {
    kvar.advance(seconds);
    capKw.advance(seconds);
  }

  private double referenceKvar(VoltageCurve.Reference reference, double activeKw) {
    return switch (reference) {
      case ACTIVE_RATING -> injectionKw;
      case REACTIVE_RATING -> reactiveRatingKvar();
      case REACTIVE_AVAILABLE -> availableKvar(activeKw);
      case APPARENT_RATING -> apparentKva;
    };
  }

  private double availableKvar(double activeKw) {
    double left = apparentKva * apparentKva - activeKw * activeKw;
    return Math.min(reactiveRatingKvar(), Math.sqrt(Math.max(0, left)));
  }
}
