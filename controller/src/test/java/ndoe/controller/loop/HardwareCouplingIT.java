package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import ndoe.controller.ReferenceDay;
import ndoe.controller.ShortDay;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.twin.FeederTwin;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.gridsimulator.CoupledNetwork;
import ndoe.devices.gridsimulator.GridSimulator;
import ndoe.devices.gridsimulator.GridSimulatorSettings;
import ndoe.devices.gridsimulator.GridSimulatorSettings.Leave;
import ndoe.devices.gridsimulator.GridSimulatorSettings.OnlyMagnitude;
import ndoe.devices.gridsimulator.HardwareModel;
import ndoe.devices.gridsimulator.HardwarePower;
import ndoe.devices.gridsimulator.LoopSettings;
import ndoe.devices.gridsimulator.LoopStep;
import ndoe.devices.gridsimulator.LoopStep.Phase;
import ndoe.devices.gridsimulator.PowerHardwareLoop;
import ndoe.devices.gridsimulator.ScpiEmulator;
import ndoe.devices.gridsimulator.ScpiLink;
import ndoe.devices.gridsimulator.ScpiProfile;
import ndoe.devices.gridsimulator.ScpiProfileFile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hardware behind an emulated grid simulator and the OpenDSS twin of the reference feeder. */
class HardwareCouplingIT {
  private static final ProsumerId P18 = new ProsumerId("P18");
  private static final double SCALE = 180;
  private static final double RATING_KW = 900;
  private static final int INTERVAL = 12;
  private static final Scenario DAY = ReferenceDay.scenario();
  private static final LoopSettings FAST =
      LoopSettings.usual(RATING_KW, SCALE, Duration.ofMillis(10))
          .withReadings(Duration.ofMillis(1), Duration.ofSeconds(5), 60);
  private static final ScpiProfile PROFILE = ScpiProfileFile.find("itech-it7900");

  @TempDir Path temp;

  private static FeederTwin twin() {
    return new FeederTwin(
        OpenDssPowerFlow.threePhase(DAY.feeder()),
        DAY.feeder(),
        DAY.passiveLoads(),
        DAY.connectionPoints(),
        List.of());
  }

  /** The twin with every other prosumer at rest. */
  private static CoupledNetwork network(FeederTwin twin) {
    var point =
        DAY.connectionPoints().stream().filter(p -> p.prosumer().equals(P18)).findFirst().get();
    int place = DAY.feeder().at(point.bus())[0];
    return injected -> {
      Map<ProsumerId, Double> net = new HashMap<>();
      DAY.connectionPoints().forEach(p -> net.put(p.prosumer(), 0.0));
      net.put(P18, -injected.activeKw());
      double further = injected.activeKw() * point.tanPhi() - injected.reactiveKvar();
      GridState state = twin.observe(INTERVAL, net, Map.of(P18, further)).state();
      return state.voltagePu(place, 0);
    };
  }

  /** The voltage at which the network with the hardware has exactly that voltage. */
  private static double directly(CoupledNetwork network, HardwareModel hardware) {
    double low = 0.8;
    double high = 1.2;
    while (high - low > 1e-10) {
      double middle = (low + high) / 2;
      HardwarePower power = hardware.at(middle);
      boolean above =
          network.voltagePu(
                  new HardwarePower(SCALE * power.activeKw(), SCALE * power.reactiveKvar()))
              > middle;
      low = above ? middle : low;
      high = above ? high : middle;
    }
    return low;
  }

  private record Result(List<LoopStep> steps, Phase phase, String reason, boolean on) {}

  private static Result couple(HardwareModel hardware, LoopSettings settings, FeederTwin twin) {
    GridSimulatorSettings amplifier =
        new GridSimulatorSettings(
            230, 50, 3, 16, 0.8, 1.2, 0.01, 10, Leave.OFF, OnlyMagnitude.IGNORED);
    try (ScpiEmulator emulator =
            ScpiEmulator.start(PROFILE, 230, hardware, settings.responseTime());
        GridSimulator simulator =
            GridSimulator.connect(
                new ScpiLink(emulator.address(), Duration.ofSeconds(1)), PROFILE, amplifier)) {
      simulator.start();
      Pace pace = new Pace(SimulatedClock.stepped(Instant.EPOCH), true, new CountDownLatch(1));
      PowerHardwareLoop loop =
          new PowerHardwareLoop(
              simulator, settings, pace.rest(Duration.ofDays(1), () -> {}), System::nanoTime);
      HardwarePower model = new HardwarePower(SCALE * hardware.at(1).activeKw(), 0);
      List<LoopStep> steps = loop.settle(network(twin), model);
      return new Result(steps, loop.phase(), loop.abortReason().orElse(""), emulator.isOutputOn());
    }
  }

  @Test
  void aVoltVarInverterSettlesAtTheDirectSolution() {
    HardwareModel hardware = HardwareModel.voltVar(4, 2.2, 0.01, 55);
    try (FeederTwin twin = twin()) {
      Result result = couple(hardware, FAST, twin);
      LoopStep last = result.steps().get(result.steps().size() - 1);
      assertTrue(last.settled(), result.reason());
      double expected = directly(network(twin), hardware);
      assertEquals(expected, last.setPu(), 2 * FAST.tolerancePu());
      assertEquals(SCALE * 4, last.measured().activeKw(), 1);
    }
  }

  @Test
  void aPassiveLoadSettlesAtTheDirectSolution() {
    HardwareModel hardware = HardwareModel.constantImpedance(4, 1);
    try (FeederTwin twin = twin()) {
      Result result = couple(hardware, FAST, twin);
      LoopStep last = result.steps().get(result.steps().size() - 1);
      assertTrue(last.settled(), result.reason());
      double expected = directly(network(twin), hardware);
      assertEquals(expected, last.setPu(), 2 * FAST.tolerancePu());
    }
  }

  @Test
  void aVoltVarFarTooSteepForTheFeederIsEndedWithTheOutputOff() {
    HardwareModel hardware = HardwareModel.voltVar(1, 20, 0.005, 2000);
    try (FeederTwin twin = twin()) {
      Result result = couple(hardware, FAST.withRelaxation(0.5), twin);
      assertEquals(Phase.ABORTED, result.phase());
      assertFalse(result.on());
      assertTrue(result.steps().stream().noneMatch(LoopStep::settled));
      assertTrue(result.reason().contains("swung") || result.reason().contains("grew"));
    }
  }

  private Path fleet(ScpiEmulator emulator) throws IOException {
    return Files.writeString(
        temp.resolve("fleet.yaml"),
        """
        format: 1
        devices: []
        grid_simulator: {host: 127.0.0.1, port: %d, profile: itech-it7900, prosumer: P18,
          role: pv, nominal_v: 230, phases: 3, max_current_a: 16, scale: 180, response_s: 0,
          reading_every_s: 0, slew_pu_per_s: 10, equal_kw: 2000}
        """
            .formatted(emulator.address().port()));
  }

  private RunOutcome run(Scenario day, Path fleet, RunListener listener) {
    RunOptions options =
        new RunOptions(
            "run",
            "test",
            Case.NDOE,
            Settings.defaults(20),
            Optional.of(fleet),
            OptionalDouble.empty(),
            false);
    RunFolder folder = RunFolder.at(temp.resolve("run"), Clock.systemUTC());
    return DayRun.run(day, folder, options, Clock.systemUTC(), listener);
  }

  private List<MeasurementRow> plant() {
    return RunReader.of(temp.resolve("run")).measurements().stream()
        .filter(row -> row.device().equals("p18-pv"))
        .toList();
  }

  @Test
  void aDayTakesTheHardwaresPowerForThatOfThePlant() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 2));
    try (ScpiEmulator emulator =
        ScpiEmulator.start(PROFILE, 230, HardwareModel.constantPower(0.8, 0), Duration.ZERO)) {
      Map<Integer, Double> set = new HashMap<>();
      RunOutcome outcome =
          run(
              day,
              fleet(emulator),
              new RunListener() {
                @Override
                public void step(int interval, int of, double lowest, double highest) {
                  set.put(interval, emulator.setVolts() / 230);
                }
              });
      List<MeasurementRow> plant = plant();
      assertEquals(0.8 * SCALE, plant.get(plant.size() - 1).activePowerKw(), 0.5);
      RunReader.of(temp.resolve("run")).voltages().stream()
          .filter(row -> row.bus().value().equals("18"))
          .forEach(
              row ->
                  assertEquals(
                      row.voltagePu(),
                      set.get(row.intervalStart().getHour() - 10),
                      FAST.tolerancePu() * 2));
      assertFalse(emulator.isOutputOn());
      assertEquals(List.of(), RunReader.of(temp.resolve("run")).violations());
      assertEquals(RunOutcome.DONE, outcome);
    }
  }

  @Test
  void anAmplifierThatFallsSilentLeavesTheDayToTheModel() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 2));
    try (ScpiEmulator emulator =
        ScpiEmulator.start(PROFILE, 230, HardwareModel.constantPower(0.8, 0), Duration.ZERO)) {
      RunOutcome outcome =
          run(
              day,
              fleet(emulator),
              new RunListener() {
                @Override
                public void step(int interval, int of, double lowest, double highest) {
                  if (interval == 0) {
                    emulator.setOutputFactor(0.9);
                  }
                }
              });
      assertTrue(outcome == RunOutcome.DEVICE_IN_DOUBT || outcome == RunOutcome.NOT_SECURE);
      assertFalse(emulator.isOutputOn());
      List<MeasurementRow> plant = plant();
      double last = plant.get(plant.size() - 1).activePowerKw();
      assertTrue(Math.abs(last - 0.8 * SCALE) > 1, "the model counts: " + last);
    }
  }
}
