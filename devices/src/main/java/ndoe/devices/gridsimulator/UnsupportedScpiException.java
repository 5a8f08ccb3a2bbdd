package ndoe.devices.gridsimulator;

/** A profile that has no command for what was wanted; nothing was sent. */
public final class UnsupportedScpiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsupportedScpiException(String profile, ScpiOperation operation) {
    super(
        "profile %s has no command for: %s; add %s to a profile file of your own"
            .formatted(profile, operation, operation.key()));
  }
}
