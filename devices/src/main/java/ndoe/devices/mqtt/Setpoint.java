package ndoe.devices.mqtt;

import java.util.OptionalDouble;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.mqtt.ControlCommand.Ask;

/** One setpoint on its way through a gateway, from kW to a receipt. */
final class Setpoint {
  private static final double ROUNDING = 1e-9;
  private static final double QUANTISATION_FRACTION = 0.01;

  private final GatewaySession session;
  private final double askedKw;
  private final double lowKw;
  private final double highKw;

  Setpoint(GatewaySession session, double askedKw, double lowKw, double highKw) {
    this.session = session;
    this.askedKw = askedKw;
    this.lowKw = lowKw;
    this.highKw = highKw;
  }

  /** Asks for a limit; a higher one read back is not confirmed. */
  DispatchReceipt asLimit() {
    return dispatch(true);
  }

  DispatchReceipt asPower() {
    return dispatch(false);
  }

  private DispatchReceipt dispatch(boolean limit) {
    if (!(askedKw >= lowKw && askedKw <= highKw)) {
      return new DispatchReceipt.Rejected(
          session.device(), askedKw, "outside " + lowKw + " to " + highKw + " kW");
    }
    Ask watts = new Ask.Watts(wattsNotAbove(askedKw));
    try {
      ControlAck ack =
          limit
              ? session.command(watts, new Ask.Unchanged())
              : session.command(new Ask.Unchanged(), watts);
      return receipt(ack, limit ? ack.generationLimitW() : ack.powerW(), limit);
    } catch (DeviceLinkException e) {
      return unconfirmed(e.getMessage());
    }
  }

  private DispatchReceipt receipt(ControlAck ack, OptionalDouble readBackW, boolean limit) {
    return switch (ack.status()) {
      case REJECTED ->
          new DispatchReceipt.Rejected(
              session.device(), askedKw, ack.reason().orElse("no reason given"));
      case PARTIAL, FAILED ->
          unconfirmed(Payload.nameOf(ack.status()) + ": " + ack.reason().orElse("no reason given"));
      case APPLIED ->
          readBackW.isPresent()
              ? readBack(ack, readBackW.getAsDouble() / 1000, limit)
              : unconfirmed("acknowledged, but nothing read back");
    };
  }

  private DispatchReceipt readBack(ControlAck ack, double kw, boolean limit) {
    double span = highKw - lowKw;
    double above = (limit ? ROUNDING : QUANTISATION_FRACTION) * span;
    if (!(kw <= askedKw + above && kw >= askedKw - QUANTISATION_FRACTION * span)) {
      return unconfirmed("the device holds " + kw + " kW instead");
    }
    return new DispatchReceipt.Applied(
        session.device(),
        askedKw,
        limit ? Math.min(kw, askedKw) : kw,
        ack.verifiedAt().orElse(ack.answeredAt()));
  }

  private DispatchReceipt unconfirmed(String reason) {
    return new DispatchReceipt.Unconfirmed(session.device(), askedKw, reason);
  }

  /** W that never come out above the kW asked. */
  private static double wattsNotAbove(double kw) {
    double watts = kw * 1000;
    return watts / 1000 > kw ? Math.nextDown(watts) : watts;
  }
}
