package ndoe.devices.gridsimulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.gridsimulator.GridSimulatorSettings.Leave;
import ndoe.devices.gridsimulator.GridSimulatorSettings.OnlyMagnitude;
import ndoe.devices.gridsimulator.ScpiEmulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridSimulatorIT {
  private static final GridSimulatorSettings SETTINGS = settings(Leave.OFF);

  private ScpiEmulator emulator;

  private static GridSimulatorSettings settings(Leave leave) {
    return new GridSimulatorSettings(
        230, 50, 3, 16, 0.8, 1.2, 0.01, 10, leave, OnlyMagnitude.ABSORBED);
  }

  private GridSimulator connect(String profile, GridSimulatorSettings settings) {
    emulator =
        ScpiEmulator.start(
            ScpiProfileFile.find(profile), 230, HardwareModel.constantPower(3, -4), Duration.ZERO);
    return again(profile, settings);
  }

  private GridSimulator again(String profile, GridSimulatorSettings settings) {
    return GridSimulator.connect(
        new ScpiLink(emulator.address(), Duration.ofMillis(300)),
        ScpiProfileFile.find(profile),
        settings);
  }

  @AfterEach
  void end() {
    emulator.close();
  }

  private int firstOf(String start) {
    List<String> lines = emulator.received();
    for (int n = 0; n < lines.size(); n++) {
      if (lines.get(n).startsWith(start)) {
        return n;
      }
    }
    return Integer.MAX_VALUE;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ametek-mx", "itech-it7900", "pacific"})
  void startsMovesMeasuresAndEndsWithItsOutputOff(String profile) {
    try (GridSimulator simulator = connect(profile, SETTINGS)) {
      simulator.start();
      assertTrue(emulator.isOutputOn());
      simulator.setVoltagePu(1.05);
      assertEquals(241.5, emulator.setVolts(), 0.06);
      GridSimulatorReading reading = simulator.read();
      assertEquals(241.5, reading.meanVolts(), 0.1);
      assertEquals(50, reading.hertz().orElseThrow(), 0.01);
      if (!profile.equals("pacific")) {
        assertEquals(3, reading.activePowerKw().orElseThrow(), 0.001);
        assertEquals(-4, reading.reactivePowerKvar().orElseThrow(), 0.001);
      }
    }
    assertFalse(emulator.isOutputOn());
  }

  @Test
  void aProfileThatCannotMeasureDoesNotTurnTheOutputOn() {
    try (GridSimulator simulator = connect("chroma-61800", SETTINGS)) {
      assertFalse(simulator.found().outputOn());
      assertThrows(UnsupportedScpiException.class, simulator::start);
    }
    assertEquals(Integer.MAX_VALUE, firstOf("output:" + "relay on"));
  }

  @Test
  void setsLimitsAfterReadingTheStateAndBeforeTurningOn() {
    try (GridSimulator simulator = connect("pacific", SETTINGS)) {
      assertEquals(List.of("*IDN?", "SYSTem:ERRor?", ":OUTP?"), emulator.received(), "reads only");
      simulator.start();
      int on = firstOf(":OUTput ON");
      assertTrue(firstOf(":SOUR:volt:lim:max 276") < on);
      assertTrue(firstOf(":SOUR:volt:lim:min 184") < on);
      assertTrue(firstOf(":SOURce:curr:lim 16.00") < on);
      assertTrue(on < Integer.MAX_VALUE);
    }
  }

  @Test
  void movesInStepsOfAtMostOnePercent() {
    try (GridSimulator simulator = connect("ametek-mx", SETTINGS)) {
      simulator.start();
      simulator.setVoltagePu(0.9);
      double last = 230;
      int steps = 0;
      for (String line : emulator.received()) {
        if (line.startsWith("inst:coup all;:volt:ac ")) {
          double volts = Double.parseDouble(line.substring(line.lastIndexOf(' ')));
          assertTrue(Math.abs(volts - last) <= 2.41, last + " to " + volts);
          last = volts;
          steps++;
        }
      }
      assertEquals(207, last, 0.06);
      assertEquals(11, steps, "one at the start, ten of 1 %");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.79, 1.21, Double.NaN})
  void refusesVoltagesOutsideItsBoundsWithoutSendingAnything(double pu) {
    try (GridSimulator simulator = connect("ametek-mx", SETTINGS)) {
      simulator.start();
      int before = emulator.received().size();
      assertThrows(IllegalArgumentException.class, () -> simulator.setVoltagePu(pu));
      assertEquals(before, emulator.received().size());
    }
  }

  @Test
  void refusesAnInstrumentOfAnotherVendor() {
    connect("ametek-mx", SETTINGS).close();
    int before = emulator.received().size();
    String message =
        assertThrows(DeviceLinkException.class, () -> again("pacific", SETTINGS)).getMessage();
    assertTrue(message.contains("profile pacific"), message);
    assertEquals(List.of("*IDN?"), emulator.received().subList(before, before + 1));
    assertEquals(before + 1, emulator.received().size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SILENT", "LATE", "REFUSING", "WRONG_ANSWER", "DROPPING", "ENDLESS_ANSWER"})
  void afterAnyFaultTheOutputIsTurnedOff(Fault fault) {
    try (GridSimulator simulator = connect("ametek-mx", SETTINGS)) {
      simulator.start();
      emulator.setFault(fault);
      assertThrows(DeviceLinkException.class, () -> simulator.setVoltagePu(1.02));
      emulator.setFault(Fault.NONE);
    }
    assertFalse(emulator.isOutputOn());
  }

  @Test
  void anOutputThatCannotBeTurnedOffNamesTheHardWiredStop() {
    GridSimulator simulator = connect("ametek-mx", SETTINGS);
    simulator.start();
    emulator.setFault(Fault.SILENT);
    String message = assertThrows(DeviceLinkException.class, simulator::close).getMessage();
    assertTrue(message.contains("hard-wired stop"), message);
  }

  @Test
  void anOutputWhoseVoltageIsNotThereAtTheStartIsTurnedOff() {
    try (GridSimulator simulator = connect("ametek-mx", SETTINGS)) {
      emulator.setOutputFactor(0.9);
      assertThrows(DeviceLinkException.class, simulator::start);
      assertFalse(emulator.isOutputOn());
    }
  }

  @Test
  void leavesNominalVoltageWhereToldTo() {
    try (GridSimulator simulator = connect("ametek-mx", settings(Leave.NOMINAL))) {
      simulator.start();
      simulator.setVoltagePu(1.03);
    }
    assertTrue(emulator.isOutputOn());
    assertEquals(230, emulator.setVolts(), 0.06);
  }

  @Test
  void anInstrumentThatWasOnlyReadIsLeftAsItWas() {
    connect("ametek-mx", SETTINGS).close();
    assertEquals(Integer.MAX_VALUE, firstOf("abort"));
  }

  @Test
  void takesOverAnOutputThatIsOnStepByStep() {
    GridSimulator before = connect("ametek-mx", settings(Leave.NOMINAL));
    before.start();
    before.close();
    try (ScpiLink link = new ScpiLink(emulator.address(), Duration.ofMillis(300))) {
      link.tell("inst:coup all;:volt:ac 240.0");
      link.ask("SYSTem:ERRor?");
    }
    try (GridSimulator simulator = again("ametek-mx", SETTINGS)) {
      assertTrue(simulator.found().outputOn());
      assertEquals(240, simulator.found().setVolts().orElseThrow(), 0.01);
      int from = emulator.received().size();
      simulator.start();
      long sets =
          emulator.received().subList(from, emulator.received().size()).stream()
              .filter(line -> line.startsWith("inst:coup all;:volt:ac "))
              .count();
      assertEquals(5, sets);
    }
  }

  @Test
  void errorsFromBeforeAreReadAndDoNotCountAsRefusals() {
    connect("ametek-mx", SETTINGS).close();
    try (ScpiLink link = new ScpiLink(emulator.address(), Duration.ofMillis(300))) {
      link.tell("nonsense");
      link.ask("outp?");
    }
    try (GridSimulator simulator = again("ametek-mx", SETTINGS)) {
      simulator.start();
      assertTrue(emulator.isOutputOn());
    }
  }
}
