package ndoe.controller.certificate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files a certificate is about.
 *
 * @param assets schedules of the operator’s assets; empty when all are idle
 */
public record Inputs(Path scenario, Path envelopes, Optional<Path> assets) {

  public Inputs withEnvelopes(Path others) {
    return new Inputs(scenario, others, assets);
  }
}
