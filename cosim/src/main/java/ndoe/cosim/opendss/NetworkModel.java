package ndoe.cosim.opendss;

/** How the engine represents a balanced feeder; both give the same voltages, flows and losses. */
public enum NetworkModel {
  /** Three phases, voltages of each. */
  THREE_PHASE(3),
  /** One phase that stands for all, about twice as fast. */
  POSITIVE_SEQUENCE(1);

  private final int phases;

  NetworkModel(int phases) {
    this.phases = phases;
  }

  int phases() {
    return phases;
  }

  /** Phases of the feeder that one modelled phase stands for. */
  int phasesPerModelledPhase() {
    return 3 / phases;
  }
}
