package ndoe.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.controller.journal.RunDatabase.Row;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.PlantSnapshot;
import ndoe.devices.mqtt.SiteEvent.Severity;
import ndoe.feeders.BusId;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDatabaseTest {
  private static final LocalDateTime NOON = LocalDateTime.parse("2016-06-21T12:00");
  private static final Instant NOW = Instant.parse("2026-03-01T09:30:02.123456789Z");
  private static final ProsumerId P18 = new ProsumerId("P18");
  private static final DeviceId PV = new DeviceId("p18-pv");
  private static final OptionalDouble THIRD = OptionalDouble.of(1.0 / 3);

  @TempDir Path temp;

  private RunDatabase made() {
    return RunDatabase.create(temp.resolve("run.sqlite"));
  }

  private static <T extends Record> void add(
      RunDatabase database, RecordTable<T> table, int session, int step, T row) {
    database.transaction(() -> database.insert(table, session, step, List.of(row)));
  }

  private static <T extends Record> void isGivenBack(
      RunDatabase database, RecordTable<T> table, T row) {
    add(database, table, 1, 3, row);
    assertEquals(List.of(new Row<>(3, row)), database.rows(table, 1));
  }

  @Test
  void givesEveryRowBackToTheLastBit() {
    try (RunDatabase database = made()) {
      database.beginSession("now");
      isGivenBack(
          database,
          RunTables.ROUNDS,
          new RoundRow(
              1,
              2,
              3,
              0.1,
              1e-300,
              Double.NaN,
              4,
              5,
              THIRD,
              OptionalDouble.empty(),
              "nested",
              1L << 40,
              7,
              Duration.ofNanos(123)));
      isGivenBack(
          database, RunTables.PAYMENTS, new PaymentRow("dso", "P1", "x", new BigDecimal("1.10")));
      isGivenBack(
          database,
          RunTables.PRICES,
          new PriceRow(
              NOON,
              P18,
              THIRD,
              PriceRow.Limit.NONE,
              new PriceRow.Limit(THIRD, THIRD, THIRD, THIRD, OptionalDouble.empty())));
      isGivenBack(
          database,
          RunTables.SETPOINTS,
          new SetpointRow(
              NOON,
              P18,
              PV,
              "pv",
              "active_power",
              0.1,
              THIRD,
              SetpointRow.Result.LIMITED,
              "",
              NOW));
      isGivenBack(database, RunTables.EVENTS, new EventRow(NOW, Severity.ALARM, "", "a\n\"b\" ü"));
      isGivenBack(
          database, RunTables.VOLTAGES, new VoltageRow(NOON, new BusId("18"), 3, Math.nextUp(1)));
      isGivenBack(database, RunTables.DEVICES, new DeviceRow(P18, PV, "pv", "modbus", true));
      isGivenBack(
          database,
          RunTables.PLANTS,
          new PlantStateRow(
              PV,
              new PlantSnapshot(
                  1, 2, 3, 0.1 + 0.2, 5, 6, Double.POSITIVE_INFINITY, 8, 9, 1, 0, 11, true)));
    }
  }

  @Test
  void countsWhatTheSessionWroteThatCompletedAStep() {
    try (RunDatabase database = made()) {
      VoltageRow first = new VoltageRow(NOON, new BusId("1"), 1, 1.01);
      VoltageRow cutOff = new VoltageRow(NOON, new BusId("1"), 1, 1.02);
      VoltageRow again = new VoltageRow(NOON, new BusId("1"), 1, 1.03);
      int killed = database.beginSession("now");
      add(database, RunTables.VOLTAGES, killed, 0, first);
      database.transaction(() -> database.complete(0, killed));
      add(database, RunTables.VOLTAGES, killed, 1, cutOff);

      int resumed = database.beginSession("later");
      assertEquals(List.of(new Row<>(0, first)), database.rows(RunTables.VOLTAGES, resumed));
      add(database, RunTables.VOLTAGES, resumed, 1, again);

      assertEquals(
          List.of(new Row<>(0, first), new Row<>(1, again)),
          database.rows(RunTables.VOLTAGES, resumed));
      assertEquals(3, database.everyRow(RunTables.VOLTAGES).size(), "nothing is deleted");
    }
  }

  @Test
  void writesAllOfATransactionOrNothing() {
    try (RunDatabase database = made()) {
      int session = database.beginSession("now");
      int commits = database.commits();
      VoltageRow row = new VoltageRow(NOON, new BusId("1"), 1, 1.01);
      assertThrows(
          RunFolderException.class,
          () ->
              database.transaction(
                  () -> {
                    database.insert(RunTables.VOLTAGES, session, 0, List.of(row));
                    throw new java.sql.SQLException("cut off");
                  }));
      assertEquals(List.of(), database.rows(RunTables.VOLTAGES, session));
      assertEquals(commits, database.commits());
    }
  }

  @Test
  void saysWhenTheDiskIsFull() {
    assertEquals(
        "cannot write %s: No space left on device".formatted(temp.resolve("run.sqlite")),
        failure(DiskFault.FULL));
  }

  @Test
  void saysWhenTheDiskTurnedReadOnly() {
    assertEquals(
        "cannot write %s: the file or its folder is read-only"
            .formatted(temp.resolve("run.sqlite")),
        failure(DiskFault.READ_ONLY));
  }

  private String failure(DiskFault fault) {
    try (RunDatabase database = made()) {
      int session = database.beginSession("now");
      database.rehearse(fault);
      EventRow row = new EventRow(NOW, Severity.INFO, "", "x".repeat(10_000));
      RunFolderException refused =
          assertThrows(
              RunFolderException.class, () -> add(database, RunTables.EVENTS, session, 0, row));
      assertEquals(List.of(), database.rows(RunTables.EVENTS, session));
      return refused.getMessage();
    }
  }

  @Test
  void namesAFileThatCannotBeMade() {
    Path nowhere = temp.resolve("missing/run.sqlite");
    RunFolderException refused =
        assertThrows(RunFolderException.class, () -> RunDatabase.create(nowhere));
    assertTrue(refused.getMessage().startsWith("cannot write " + nowhere), refused.getMessage());
  }

  @Test
  void refusesWhatIsNoDatabase() throws Exception {
    Path file = Files.writeString(temp.resolve("run.sqlite"), "not a database ".repeat(1000));
    RunFolderException refused =
        assertThrows(RunFolderException.class, () -> RunDatabase.open(file));
    assertTrue(
        refused.getMessage().startsWith("cannot read " + file + ": it is damaged"),
        refused.getMessage());
  }
}
