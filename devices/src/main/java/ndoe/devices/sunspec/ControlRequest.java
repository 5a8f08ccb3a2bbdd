package ndoe.devices.sunspec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to set in one model, in one request.
 *
 * @param model as the SunSpec Alliance numbers them
 * @param settings by the points’ paths, each in the point’s own unit (percent, W, s, a state’s
 *     code); what the point cannot hold exactly is rounded toward zero
 */
public record ControlRequest(int model, Map<String, Double> settings) {
  public ControlRequest {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("a control sets at least one point");
    }
    settings.forEach(
        (path, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(path + " must be a number, not " + value);
          }
        });
  }
}
