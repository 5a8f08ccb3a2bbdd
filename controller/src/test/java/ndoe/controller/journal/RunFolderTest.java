package ndoe.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Verdict;
import ndoe.cosim.validation.Violation;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final LocalDateTime NOON = LocalDateTime.parse("2016-06-21T12:00");
  private static final Instant NOW = Instant.parse("2026-03-01T09:30:02Z");
  private static final ProsumerId P18 = new ProsumerId("P18");

  @TempDir Path runs;

  @Test
  void namesTheFolderAfterStartAndScenarioAndNeverTakesOneTwice() {
    try (RunFolder first = create();
        RunFolder second = create();
        RunFolder third = create()) {
      assertEquals(runs.resolve("20260301-093000-a-day"), first.path());
      assertEquals(runs.resolve("20260301-093000-a-day-2"), second.path());
      assertEquals(runs.resolve("20260301-093000-a-day-3"), third.path());
    }
  }

  @Test
  void refusesAFolderThatHoldsSomething() throws IOException {
    Path folder = Files.createDirectory(runs.resolve("mine"));
    RunFolder.at(folder, SyntheticDay.clock()).close();
    Files.writeString(folder.resolve("notes.txt"), "precious");

    RunFolderException refused =
        assertThrows(RunFolderException.class, () -> RunFolder.at(folder, SyntheticDay.clock()));

    assertEquals(
        folder + " is not empty: name a folder that is empty or does not exist yet",
        refused.getMessage());
  }

  @Test
  void refusesAFileWhereAFolderShouldBe() throws IOException {
    Path file = Files.writeString(runs.resolve("file"), "x");

    assertThrows(RunFolderException.class, () -> RunFolder.at(file, SyntheticDay.clock()));
    assertThrows(RunFolderException.class, () -> RunFolder.create(file, "x", SyntheticDay.clock()));
  }

  @Test
  void canBeReadWhileTheRunGoesOn() {
    SyntheticDay day = SyntheticDay.reference();
    try (RunFolder folder = day.running(runs, 3)) {
      RunReader reader = RunReader.of(folder.path());

      assertEquals(RunStatus.RUNNING, reader.run().status());
      assertEquals(3 * 8 * 2, reader.setpoints().size());
      assertEquals(3 * 8 * 3, reader.measurements().size());
      assertEquals(3 * 33 * 3, reader.voltages().size());
      assertEquals(List.of(), reader.violations());
    }
  }

  @Test
  void tellsWhatWasAskedAndWhatCameOut() {
    SyntheticDay day = SyntheticDay.reference();
    RunRecord run = RunReader.of(day.run(runs)).run();

    assertEquals(RunStatus.COMPLETED, run.status());
    assertEquals(OptionalInt.of(0), run.exitCode());
    assertEquals("run", run.command());
    assertEquals("dso", run.caseName());
    assertEquals(20160621, run.seed());
    assertEquals(day.scenario().horizon(), run.scenario().horizon());
    assertEquals("CNY", run.scenario().currency());
    assertEquals(day.scenario().feeder().voltageLimits(), run.feeder().voltageLimits());
    assertEquals("1", run.feeder().sourceBus());
    AgreementFacts agreed = run.agreed().orElseThrow();
    assertEquals(14, agreed.rounds());
    assertEquals(41, agreed.cycles());
    assertEquals(3148.55, agreed.totalCost(), 1e-9);
    assertEquals(OptionalDouble.of(0.00065), agreed.gapFraction());
    assertEquals(Map.of("P18", 12.5), agreed.savings());
    assertEquals(
        List.of("network_losses", "prosumer_energy", "battery_wear", "value_of_freedom"),
        List.copyOf(agreed.parts().keySet()));
    assertEquals(41.73, run.timingsSeconds().get("loop"));
    Judgement judgement = run.judgement().orElseThrow();
    assertTrue(judgement.certified());
    assertEquals(14_688, judgement.pointsTried());
    assertEquals(OptionalDouble.of(0.873), judgement.highestLoadingFraction());
    assertEquals(System.getProperty("java.version"), run.versions().java().split(" ", -1)[0]);
  }

  @Test
  void keepsTheScenarioAndTheHashesOfTheFilesItNames() throws IOException {
    Scenario scenario = SyntheticDay.reference().scenario();
    Path script = scenario.file().resolveSibling("feeder.dss");
    try (RunFolder folder = create()) {
      folder.start(
          new RunStart(
              "run", "dso", 7, 1, scenario, List.of(script), Versions.here("0.1.0", "none")));

      Path copy = folder.path().resolve("scenario/ieee33-improved.yaml");
      assertEquals(-1, Files.mismatch(scenario.file(), copy));
      List<String> sums = Files.readAllLines(copy.resolveSibling("SHA256SUMS"));
      assertEquals(
          RunReader.of(folder.path()).run().scenario().sha256() + "  ieee33-improved.yaml",
          sums.get(0));
      assertTrue(sums.get(1).matches("[0-9a-f]{64}  feeder\\.dss"), sums.get(1));
    }
  }

  @Test
  void writesEnvelopesThatValidateReadsBack() {
    SyntheticDay day = SyntheticDay.reference();
    Path folder = day.negotiated(runs);

    assertEquals(
        EnvelopePlanFile.asWritten(day.plan()),
        EnvelopePlanFile.read(folder.resolve("envelopes.csv"), day.scenario()));
    assertEquals(8 * 24, RunReader.of(folder).envelopes().size());
  }

  @Test
  void writesTheFeederWithAllItsLines() {
    SyntheticDay day = SyntheticDay.reference();

    assertEquals(day.scenario().feeder().lines(), RunReader.of(day.negotiated(runs)).feeder());
  }

  @Test
  void keepsSamplesInTheProsumersOwnFolder() throws IOException {
    try (RunFolder folder = create()) {
      folder
          .prosumer(new ProsumerId("../P1"))
          .scenarios(
              List.of(
                  new SampleTrajectory(0.25, Profile.of(0, 1.5)),
                  new SampleTrajectory(0.75, Profile.of(2, 1e-9))));

      assertEquals(
          List.of(
              "scenario,probability,interval,generation_kw",
              "0,0.25,0,0",
              "0,0.25,1,1.5",
              "1,0.75,0,2",
              "1,0.75,1,0"),
          Files.readAllLines(folder.path().resolve("prosumers/%2E%2E%2FP1/scenarios.csv")));
    }
  }

  @Test
  void givesBackWhatItWasToldWhateverTheText() {
    SetpointRow odd =
        SetpointRow.of(
            NOON,
            new ProsumerId("a,\"b\" ü"),
            "pv",
            "active_power_limit",
            new DispatchReceipt.Rejected(new DeviceId("x"), -12.5, "too,\n\"much\""),
            NOW);
    MeasurementRow point = MeasurementRow.connectionPoint(NOON, P18, 120.25, -3, NOW);
    try (RunFolder folder = create()) {
      folder.setpoint(odd);
      folder.measurement(point);
      RunReader reader = RunReader.of(folder.path());

      SetpointRow read = reader.setpoints().get(0);
      assertEquals("too, \"much\"", read.reason());
      assertEquals(odd.prosumer(), read.prosumer());
      assertEquals(SetpointRow.Result.REJECTED, read.result());
      assertEquals(List.of(point), reader.measurements());
      assertEquals(-120.25, reader.measurements().get(0).activePowerKw());
      assertEquals(120.25, reader.measurements().get(0).netImportKw());
    }
  }

  @Test
  void writesNoVoltagesOfAStateThatDidNotConverge() {
    GridState nowhere = new GridState(false, 3, Profile.of(), Profile.of(), 0, 0);

    assertEquals(
        List.of(), VoltageRow.of(NOON, SyntheticDay.reference().scenario().feeder(), nowhere));
  }

  @Test
  void replacesViolationsWhenTheEnvelopesAreJudgedAgain() {
    Violation broken =
        new Violation(13, "export-corner", Violation.Kind.OVER_VOLTAGE, "33", 1.0512, 1.05);
    SyntheticDay day = SyntheticDay.reference();
    try (RunFolder folder = day.running(runs, 0)) {
      RunReader reader = RunReader.of(folder.path());
      folder.judged(new Verdict.Violated(100, List.of(broken, broken)));
      assertEquals(2, reader.violations().size());
      assertEquals(2, reader.run().judgement().orElseThrow().violations());

      folder.judged(new Verdict.Violated(100, List.of(broken)));
      ViolationRow measured =
          new ViolationRow(NOON, "measured", "under_voltage", "18", 0.9499, 0.95, "pu");
      folder.violations(List.of(measured));

      assertEquals(
          List.of(
              new ViolationRow(
                  LocalDateTime.parse("2016-06-21T13:00"),
                  "export-corner",
                  "over_voltage",
                  "33",
                  1.0512,
                  1.05,
                  "pu"),
              measured),
          reader.violations());
    }
  }

  @Test
  void keepsTheFirstEndWhenTwoThreadsEndARun() {
    try (RunFolder folder = SyntheticDay.reference().running(runs, 1)) {
      folder.end(RunStatus.ABORTED, 130, "interrupted");
      folder.end(RunStatus.COMPLETED, 0, "");

      RunRecord run = RunReader.of(folder.path()).run();
      assertEquals(RunStatus.ABORTED, run.status());
      assertEquals("interrupted", run.message());
      assertEquals(OptionalInt.of(130), run.exitCode());
    }
  }

  @Test
  void marksARunThatWasLeftWithoutAnEndAsFailed() {
    RunFolder folder = SyntheticDay.reference().running(runs, 1);
    folder.close();
    folder.close();

    assertEquals(RunStatus.FAILED, RunReader.of(folder.path()).run().status());
  }

  @Test
  void losesNothingToARowThatComesAfterTheEnd() {
    RunFolder folder = SyntheticDay.reference().running(runs, 1);
    folder.close();
    int before = RunReader.of(folder.path()).measurements().size();

    assertThrows(
        RunFolderException.class,
        () -> folder.measurement(MeasurementRow.connectionPoint(NOON, P18, 1, 0, NOW)));
    assertEquals(before, RunReader.of(folder.path()).measurements().size());
  }

  @Test
  void namesTheFileWhenTheDiskIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    RunFolder folder = create();
    Path voltages = folder.path().resolve("voltages.csv");
    Files.createSymbolicLink(voltages, full);
    List<VoltageRow> rows = List.of(new VoltageRow(NOON, new BusId("18"), 1, 1.01));

    RunFolderException failure =
        assertThrows(RunFolderException.class, () -> folder.voltages(rows));
    Files.delete(voltages);

    assertEquals("cannot write " + voltages + ": No space left on device", failure.getMessage());
  }

  @Test
  void namesTheFileThatCannotBeWritten() throws IOException {
    try (RunFolder folder = create()) {
      Path blocked = Files.createDirectory(folder.path().resolve("setpoints.csv"));
      Path run = Files.createDirectories(folder.path().resolve("run.json/x"));
      DispatchReceipt receipt = new DispatchReceipt.Applied(new DeviceId("x"), 1, 1, NOW);
      SetpointRow row = SetpointRow.of(NOON, P18, "pv", "active_power_limit", receipt, NOW);

      assertTrue(
          assertThrows(RunFolderException.class, () -> folder.setpoint(row))
              .getMessage()
              .startsWith("cannot write " + blocked));
      assertTrue(
          assertThrows(RunFolderException.class, () -> folder.timing("x", Duration.ZERO))
              .getMessage()
              .startsWith("cannot write " + run.getParent()));
    }
  }

  @Test
  void leavesNoHalfWrittenFileBehindItsReplacement() throws IOException {
    try (RunFolder folder = SyntheticDay.reference().running(runs, 1)) {
      folder.timing("x", Duration.ZERO);
      try (var files = Files.list(folder.path())) {
        assertFalse(files.anyMatch(file -> file.toString().endsWith(".next")));
      }
    }
  }

  private RunFolder create() {
    return RunFolder.create(runs, "a day", SyntheticDay.clock());
  }
}
