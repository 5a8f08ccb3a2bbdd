package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;

/** Asserts that every number in a record, and in all it holds, is finite. */
final class FiniteNumbers {
  private FiniteNumbers() {}

  static void assertIn(Object held) {
    assertIn(held.getClass().getSimpleName(), held);
  }

  private static void assertIn(String name, Object held) {
    if (held instanceof Double number) {
      assertTrue(Double.isFinite(number), () -> name + " is " + number);
    } else if (held instanceof Profile profile) {
      assertTrue(profile.stream().allMatch(Double::isFinite), () -> name + " is not finite");
    } else if (held instanceof Optional<?> optional) {
      optional.ifPresent(value -> assertIn(name, value));
    } else if (held instanceof Map<?, ?> map) {
      map.forEach((key, value) -> assertIn(name + "." + key, value));
    } else if (held instanceof java.nio.file.Path) {
      return;
    } else if (held instanceof Iterable<?> several) {
      several.forEach(value -> assertIn(name, value));
    } else if (held instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        assertIn(name + "." + component.getName(), valueOf(component, record));
      }
    }
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException failed) {
      throw new AssertionError(component + "", failed);
    }
  }
}
