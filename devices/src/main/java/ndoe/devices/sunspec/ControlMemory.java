package ndoe.devices.sunspec;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a device may be told without anybody else having told it. */
final class ControlMemory {
  private final PowerControl control;
  private final List<List<OptionalLong>> own = new ArrayList<>();
  private ModelImage prior;
  private int connection;

  /**
   * @param prior the model before anything was written
   */
  ControlMemory(PowerControl control, ModelImage prior) {
    this.control = control;
    this.prior = prior;
  }

  ModelImage prior() {
    return prior;
  }

  boolean written() {
    return !own.isEmpty();
  }

  /**
   * Whether somebody else wrote what is found. A device that was reconnected may have restarted: it
   * may then be as it was at first, or have its control switched off.
   */
  boolean foreign(ModelImage found, int presentConnection) {
    if (!written() || own.contains(state(found))) {
      return false;
    }
    boolean restarted = presentConnection != connection;
    boolean off = !control.enabled(found);
    boolean released = off && (restarted || !control.revertsToValue());
    return !released && !(restarted && state(found).equals(state(prior)));
  }

  /** Something is about to be written over what was found. */
  void writing(ModelImage found, ModelImage asked) {
    if (!written()) {
      prior = found;
    }
    remember(found);
    add(asked);
  }

  /** This was read back right after writing, as far as is known what the device made of it. */
  void readBack(ModelImage found) {
    add(found);
  }

  /** The device has what this says and nothing else. */
  void confirmed(ModelImage found, int presentConnection) {
    own.clear();
    add(found);
    connection = presentConnection;
  }

  boolean same(ModelImage one, ModelImage other) {
    return state(one).equals(state(other));
  }

  private void add(ModelImage image) {
    remember(image);
    control.reverted(image).ifPresent(this::remember);
  }

  private void remember(ModelImage image) {
    if (!own.contains(state(image))) {
      own.add(state(image));
    }
  }

  private List<OptionalLong> state(ModelImage image) {
    return control.told().stream().map(image::raw).toList();
  }
}
