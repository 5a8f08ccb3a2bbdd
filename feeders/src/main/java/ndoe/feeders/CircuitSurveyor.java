package ndoe.feeders;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Asks an OpenDSS engine what a circuit consists of. Whatever the statements do to the engine, this
 * process is unharmed. Provided as a service by the module that has the engine.
 */
public interface CircuitSurveyor {

  /** What the engine found, or why it refused. */
  CircuitSurvey survey(CircuitScript circuit);

  /** The one on the class path. */
  static Optional<CircuitSurveyor> available() {
    return ServiceLoader.load(CircuitSurveyor.class).findFirst();
  }
}
