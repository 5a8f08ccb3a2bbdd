package ndoe.cosim.validation;

import java.util.List;

/**
 * What the corners do while one of the operator’s own assets is lost.
 *
 * @param violations of both corners over all intervals, worst first
 */
public record Outage(String asset, List<Violation> violations) {
  public Outage {
    violations = List.copyOf(violations);
  }
}
