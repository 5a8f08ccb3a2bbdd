package ndoe.controller.export;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import ndoe.controller.journal.DataTable;
import ndoe.controller.journal.RunFolderException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A table as an Apache Parquet file: every column may hold nulls, numbers are doubles in full
 * precision, times are in microseconds, those of the scenario without a zone and those of devices
 * in UTC. Not compressed, so that no native codec is needed; what repeats is in dictionaries.
 */
final class ParquetFile {
  private ParquetFile() {}

  /**
   * Writes a table in place of a file that is there.
   *
   * @throws RunFolderException naming the file when it cannot be written
   */
  static void write(Path file, DataTable table) {
    try (ParquetWriter<List<Object>> writer = new Builder(file, table).build()) {
      for (List<Object> row : table.rows()) {
        writer.write(row);
      }
    } catch (IOException e) {
      throw RunFolderException.writing(file, e);
    }
  }

  private static MessageType schema(DataTable table) {
    List<Type> fields = table.columns().stream().<Type>map(ParquetFile::field).toList();
    return new MessageType(table.name(), fields);
  }

  private static PrimitiveType field(DataTable.Column column) {
    return switch (column.kind()) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
      case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
      case LOCAL_TIME -> time(column.name(), false);
      case UTC_TIME -> time(column.name(), true);
    };
  }

  private static PrimitiveType time(String name, boolean isUtc) {
    return Types.optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(isUtc, TimeUnit.MICROS))
        .named(name);
  }

  private static final class Builder extends ParquetWriter.Builder<List<Object>, Builder> {
    private final DataTable table;

    Builder(Path file, DataTable table) {
      super(new LocalOutputFile(file));
      this.table = table;
      withConf(new PlainParquetConfiguration());
      withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
      withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<List<Object>> getWriteSupport(Configuration configuration) {
      return new Rows(schema(table));
    }

    @Override
    protected WriteSupport<List<Object>> getWriteSupport(ParquetConfiguration configuration) {
      return new Rows(schema(table));
    }
  }

  /** Hands rows to the library, value by value. */
  private static final class Rows extends WriteSupport<List<Object>> {
    private final MessageType schema;
    private RecordConsumer consumer;

    Rows(MessageType schema) {
      this.schema = schema;
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(List<Object> row) {
      consumer.startMessage();
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i) != null) {
          String name = schema.getFieldName(i);
          consumer.startField(name, i);
          add(row.get(i));
          consumer.endField(name, i);
        }
      }
      consumer.endMessage();
    }

    private void add(Object value) {
      if (value instanceof Long whole) {
        consumer.addLong(whole);
      } else if (value instanceof Number number) {
        consumer.addDouble(number.doubleValue());
      } else if (value instanceof Boolean truth) {
        consumer.addBoolean(truth);
      } else if (value instanceof LocalDateTime local) {
        consumer.addLong(micros(local.toInstant(ZoneOffset.UTC)));
      } else if (value instanceof Instant instant) {
        consumer.addLong(micros(instant));
      } else {
        consumer.addBinary(Binary.fromString(value.toString()));
      }
    }

    private static long micros(Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }
  }
}
