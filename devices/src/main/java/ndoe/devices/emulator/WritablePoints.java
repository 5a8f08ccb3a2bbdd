package ndoe.devices.emulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.devices.sunspec.ModelImage;

/** Which points of a model may be written, and so which runs of registers. */
final class WritablePoints {
  private final Map<Integer, Integer> ends = new HashMap<>();

  WritablePoints(ModelImage image, List<String> points) {
    points.forEach(point -> ends.put(image.offset(point), image.end(point)));
  }

  /** Whether a run of registers consists of whole writable points. */
  boolean cover(int from, int to) {
    int at = from;
    while (at < to && ends.containsKey(at)) {
      at = ends.get(at);
    }
    return from < to && at == to;
  }
}
