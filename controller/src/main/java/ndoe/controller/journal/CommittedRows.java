package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a run had committed at some moment.
 *
 * @param commits transactions so far
 * @param begun whether the run can be resumed
 * @param rows of every table as text, in the order they were written
 */
public record CommittedRows(int commits, boolean begun, Map<String, List<String>> rows) {
  private static final String DATABASE = "run.sqlite";

  public CommittedRows {
    rows = Map.copyOf(rows);
  }

  /** Of a run that never was. */
  public static CommittedRows none() {
    return new CommittedRows(0, false, Map.of());
  }

  /**
   * Reads a run folder without touching it.
   *
   * @param workspace for a copy, so that whoever resumes the run finds what the killed process left
   * @return nothing if the run was killed before its database was complete
   */
  public static CommittedRows of(Path runFolder, Path workspace) {
    Path copy = workspace.resolve(DATABASE);
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Path from = runFolder.resolve(DATABASE + suffix);
        Path to = workspace.resolve(DATABASE + suffix);
        Files.deleteIfExists(to);
        if (Files.exists(from)) {
          Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw RunFolderException.writing(copy, e);
    }
    try (RunDatabase database = RunDatabase.open(copy)) {
      Map<String, List<String>> rows = new LinkedHashMap<>();
      for (RecordTable<?> table : RunTables.ALL) {
        rows.put(table.name(), database.everyRow(table));
      }
      boolean begun = database.get(Resumption.OPTIONS).isPresent();
      return new CommittedRows(database.commits(), begun, rows);
    } catch (RunFolderException neverComplete) {
      return none();
    }
  }

  /** Rows that are not there any more, or not as they were. */
  public int missingIn(CommittedRows later) {
    int missing = 0;
    for (Map.Entry<String, List<String>> table : rows.entrySet()) {
      List<String> there = later.rows().getOrDefault(table.getKey(), List.of());
      List<String> here = table.getValue();
      for (int row = 0; row < here.size(); row++) {
        boolean same = row < there.size() && there.get(row).equals(here.get(row));
        missing += same ? 0 : 1;
      }
    }
    return missing;
  }

  /** Rows of all tables. */
  public int count() {
    return rows.values().stream().mapToInt(List::size).sum();
  }
}
