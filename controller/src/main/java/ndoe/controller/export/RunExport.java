package ndoe.controller.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ndoe.controller.journal.DataTable;
import ndoe.controller.journal.RunData;

/** Writes what a run committed into a folder, a file per table. */
public final class RunExport {
  private RunExport() {}

  /**
   * Writes {@code run.json} and a CSV file per table, as in the run folder.
   *
   * @return what was written
   * @throws ndoe.controller.journal.RunFolderException naming a file that cannot be written
   */
  public static List<Path> csv(RunData run, Path folder) {
    run.writeCsv(folder);
    return files(run, folder, ".csv");
  }

  /**
   * Writes a Parquet file per table, with numbers in full precision.
   *
   * @return what was written
   * @throws ndoe.controller.journal.RunFolderException naming a file that cannot be written
   */
  public static List<Path> parquet(RunData run, Path folder) {
    for (DataTable table : run.tables()) {
      ParquetFile.write(folder.resolve(table.name() + ".parquet"), table);
    }
    return files(run, folder, ".parquet");
  }

  private static List<Path> files(RunData run, Path folder, String ending) {
    List<Path> files = new ArrayList<>();
    run.tables().forEach(table -> files.add(folder.resolve(table.name() + ending)));
    return files;
  }
}
