package ndoe.controller.journal;

/** How a disk can fail a run. */
public enum DiskFault {
  /** Nothing more fits on it. */
  FULL,
  /** It turned read-only. */
  READ_ONLY
}
