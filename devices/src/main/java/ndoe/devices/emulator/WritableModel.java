package ndoe.devices.emulator;

import ndoe.devices.sunspec.ModelImage;

/** A model of an emulated device that clients may write to. */
interface WritableModel {
  ModelImage image();

  /** Brings the registers up to date before they are read or written. */
  void refresh();

  /** Whether whole writable points, and nothing else, lie between two offsets. */
  boolean writable(int from, int to);

  /** Takes registers if every point is in range, else none. */
  boolean take(int offset, int[] values);
}
