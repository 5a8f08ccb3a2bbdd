package ndoe.devices.sunspec;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/** What the drivers share: a link, the models found behind it, and how a control is proven. */
final class SunSpecDevice implements AutoCloseable {
  static final int COMMON = 1;
  static final int INVERTER_THREE_PHASE = 103;
  static final int MEASUREMENT = 701;
  static final int CAPACITY = 702;
  static final int CONTROLS = 704;
  static final int STORAGE = 713;

  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;
  private static final int SINGLE_PHASE = 0;
  private static final double PHASE_TO_PHASE = Math.sqrt(3);

  /** A control in the making; a refusal before anything was written leaves the device unchanged. */
  interface Attempt {
    DispatchReceipt run() throws ModbusRefusedException;
  }

  private final DeviceId id;
  private final ModbusLink link;
  private final InstantSource clock;
  private SunSpecMap map = new SunSpecMap(0, List.of());
  private int mappedConnection;

  private SunSpecDevice(DeviceId id, ModbusLink link, InstantSource clock) {
    this.id = id;
    this.link = link;
    this.clock = clock;
  }

  /** Finds the models, the required ones among them, or says what is missing. */
  static SunSpecDevice connect(
      DeviceId id,
      ModbusAddress address,
      ModbusTimings timings,
      InstantSource clock,
      int... required) {
    SunSpecDevice device = new SunSpecDevice(id, new ModbusLink(address, timings), clock);
    try {
      device.refresh();
      for (int model : required) {
        device.require(model);
      }
      if (!device.has(INVERTER_THREE_PHASE)) {
        device.require(MEASUREMENT);
      }
      return device;
    } catch (DeviceLinkException e) {
      device.close();
      throw e;
    }
  }

  DeviceId id() {
    return id;
  }

  Instant now() {
    return clock.instant();
  }

  boolean has(int model) {
    return map.find(model).isPresent();
  }

  /** Reads a model whole, its scale factors included. */
  ModelImage read(int model) throws ModbusRefusedException {
    refresh();
    return SunSpecMap.read(link, require(model));
  }

  /** As {@link #read}, where a refusal is as bad as a broken link. */
  ModelImage readOrFail(int model) {
    try {
      return read(model);
    } catch (ModbusRefusedException e) {
      throw new DeviceLinkException(e.getMessage(), e);
    }
  }

  /** Writes the points from one to another in one request and reads the model back. */
  ModelImage writeAndReadBack(ModelImage image, String first, String last)
      throws ModbusRefusedException {
    int from = image.offset(first);
    ModelHeader header = require(image.id());
    link.write(header.address() + from, image.registers(from, image.end(last)));
    return readOrFail(image.id());
  }

  /** Turns every way a control can fail into a receipt. */
  DispatchReceipt dispatch(double askedKw, Attempt attempt) {
    try {
      return attempt.run();
    } catch (ModbusRefusedException e) {
      return e.refusal().leavesDeviceUnchanged()
          ? new DispatchReceipt.Rejected(id, askedKw, e.getMessage())
          : new DispatchReceipt.Unconfirmed(id, askedKw, e.getMessage());
    } catch (DeviceLinkException e) {
      return new DispatchReceipt.Unconfirmed(id, askedKw, e.getMessage());
    }
  }

  /** Rating or setting of model 702 in kW: the setting when implemented, else the rating. */
  static OptionalDouble ratedKw(ModelImage capacity, String setting, String rating) {
    OptionalDouble watts = capacity.value(setting);
    OptionalDouble either = watts.isPresent() ? watts : capacity.value(rating);
    return either.isPresent()
        ? OptionalDouble.of(either.getAsDouble() / WATTS_PER_KW)
        : OptionalDouble.empty();
  }

  /** What a rating may be off by, being coded in steps, kW. */
  static double ratingStepKw(ModelImage capacity) {
    return Scale.apply(1, capacity.scaleFactor("WMaxRtg").orElse(0)) / WATTS_PER_KW;
  }

  double requireRatedKw(ModelImage capacity, String setting, String rating) {
    return ratedKw(capacity, setting, rating)
        .orElseThrow(
            () ->
                new DeviceLinkException(
                    id + " at " + link.address() + " tells neither " + setting + " nor " + rating));
  }

  /** Power and voltage of model 701, or 103 where there is no 701; state of charge of 713. */
  Measurement measure(OptionalDouble nominalVolt) {
    boolean modern = has(MEASUREMENT);
    ModelImage ac = readOrFail(modern ? MEASUREMENT : INVERTER_THREE_PHASE);
    Instant at = now();
    OptionalDouble soc =
        has(STORAGE) ? fraction(readOrFail(STORAGE).value("SoC")) : OptionalDouble.empty();
    OptionalDouble watts = ac.value("W");
    if (watts.isEmpty()) {
      throw new DeviceLinkException(
          id + " at " + link.address() + " reports no active power (model " + ac.id() + " W)");
    }
    return new Measurement(
        id,
        at,
        watts.getAsDouble() / WATTS_PER_KW,
        ac.value(modern ? "Var" : "VAr").orElse(0) / WATTS_PER_KW,
        modern ? voltagePu701(ac, nominalVolt) : voltagePu103(ac, nominalVolt),
        soc);
  }

  /** Nominal volts of model 702: phase to phase, of a single-phase device phase to neutral. */
  OptionalDouble nominalVolt() {
    if (!has(CAPACITY)) {
      return OptionalDouble.empty();
    }
    ModelImage capacity = readOrFail(CAPACITY);
    OptionalDouble setting = capacity.value("VNom");
    return setting.isPresent() ? setting : capacity.value("VNomRtg");
  }

  /** Why a read-back reversion is not the one asked for, or empty. */
  static String reversionFault(
      ModelImage asked, ModelImage found, String enable, String seconds, String value) {
    if (found.raw(enable).orElse(0) != 1 || !found.raw(seconds).equals(asked.raw(seconds))) {
      return "the reversion timer is not armed as asked";
    }
    long off = found.raw(value).orElse(Long.MIN_VALUE) - asked.raw(value).orElse(0);
    return off < -1 || off > 0 ? "the reversion value reads back another" : "";
  }

  @Override
  public String toString() {
    return id + " at " + link.address();
  }

  @Override
  public void close() {
    link.close();
  }

  private void refresh() {
    int connection = link.connect();
    if (connection != mappedConnection) {
      map = SunSpecMap.discover(link);
      mappedConnection = connection;
    }
  }

  private ModelHeader require(int model) {
    return map.find(model)
        .orElseThrow(
            () ->
                new DeviceLinkException(
                    this
                        + " has no SunSpec model "
                        + model
                        + ", which is needed; it has "
                        + map.ids()));
  }

  private static OptionalDouble voltagePu701(ModelImage ac, OptionalDouble nominal) {
    boolean singlePhase = ac.raw("ACType").orElse(-1) == SINGLE_PHASE;
    OptionalDouble best = ac.value(singlePhase ? "LNV" : "LLV");
    OptionalDouble other = ac.value(singlePhase ? "LLV" : "LNV");
    if (best.isEmpty() && other.isPresent()) {
      double factor = singlePhase ? 1 / PHASE_TO_PHASE : PHASE_TO_PHASE;
      best = OptionalDouble.of(other.getAsDouble() * factor);
    }
    return perUnit(best, nominal);
  }

  private static OptionalDouble voltagePu103(ModelImage ac, OptionalDouble nominal) {
    DoubleStream phases =
        DoubleStream.of(
            ac.value("PhVphA").orElse(Double.NaN),
            ac.value("PhVphB").orElse(Double.NaN),
            ac.value("PhVphC").orElse(Double.NaN));
    double mean = phases.average().orElse(Double.NaN);
    return Double.isNaN(mean)
        ? OptionalDouble.empty()
        : perUnit(OptionalDouble.of(mean * PHASE_TO_PHASE), nominal);
  }

  private static OptionalDouble perUnit(OptionalDouble volt, OptionalDouble nominal) {
    boolean known = volt.isPresent() && nominal.isPresent() && nominal.getAsDouble() > 0;
    return known
        ? OptionalDouble.of(volt.getAsDouble() / nominal.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble fraction(OptionalDouble percent) {
    return percent.isPresent()
        ? OptionalDouble.of(percent.getAsDouble() / PERCENT)
        : OptionalDouble.empty();
  }
}
