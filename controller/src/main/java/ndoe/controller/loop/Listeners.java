package ndoe.controller.loop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Tells several listeners the same. */
final class Listeners {
  private Listeners() {}

  /**
   * One that tells all, one after the other; where they answer with listeners, it does with one
   * that tells all of these.
   */
  static <T> T all(Class<T> type, List<?> listeners) {
    List<?> each = List.copyOf(listeners);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(each, arguments);
              }
              try {
                List<Object> answers = new ArrayList<>();
                for (Object listener : each) {
                  answers.add(method.invoke(listener, arguments));
                }
                return method.getReturnType() == void.class
                    ? null
                    : all(method.getReturnType(), answers);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
