package ndoe.controller.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * What the journal of a run holds of its commands and what became of them, in the order written.
 *
 * @param commands on disk before they were sent
 * @param receipts what became of them
 */
public record CommittedCommands(List<CommandRow> commands, List<SetpointRow> receipts) {
  public CommittedCommands {
    commands = List.copyOf(commands);
    receipts = List.copyOf(receipts);
  }

  /**
   * Reads the journal of a run that has ended.
   *
   * @throws RunFolderException if there is none or it cannot be read
   */
  public static CommittedCommands of(Path runFolder) {
    try (RunDatabase database = RunDatabase.open(runFolder.resolve("run.sqlite"))) {
      int session = database.lastSession();
      return new CommittedCommands(
          rows(database, RunTables.COMMANDS, session),
          rows(database, RunTables.SETPOINTS, session));
    }
  }

  private static <T extends Record> List<T> rows(
      RunDatabase database, RecordTable<T> table, int session) {
    return database.rows(table, session).stream().map(RunDatabase.Row::value).toList();
  }
}
