package ndoe.controller.dso;

/** What a limit of the network protects. */
public enum LimitKind {
  HIGH_VOLTAGE,
  LOW_VOLTAGE,
  LINE_RATING
}
