package ndoe.devices.gridsimulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.gridsimulator.GridSimulatorSettings.Leave;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A voltage amplifier that plays the grid for hardware. Nothing is set before its state was read,
 * and its limits are set before its output is turned on; what is set is read back. One caller at a
 * time, others wait.
 */
public final class GridSimulator implements PowerAmplifier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GridSimulator.class);

  /** Accepted difference of measured from set voltage, per unit. */
  private static final double VOLTAGE_TOLERANCE_PU = 0.02;

  private static final double ROUNDING_PU = 1e-9;

  private final ScpiLink link;
  private final ScpiProfile profile;
  private final GridSimulatorSettings settings;
  private final ScpiConversation conversation;
  private final ConfirmedSettings confirmed;
  private final OutputMeter meter;
  private int knownConnection;
  private GridSimulatorState found;
  private boolean outputOn;
  private double setVolts;
  private boolean touched;

  private GridSimulator(ScpiLink link, ScpiProfile profile, GridSimulatorSettings settings) {
    this.link = link;
    this.profile = profile;
    this.settings = settings;
    this.conversation = new ScpiConversation(link, profile);
    this.confirmed = new ConfirmedSettings(link, profile, settings, conversation);
    this.meter = new OutputMeter(conversation, profile, settings);
  }

  /**
   * Connects, checks what the instrument is and reads its state; sets nothing.
   *
   * @throws DeviceLinkException if it does not answer or is not what the profile is for
   * @throws UnsupportedScpiException if the profile lacks what even reading needs
   */
  public static GridSimulator connect(
      ScpiLink link, ScpiProfile profile, GridSimulatorSettings settings) {
    if (!profile.verified()) {
      LOG.warn(
          "profile {} is not verified: check its commands against the instrument's manual",
          profile.name());
    }
    GridSimulator simulator = new GridSimulator(link, profile, settings);
    try {
      simulator.readState();
      return simulator;
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** What it was set to when its state was last read. */
  public synchronized GridSimulatorState found() {
    return found;
  }

  /**
   * Sets limits, frequency and nominal voltage, then turns the output on and checks it by
   * measurement. An output that is on already is brought to nominal step by step.
   *
   * @throws DeviceLinkException if anything is not confirmed; the output is then turned off
   */
  public synchronized void start() {
    profile.require(ScpiOperation.LIMIT_CURRENT);
    profile.require(ScpiOperation.SET_VOLTAGE);
    profile.require(ScpiOperation.OUTPUT_ON);
    profile.require(ScpiOperation.MEASURE_VOLTAGE);
    try {
      knowState();
      if (outputOn) {
        requireInBounds(setVolts / settings.nominalVolts(), "the output is on at");
      }
      touched = true;
      confirmed.setLimits();
      confirmed.setFrequency();
      if (outputOn) {
        moveTo(settings.nominalVolts());
      } else {
        setVolts(settings.nominalVolts());
        confirmed.turn(true);
        outputOn = true;
      }
      requireVoltage();
    } catch (RuntimeException e) {
      offAfter(e);
      throw e;
    }
  }

  @Override
  public synchronized void setVoltagePu(double voltagePu) {
    requireInBounds(voltagePu, "asked was");
    knowState();
    if (!outputOn) {
      throw new DeviceLinkException(link.address() + ": the output is off; it was not set");
    }
    moveTo(voltagePu * settings.nominalVolts());
  }

  /** Everything it measures as far as the profile has commands. */
  public synchronized GridSimulatorReading read() {
    return meter.read();
  }

  @Override
  public synchronized Sample measure() {
    profile.require(ScpiOperation.MEASURE_VOLTAGE);
    profile.require(ScpiOperation.MEASURE_POWER);
    return meter.sample();
  }

  /**
   * Turns the output off. A lost connection is made anew once, for turning off twice does no harm.
   *
   * @throws DeviceLinkException if it is not confirmed: then only the hard-wired stop is left
   */
  public synchronized void off() {
    try {
      turnOff();
    } catch (DeviceLinkException first) {
      link.close();
      try {
        turnOff();
      } catch (DeviceLinkException second) {
        second.addSuppressed(first);
        throw new DeviceLinkException(
            link.address()
                + ": the output could not be turned off, use the hard-wired stop: "
                + second.getMessage(),
            second);
      }
    }
  }

  @Override
  public synchronized void makeSafe() {
    if (settings.leave() == Leave.NOMINAL && outputOn) {
      try {
        knowState();
        moveTo(settings.nominalVolts());
        return;
      } catch (RuntimeException e) {
        LOG.warn("{} is not known to be at nominal, turning it off: {}", link.address(), e);
      }
    }
    off();
  }

  /** Leaves the output as configured, if it was ever set, and closes the link. */
  @Override
  public synchronized void close() {
    try {
      if (touched) {
        makeSafe();
      }
    } finally {
      touched = false;
      link.close();
    }
  }

  private void turnOff() {
    touched = true;
    confirmed.turn(false);
    outputOn = false;
    touched = false;
  }

  private void offAfter(RuntimeException failure) {
    if (touched) {
      try {
        off();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
        LOG.error("{}", e.getMessage());
      }
    }
  }

  /** Reads the state again if the instrument may be another or may have restarted. */
  private void knowState() {
    if (!link.isConnected() || link.connections() != knownConnection) {
      readState();
    }
  }

  private void readState() {
    String identification = conversation.identify();
    int connection = link.connections();
    List<String> errors = conversation.oldErrors();
    if (!errors.isEmpty()) {
      LOG.warn("{} had errors before: {}", link.address(), errors);
    }
    profile.require(ScpiOperation.READ_OUTPUT);
    outputOn = conversation.outputOn();
    found =
        new GridSimulatorState(
            identification,
            outputOn,
            conversation.numberIfKnown(ScpiOperation.READ_VOLTAGE),
            conversation.numberIfKnown(ScpiOperation.READ_VOLTAGE_LIMIT_HIGH),
            conversation.numberIfKnown(ScpiOperation.READ_CURRENT_LIMIT),
            conversation.numberIfKnown(ScpiOperation.READ_FREQUENCY));
    setVolts = found.setVolts().orElseGet(this::voltsIfOn);
    if (link.connections() != connection) {
      throw new DeviceLinkException(link.address() + ": the connection was lost meanwhile");
    }
    knownConnection = connection;
  }

  /** Without a command to read the set voltage, what is measured while the output is on. */
  private double voltsIfOn() {
    return outputOn && profile.has(ScpiOperation.MEASURE_VOLTAGE)
        ? meter.meanVolts()
        : settings.nominalVolts();
  }

  private void moveTo(double volts) {
    double step = settings.stepPu() * settings.nominalVolts();
    while (Math.abs(volts - setVolts) > ROUNDING_PU * settings.nominalVolts()) {
      double next = setVolts + Math.max(-step, Math.min(step, volts - setVolts));
      double share = Math.abs(next - setVolts) / settings.nominalVolts();
      setVolts(next);
      pause(share / settings.slewPuPerSecond());
    }
  }

  private void setVolts(double volts) {
    confirmed.setVolts(volts);
    setVolts = volts;
  }

  private void requireVoltage() {
    double measured = meter.meanVolts();
    if (!(Math.abs(measured - setVolts) <= VOLTAGE_TOLERANCE_PU * settings.nominalVolts())) {
      throw new DeviceLinkException(
          "%s: %.1f V are set and %.1f V measured".formatted(link.address(), setVolts, measured));
    }
  }

  private void requireInBounds(double voltagePu, String what) {
    if (!(voltagePu >= settings.lowestPu() && voltagePu <= settings.highestPu())) {
      throw new IllegalArgumentException(
          "%s: %s %.4f pu of %.1f V; allowed is %s to %s pu"
              .formatted(
                  link.address(),
                  what,
                  voltagePu,
                  settings.nominalVolts(),
                  settings.lowestPu(),
                  settings.highestPu()));
    }
  }

  private void pause(double seconds) {
    try {
      TimeUnit.NANOSECONDS.sleep(Duration.ofNanos((long) (seconds * 1e9)).toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException(link.address() + ": interrupted between two steps", e);
    }
  }
}
