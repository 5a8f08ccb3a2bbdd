package ndoe.devices.sunspec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.PriorControl;
import ndoe.devices.modbus.ModbusRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a power to a device and proves that it got there: reads what limits, whom the device obeys
 * and what it was told last, writes, and reads back.
 */
final class PowerDispatch {
  private static final Logger LOG = LoggerFactory.getLogger(PowerDispatch.class);

  private final SunSpecDevice device;
  private final SunSpecLink link;
  private final PowerControl control;
  private final Function<DeviceRatings, PowerRange> allowed;
  private final Reversion reversion;
  private final DeviceRatings ratedAtFirst;
  private final ControlMemory memory;

  /**
   * Reads the control as it is, writing nothing.
   *
   * @param control one that the device has
   * @param allowed which powers the device takes, given its ratings at the time
   * @param ratings now
   * @throws DeviceLinkException when the reversion is out of range
   */
  PowerDispatch(
      SunSpecDevice device,
      PowerControl control,
      Function<DeviceRatings, PowerRange> allowed,
      DeviceRatings ratings,
      Reversion reversion) {
    this.device = device;
    this.link = device.link();
    this.control = control;
    this.allowed = allowed;
    this.reversion = reversion;
    this.ratedAtFirst = ratings;
    PowerRange range = allowed.apply(ratedAtFirst);
    if (!range.holds(reversion.powerKw())) {
      throw new DeviceLinkException(
          "%s: reversion power must be %s, not %s".formatted(device, range, reversion.powerKw()));
    }
    this.memory = new ControlMemory(control, link.readOrFail(control.model()));
    if (!control.revertsToValue()) {
      LOG.warn(
          "{}: model {} has no power to fall back to; {} s after the last command the device does"
              + " as it likes unless it has a setting of its own",
          device,
          control.model(),
          reversion.after().toSeconds());
    }
  }

  /** The first control that a device has with all its points, or throws naming what is missing. */
  static PowerControl choose(SunSpecDevice device, PowerControl... candidates) {
    List<String> missing = new ArrayList<>();
    for (PowerControl candidate : candidates) {
      if (device.link().has(candidate.model())) {
        Optional<String> lacks = candidate.lacks(device.link().readOrFail(candidate.model()));
        if (lacks.isEmpty()) {
          return candidate;
        }
        missing.add("%s of model %d".formatted(lacks.get(), candidate.model()));
      }
    }
    throw new DeviceLinkException(
        device + " cannot be controlled: it has no " + String.join(" and no ", missing));
  }

  boolean revertsToValue() {
    return control.revertsToValue();
  }

  /** Writes a power; every way in which this can fail is a receipt. */
  DispatchReceipt dispatch(double kw) {
    try {
      return attempt(kw);
    } catch (ModbusRefusedException e) {
      return e.refusal().leavesDeviceUnchanged()
          ? new DispatchReceipt.Rejected(device.id(), kw, e.getMessage())
          : new DispatchReceipt.Unconfirmed(device.id(), kw, e.getMessage());
    } catch (DeviceLinkException e) {
      return new DispatchReceipt.Unconfirmed(device.id(), kw, e.getMessage());
    }
  }

  Optional<PriorControl> prior() {
    ModelImage noted = memory.prior();
    return control.lacks(noted).isPresent()
        ? Optional.empty()
        : Optional.of(
            new PriorControl(
                control.enabled(noted), control.kw(noted, ratedAtFirst), control.reverts(noted)));
  }

  /** Puts the noted registers back; true when they read back. */
  boolean restorePrior() {
    try {
      ModelImage found = link.read(control.model());
      ModelImage noted = memory.prior();
      if (!memory.written() && memory.same(found, noted)) {
        return true;
      }
      if (!memory.written()
          || memory.foreign(found, link.connection())
          || device.heartbeat().local()) {
        LOG.warn("{}: what was found at first is not put back: somebody else controls it", device);
        return false;
      }
      memory.writing(found, noted);
      for (PowerControl.Block block : blocksTo(noted)) {
        int from = noted.offset(block.first());
        link.write(noted.id(), from, noted.registers(from, noted.end(block.last())));
      }
      ModelImage readBack = link.read(control.model());
      memory.confirmed(readBack, link.connection());
      device.heartbeat().controls(false);
      return memory.same(readBack, noted);
    } catch (ModbusRefusedException | DeviceLinkException e) {
      LOG.warn("{}: what was found at first is not put back: {}", device, e.getMessage());
      return false;
    }
  }

  /** Switched off before its values change, switched on after. */
  private List<PowerControl.Block> blocksTo(ModelImage wanted) {
    List<PowerControl.Block> blocks = new ArrayList<>(control.blocks());
    if (!control.enabled(wanted)) {
      Collections.reverse(blocks);
    }
    return blocks;
  }

  private DispatchReceipt attempt(double kw) throws ModbusRefusedException {
    DeviceRatings ratings = DeviceRatings.read(link, device.quirks().percentBase());
    PowerRange range = allowed.apply(ratings);
    if (!range.holds(kw)) {
      return rejected(kw, "power must be %s, not %s".formatted(range, kw));
    }
    if (device.heartbeat().local()) {
      return rejected(kw, device + " is under local control");
    }
    ModelImage present = link.read(control.model());
    if (memory.foreign(present, link.connection())) {
      return rejected(
          kw,
          "another controller writes to %s: it has been told %s kW, but not from here"
              .formatted(device, control.kw(present, ratings)));
    }
    List<CodedControl> coded = new ArrayList<>();
    ModelImage asked = present;
    Reversion within = new Reversion(reversion.after(), range.nearest(reversion.powerKw()));
    for (ControlRequest request : control.requests(range.nearest(kw), within, present, ratings)) {
      CodedControl one = CodedControl.of(request, asked);
      if (one.problem().isPresent()) {
        return rejected(kw, device + ": " + one.problem().get());
      }
      coded.add(one);
      asked = one.asked();
    }
    memory.writing(present, asked);
    return write(kw, coded, ratings);
  }

  private DispatchReceipt write(double kw, List<CodedControl> coded, DeviceRatings ratings) {
    for (CodedControl one : coded) {
      Optional<ControlOutcome> failure = SunSpecControl.send(link, one);
      if (failure.isPresent()) {
        return receipt(kw, failure.get(), one != coded.get(0));
      }
    }
    ModelImage found;
    try {
      found = link.read(control.model());
    } catch (ModbusRefusedException | DeviceLinkException e) {
      return receipt(kw, SunSpecControl.unread(link, e), true);
    }
    memory.readBack(found);
    for (CodedControl one : coded) {
      if (SunSpecControl.outcome(link, one, found) instanceof ControlOutcome.Unconfirmed doubt) {
        return receipt(kw, doubt, true);
      }
    }
    memory.confirmed(found, link.connection());
    device.heartbeat().controls(true);
    return new DispatchReceipt.Applied(device.id(), kw, control.kw(found, ratings), device.now());
  }

  private DispatchReceipt receipt(double kw, ControlOutcome failure, boolean somethingWritten) {
    if (failure instanceof ControlOutcome.Refused refused && !somethingWritten) {
      return rejected(kw, device.id() + " at " + refused.reason());
    }
    String reason =
        failure instanceof ControlOutcome.Unconfirmed doubt
            ? doubt.reason()
            : ((ControlOutcome.Refused) failure).reason();
    return new DispatchReceipt.Unconfirmed(device.id(), kw, device.id() + " at " + reason);
  }

  private DispatchReceipt rejected(double kw, String reason) {
    return new DispatchReceipt.Rejected(device.id(), kw, reason);
  }
}
