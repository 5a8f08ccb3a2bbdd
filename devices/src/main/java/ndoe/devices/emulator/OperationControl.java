package ndoe.devices.emulator;

import java.util.List;
import ndoe.devices.sunspec.ModelImage;

/** Model 715 of an emulated device: under remote control, with a heartbeat each second. */
final class OperationControl implements WritableModel {
  private static final long REMOTE = 0;
  private static final long STOP = 0;
  private static final long START = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final EmulatedPlant plant;
  private final long startedNanos;
  private final ModelImage image = ModelImage.blank(715);
  private final WritablePoints writable =
      new WritablePoints(image, List.of("ControllerHb", "AlarmReset", "OpCtl"));

  OperationControl(EmulatedPlant plant) {
    this.plant = plant;
    this.startedNanos = plant.monotonicNanos().getAsLong();
    image.putRaw("LocRemCtl", REMOTE).putRaw("ControllerHb", 0).putRaw("AlarmReset", 0);
    refresh();
  }

  @Override
  public ModelImage image() {
    return image;
  }

  @Override
  public void refresh() {
    image.putRaw("OpCtl", plant.connected() ? START : STOP);
  }

  /** Counts the seconds of monotonic time. */
  void beat() {
    image.putRaw("DERHb", secondsSince(plant, startedNanos));
  }

  static long secondsSince(EmulatedPlant plant, long startedNanos) {
    return (plant.monotonicNanos().getAsLong() - startedNanos) / NANOS_PER_SECOND;
  }

  @Override
  public boolean writable(int from, int to) {
    return writable.cover(from, to);
  }

  @Override
  public boolean take(int offset, int[] values) {
    ModelImage asked = image.copy();
    asked.overwrite(offset, values);
    long operation = asked.raw("OpCtl").orElse(-1);
    if (operation != STOP && operation != START) {
      return false;
    }
    image.overwrite(offset, values);
    if (offset + values.length > image.offset("OpCtl")) {
      plant.setConnected(operation == START);
    }
    return true;
  }
}
