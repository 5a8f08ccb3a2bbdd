package ndoe.controller.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import ndoe.controller.journal.DataTable.Kind;

/**
 * A table of the run database whose columns are the components of a record, in their order; those
 * of a record inside come in its place. Three columns stand before them: {@code id}, {@code
 * session} and {@code step}.
 *
 * @param scope which rows count after the run was resumed
 * @param file the CSV file it is exported to
 * @param fields a line of that file
 */
record RecordTable<T extends Record>(
    String name,
    Class<T> type,
    Scope scope,
    Optional<RunFile> file,
    Function<T, List<String>> fields) {

  /** Which rows count after a run was resumed; none is ever deleted by a resumption. */
  enum Scope {
    /** Those of the session that completed their step, or of the present one. */
    STEP,
    /** Those of the present session. */
    SESSION,
    /** All. */
    ALWAYS
  }

  /** A table that is not exported line by line. */
  static <T extends Record> RecordTable<T> inside(String name, Class<T> type) {
    return new RecordTable<>(name, type, Scope.STEP, Optional.empty(), row -> List.of());
  }

  static <T extends Record> RecordTable<T> exported(
      String name, Class<T> type, Scope scope, RunFile file, Function<T, List<String>> fields) {
    return new RecordTable<>(name, type, scope, Optional.of(file), fields);
  }

  private record Column(String name, Class<?> type) {}

  private static List<Column> columns(String prefix, Class<?> type) {
    List<Column> columns = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + snakeCase(component.getName());
      if (isNested(component)) {
        columns.addAll(columns(name + "_", component.getType()));
      } else {
        columns.add(new Column('"' + name + '"', component.getType()));
      }
    }
    return columns;
  }

  private static boolean isNested(RecordComponent component) {
    return component.getType().isRecord() && !SqlValue.isName(component.getType());
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  String createStatement() {
    return "CREATE TABLE %s (id INTEGER PRIMARY KEY, session INTEGER NOT NULL, step INTEGER NOT NULL, %s)"
        .formatted(
            name,
            columns("", type).stream()
                .map(column -> column.name() + " " + SqlValue.affinity(column.type()))
                .collect(Collectors.joining(", ")));
  }

  String insertStatement() {
    List<Column> columns = columns("", type);
    return "INSERT INTO %s (session, step, %s) VALUES (?, ?%s)"
        .formatted(name, names(columns), ", ?".repeat(columns.size()));
  }

  /** Takes the present session; in the order the rows were written. */
  String selectStatement() {
    String which =
        switch (scope) {
          case STEP ->
              " LEFT JOIN steps ON steps.step = t.step WHERE t.session = COALESCE(steps.session, ?)";
          case SESSION -> " WHERE t.session = ?";
          case ALWAYS -> " WHERE t.session <= ?";
        };
    String columns =
        columns("", type).stream().map(c -> "t." + c.name()).collect(Collectors.joining(", "));
    return "SELECT t.step, %s FROM %s t%s ORDER BY t.id".formatted(columns, name, which);
  }

  /** This table with the rows given, for use elsewhere; named as its CSV file if it has one. */
  DataTable data(List<T> rows) {
    return data(
        file.map(f -> f.fileName().replace(".csv", "")).orElse(name),
        file.map(RunFile::header)
            .orElseGet(() -> names(columns("", type)).replace("\"", "").replace(" ", "")),
        rows);
  }

  /** The same with other names. */
  DataTable data(String title, String header, List<T> rows) {
    List<Column> own = columns("", type);
    String[] names = header.split(",");
    List<DataTable.Column> columns = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      Class<?> value = own.get(i).type();
      boolean inWords = value == boolean.class && !own.get(i).name().equals('"' + names[i] + '"');
      columns.add(new DataTable.Column(names[i], inWords ? Kind.TEXT : SqlValue.kind(value)));
    }
    return new DataTable(title, columns, rows.stream().map(row -> values(row, columns)).toList());
  }

  private List<Object> values(T row, List<DataTable.Column> columns) {
    List<Object> values = new ArrayList<>();
    plain(row, values);
    for (int i = 0; i < values.size(); i++) {
      boolean inWords = values.get(i) instanceof Boolean && columns.get(i).kind() == Kind.TEXT;
      if (inWords) {
        values.set(i, fields.apply(row).get(i));
      }
    }
    return Collections.unmodifiableList(values);
  }

  private static void plain(Record row, List<Object> values) {
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Object value = component(row, component);
      if (isNested(component)) {
        plain((Record) value, values);
      } else {
        values.add(SqlValue.isName(component.getType()) ? name(value) : SqlValue.plain(value));
      }
    }
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** Fills an insert statement. */
  void bind(PreparedStatement statement, int session, int step, T row) throws SQLException {
    List<Object> values = new ArrayList<>(List.of(session, step));
    flatten(row, values);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private static void flatten(Record row, List<Object> values) {
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Object value = component(row, component);
      if (isNested(component)) {
        flatten((Record) value, values);
      } else {
        values.add(SqlValue.isName(component.getType()) ? name(value) : SqlValue.toSql(value));
      }
    }
  }

  private static Object name(Object record) {
    return component((Record) record, record.getClass().getRecordComponents()[0]);
  }

  private static Object component(Record row, RecordComponent component) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(row.getClass() + " must be a public record", e);
    }
  }

  /** The record of a selected row. */
  T read(ResultSet selected) throws SQLException {
    return type.cast(record(type, selected, new int[] {2}));
  }

  private static Object record(Class<?> type, ResultSet selected, int[] next) throws SQLException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> part = components[i].getType();
      if (isNested(components[i])) {
        values[i] = record(part, selected, next);
      } else if (SqlValue.isName(part)) {
        values[i] = made(part, SqlValue.fromSql(String.class, selected, next[0]++));
      } else {
        values[i] = SqlValue.fromSql(part, selected, next[0]++);
      }
    }
    return made(type, values);
  }

  private static Object made(Class<?> type, Object... values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must be a public record", e);
    }
  }
}
