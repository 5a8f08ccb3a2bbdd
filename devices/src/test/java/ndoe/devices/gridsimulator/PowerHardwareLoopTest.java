package ndoe.devices.gridsimulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.gridsimulator.LoopStep.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerHardwareLoopTest {
  private static final double RATING_KW = 100;
  private static final LoopSettings SETTINGS =
      LoopSettings.usual(RATING_KW, 20, Duration.ofSeconds(2));

  private final IdealAmplifier amplifier = new IdealAmplifier();
  private long nowNanos;

  /** Gives what it is told at once; hardware of 5 kW stands for 100 kW. */
  private final class IdealAmplifier implements PowerAmplifier {
    private HardwareModel hardware = HardwareModel.constantPower(5, 0);
    private final List<Double> set = new ArrayList<>();
    private double voltagePu = 1;
    private double factor = 1;
    private Duration age = Duration.ZERO;
    private boolean dead;
    private int madeSafe;
    private int measured;

    @Override
    public void setVoltagePu(double pu) {
      if (dead) {
        throw new DeviceLinkException("no answer");
      }
      set.add(pu);
      voltagePu = pu;
    }

    @Override
    public Sample measure() {
      measured++;
      return new Sample(
          nowNanos - age.toNanos(), factor * voltagePu, hardware.at(factor * voltagePu));
    }

    @Override
    public void makeSafe() {
      madeSafe++;
      voltagePu = 1;
    }
  }

  /** A source behind R = X, per unit of the rating, short-circuit ratio 1/|Z|. */
  private static CoupledNetwork behind(double ratio) {
    double each = 1 / ratio / Math.sqrt(2);
    return power -> 1 + each * (power.activeKw() + power.reactiveKvar()) / RATING_KW;
  }

  private PowerHardwareLoop loop(LoopSettings settings) {
    return new PowerHardwareLoop(
        amplifier,
        settings,
        time -> {
          nowNanos += time.toNanos();
          return false;
        },
        () -> nowNanos);
  }

  private static HardwarePower model(double kw) {
    return new HardwarePower(kw, 0);
  }

  @Test
  void constantPowerSettlesAtTheVoltageOfTheNetwork() {
    PowerHardwareLoop loop = loop(SETTINGS);
    List<LoopStep> steps = loop.settle(behind(20), model(100));
    LoopStep last = steps.get(steps.size() - 1);
    assertTrue(last.settled());
    assertEquals(1 + 0.05 / Math.sqrt(2), last.setPu(), SETTINGS.tolerancePu());
    assertEquals(Optional.of(new HardwarePower(100, 0)), loop.injected());
  }

  @ParameterizedTest
  @CsvSource({"20, 0.4", "5, 0.4", "2, 0.3"})
  void voltVarSettlesAtTheDirectSolution(double ratio, double relaxation) {
    // volt-var of 11 pu per pu outside ±1 %, at 100 kVA
    amplifier.hardware = HardwareModel.voltVar(5, 2.2, 0.01, 55);
    PowerHardwareLoop loop = loop(SETTINGS.withRelaxation(relaxation));
    List<LoopStep> steps = loop.settle(behind(ratio), model(100));
    LoopStep last = steps.get(steps.size() - 1);
    assertTrue(last.settled(), loop.abortReason().orElse("") + steps.size());
    double low = 1;
    double high = 2;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      boolean above = behind(ratio).voltagePu(amplifier.hardware.at(middle).times(20)) > middle;
      low = above ? middle : low;
      high = above ? high : middle;
    }
    assertEquals(low, last.setPu(), 2 * SETTINGS.tolerancePu());
  }

  @ParameterizedTest
  @CsvSource({"1.2, 0.5", "1.2, 0.4", "0.8, 0.3"})
  void steepVoltVarOnAWeakGridIsFoundOutAndEnded(double ratio, double relaxation) {
    amplifier.hardware = HardwareModel.voltVar(1, 5, 0.01, 100);
    PowerHardwareLoop loop = loop(SETTINGS.withRelaxation(relaxation));
    List<LoopStep> steps = loop.settle(behind(ratio), model(20));
    assertEquals(Phase.ABORTED, loop.phase());
    assertTrue(steps.stream().noneMatch(LoopStep::settled));
    assertEquals(1, amplifier.madeSafe);
    assertEquals(Optional.empty(), loop.injected());
    String reason = loop.abortReason().orElseThrow();
    assertTrue(reason.contains("grew in 3 steps") || reason.contains("swung 3 times"), reason);
    assertTrue(steps.size() < SETTINGS.mostSteps(), steps.size() + " steps");
  }

  @Test
  void noStepIsLargerThanItsLimitAndEachWaitsForThreeResponseTimes() {
    PowerHardwareLoop loop = loop(SETTINGS);
    List<LoopStep> steps = loop.settle(behind(2), model(100));
    assertTrue(steps.get(steps.size() - 1).settled());
    double last = 1;
    for (double set : amplifier.set) {
      assertTrue(Math.abs(set - last) <= SETTINGS.stepPu() + 1e-12);
      last = set;
    }
    assertEquals(10 * steps.size(), amplifier.measured);
    assertTrue(nowNanos >= steps.size() * 6_000_000_000L);
  }

  @Test
  void followsANewPowerInStepsOfItsLimit() {
    PowerHardwareLoop loop = loop(SETTINGS);
    loop.settle(behind(20), model(100));
    amplifier.hardware = HardwareModel.constantPower(2, 0);
    List<LoopStep> steps = loop.settle(behind(20), model(40));
    assertEquals(40, steps.get(steps.size() - 1).used().activeKw(), 1e-9);
    for (int n = 1; n < steps.size(); n++) {
      double change = steps.get(n).used().minus(steps.get(n - 1).used()).apparentKva();
      assertTrue(change <= SETTINGS.stepKva() + 1e-9, "step " + n + ": " + change);
    }
  }

  @Test
  void hardwareFarFromItsModelNeverGetsIntoTheNetwork() {
    PowerHardwareLoop loop = loop(SETTINGS);
    List<LoopStep> steps = loop.settle(behind(20), model(60));
    assertTrue(steps.stream().allMatch(step -> step.used().equals(model(60))));
    assertEquals(Phase.ABORTED, loop.phase());
    assertTrue(loop.abortReason().orElseThrow().contains("100.000 kW where its model gives 60"));
  }

  @Test
  void aVoltageThatIsNotThereEndsTheCoupling() {
    PowerHardwareLoop loop = loop(SETTINGS);
    loop.settle(behind(20), model(100));
    amplifier.factor = 0.97;
    assertTrue(!loop.watch());
    assertTrue(loop.abortReason().orElseThrow().contains("pu are measured"));
    assertEquals(1, amplifier.madeSafe);
  }

  @Test
  void aStaleMeasurementEndsTheCoupling() {
    amplifier.age = Duration.ofSeconds(6);
    PowerHardwareLoop loop = loop(SETTINGS);
    loop.settle(behind(20), model(100));
    assertTrue(loop.abortReason().orElseThrow().contains("6000 ms old"));
  }

  @Test
  void anAmplifierThatDoesNotAnswerEndsTheCouplingOnce() {
    amplifier.dead = true;
    PowerHardwareLoop loop = loop(SETTINGS);
    loop.settle(behind(20), model(100));
    loop.settle(behind(20), model(100));
    assertEquals("no answer", loop.abortReason().orElseThrow());
    assertEquals(1, amplifier.madeSafe);
    assertEquals(List.of(), amplifier.set);
  }

  @Test
  void aNetworkWithoutStateEndsTheCoupling() {
    PowerHardwareLoop loop = loop(SETTINGS);
    loop.settle(power -> Double.NaN, model(100));
    assertEquals(Phase.ABORTED, loop.phase());
  }

  @Test
  void toldToStopItLeavesEverythingAsItIs() {
    PowerHardwareLoop loop =
        new PowerHardwareLoop(amplifier, SETTINGS, time -> true, () -> nowNanos);
    assertEquals(List.of(), loop.settle(behind(20), model(100)));
    assertEquals(Phase.ON_MODEL, loop.phase());
    assertEquals(0, amplifier.madeSafe);
  }

  @Test
  void hardwareThatChangesBetweenTwoStatesEndsTheCoupling() {
    PowerHardwareLoop loop = loop(SETTINGS);
    loop.settle(behind(20), model(100));
    assertTrue(loop.watch());
    amplifier.hardware = HardwareModel.constantPower(4, 0);
    assertTrue(!loop.watch());
    assertTrue(loop.abortReason().orElseThrow().contains("20.000 kVA"));
  }
}
