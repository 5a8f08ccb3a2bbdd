package ndoe.controller.dso;

/** The operator’s program has no usable solution; it is built always to have one. */
public final class OperatorProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OperatorProblemException(String message) {
    super(message);
  }
}
