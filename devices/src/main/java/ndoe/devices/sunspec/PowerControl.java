package ndoe.devices.sunspec;

import java.util.List;
import java.util.Optional;

/** How one model limits or sets active power. */
sealed interface PowerControl
    permits DerControlLimit, DerControlSetpoint, ImmediateControlLimit, StorageControlSetpoint {

  /** Points next to each other, which one request writes. */
  record Block(String first, String last) {}

  int model();

  /** Whether a device falls back to a power that was told; else it is released. */
  boolean revertsToValue();

  /** The point for want of which a device cannot be so controlled, if any. */
  Optional<String> lacks(ModelImage present);

  /** The points by which a control is known again. */
  List<String> told();

  /** All points of the control, in the order they are written. */
  List<Block> blocks();

  /**
   * What to write, one request after another.
   *
   * @param kw within the ratings, injection positive
   */
  List<ControlRequest> requests(
      double kw, Reversion reversion, ModelImage present, DeviceRatings ratings);

  /** The power a model tells, kW, injection positive; a limit is 0 or more. */
  double kw(ModelImage image, DeviceRatings ratings);

  /** Whether the device obeys the control. */
  boolean enabled(ModelImage image);

  /** Whether the control ends by itself after a time. */
  boolean reverts(ModelImage image);

  /** How a model reads after its time is over; empty when the control is then off. */
  Optional<ModelImage> reverted(ModelImage written);
}
