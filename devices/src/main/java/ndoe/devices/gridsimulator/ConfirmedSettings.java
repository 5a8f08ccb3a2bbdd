package ndoe.devices.gridsimulator;

import ndoe.devices.DeviceLinkException;

/** Sets what a grid simulator is to give and reads every setting back that can be read. */
final class ConfirmedSettings {
  /** Accepted difference of a value that was set from what is read back, share of it. */
  private static final double READ_BACK_FRACTION = 1e-3;

  private final ScpiLink link;
  private final ScpiProfile profile;
  private final GridSimulatorSettings settings;
  private final ScpiConversation conversation;

  ConfirmedSettings(
      ScpiLink link,
      ScpiProfile profile,
      GridSimulatorSettings settings,
      ScpiConversation conversation) {
    this.link = link;
    this.profile = profile;
    this.settings = settings;
    this.conversation = conversation;
  }

  void setLimits() {
    limit(ScpiOperation.LIMIT_VOLTAGE_HIGH, settings.highestPu() * settings.nominalVolts());
    limit(ScpiOperation.LIMIT_VOLTAGE_LOW, settings.lowestPu() * settings.nominalVolts());
    limit(ScpiOperation.LIMIT_CURRENT, settings.mostAmperes());
    confirm(ScpiOperation.LIMIT_CURRENT, ScpiOperation.READ_CURRENT_LIMIT, settings.mostAmperes());
    limit(ScpiOperation.SET_VOLTAGE_SLEW, settings.slewPuPerSecond() * settings.nominalVolts());
  }

  private void limit(ScpiOperation operation, double value) {
    if (profile.has(operation)) {
      conversation.tell(operation, 1, value);
    }
  }

  void setFrequency() {
    if (profile.has(ScpiOperation.SET_FREQUENCY)) {
      conversation.tell(ScpiOperation.SET_FREQUENCY, 1, settings.nominalHertz());
      confirm(ScpiOperation.SET_FREQUENCY, ScpiOperation.READ_FREQUENCY, settings.nominalHertz());
    }
  }

  void setVolts(double volts) {
    conversation.tell(ScpiOperation.SET_VOLTAGE, 1, volts);
    confirm(ScpiOperation.SET_VOLTAGE, ScpiOperation.READ_VOLTAGE, volts);
  }

  void turn(boolean on) {
    conversation.tell(on ? ScpiOperation.OUTPUT_ON : ScpiOperation.OUTPUT_OFF);
    if (conversation.outputOn() != on) {
      link.close();
      throw new DeviceLinkException(
          "%s: the output was turned %s and says it is not"
              .formatted(link.address(), on ? "on" : "off"));
    }
  }

  private void confirm(ScpiOperation set, ScpiOperation read, double value) {
    if (!profile.has(read)) {
      return;
    }
    double tolerance = profile.require(set).resolution() + READ_BACK_FRACTION * value;
    int phases = profile.require(read).perPhase() ? settings.phases() : 1;
    for (int phase = 1; phase <= phases; phase++) {
      double back = conversation.number(read, phase);
      if (Math.abs(back - value) > tolerance) {
        link.close();
        throw new DeviceLinkException(
            "%s: %s %.3f reads back as %.3f".formatted(link.address(), set, value, back));
      }
    }
  }
}
