package ndoe.controller.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import ndoe.controller.journal.DataTable;
import ndoe.controller.journal.RunData;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads Parquet files with another implementation, Apache Arrow’s in C++, when it is there. */
class ParquetFileIT {
  /** Columns with their types, and rows, times in microseconds. */
  private static final String READ =
      """
      import json, sys
      import pyarrow as pa, pyarrow.parquet as pq
      table = pq.read_table(sys.argv[1])
      columns = [[f.name, str(f.type)] for f in table.schema]
      for i, field in enumerate(table.schema):
          if pa.types.is_timestamp(field.type):
              table = table.set_column(i, field.name, table.column(i).cast(pa.int64()))
      rows = [[row[f.name] for f in table.schema] for row in table.to_pylist()]
      print(json.dumps({"columns": columns, "rows": rows}))
      """;

  @TempDir Path folder;
  @TempDir Path out;

  private AnalysisPython python;

  @BeforeEach
  void needsArrow() throws Exception {
    var found = AnalysisPython.find(folder, "ParquetFileIT");
    assumeTrue(found.isPresent(), "no Python with pyarrow");
    python = found.get();
  }

  @Test
  void anotherImplementationReadsEveryTableOfARunAsItWasWritten() throws Exception {
    RunData run = RunData.withPrivate(SyntheticDay.reference().run(folder));

    List<Path> files = RunExport.parquet(run, out);

    assertEquals(run.tables().size(), files.size());
    assertFalse(run.tables().isEmpty());
    for (int i = 0; i < files.size(); i++) {
      assertReads(run.tables().get(i), files.get(i));
    }
  }

  private void assertReads(DataTable table, Path file) throws Exception {
    JsonNode read = new JsonMapper().readTree(python.says("-c", READ, file.toString()));
    for (int c = 0; c < table.columns().size(); c++) {
      DataTable.Column column = table.columns().get(c);
      assertEquals(column.name(), read.path("columns").path(c).path(0).asText());
      assertEquals(
          type(column.kind()), read.path("columns").path(c).path(1).asText(), table.name());
    }
    assertEquals(table.rows().size(), read.path("rows").size(), table.name());
    for (int r = 0; r < table.rows().size(); r++) {
      for (int c = 0; c < table.columns().size(); c++) {
        String where = table.name() + "." + table.columns().get(c).name() + " " + r;
        assertValue(table.rows().get(r).get(c), read.path("rows").path(r).path(c), where);
      }
    }
  }

  private static String type(DataTable.Kind kind) {
    return switch (kind) {
      case TEXT -> "string";
      case WHOLE -> "int64";
      case NUMBER -> "double";
      case TRUTH -> "bool";
      case LOCAL_TIME -> "timestamp[us]";
      case UTC_TIME -> "timestamp[us, tz=UTC]";
    };
  }

  private static void assertValue(Object written, JsonNode read, String where) {
    if (written == null) {
      assertEquals("null", read.toString(), where);
    } else if (written instanceof Number number) {
      assertEquals(number.doubleValue(), read.asDouble(Double.NaN), where); // every digit
    } else if (written instanceof LocalDateTime local) {
      assertEquals(1_000_000 * local.toEpochSecond(ZoneOffset.UTC), read.asLong(), where);
    } else if (written instanceof Instant at) {
      assertEquals(1_000_000 * at.getEpochSecond() + at.getNano() / 1000, read.asLong(), where);
    } else {
      assertEquals(written.toString(), read.asText(), where);
    }
  }

  @Test
  void theNotebookDrawsARun() throws Exception {
    Path run = SyntheticDay.reference().run(folder);
    Path notebook = Path.of("..", "lab-setup", "notebooks", "run.ipynb");
    JsonNode cells = new JsonMapper().readTree(Files.readString(notebook)).path("cells");
    StringBuilder program = new StringBuilder("import os\n");
    for (JsonNode cell : cells) {
      if (cell.path("cell_type").asText().equals("code")) {
        assertEquals(0, cell.path("outputs").size(), "the notebook is kept without outputs");
        cell.path("source").forEach(line -> program.append(line.asText()));
        program.append('\n');
      }
    }
    program.append("print(len([n for n in plt.get_fignums() if plt.figure(n).axes]))\n");
    Path script = Files.writeString(out.resolve("notebook.py"), program);

    String said = python.says("-c", launcher(script, run));

    assertEquals("3", said.lines().reduce((first, last) -> last).orElse(""), said);
  }

  /** The run folder is named in the environment, as for a notebook. */
  private static String launcher(Path script, Path run) {
    return "import os, runpy; os.environ['NDOE_RUN'] = r'%s'; runpy.run_path(r'%s')"
        .formatted(run, script);
  }
}
