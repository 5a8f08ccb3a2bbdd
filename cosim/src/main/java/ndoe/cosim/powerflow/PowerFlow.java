package ndoe.cosim.powerflow;

/** Solves one feeder for its state; owned by one thread. */
public interface PowerFlow extends AutoCloseable {

  /**
   * State for these injections, whatever was solved before; one that did not converge says so and
   * holds no numbers to use.
   *
   * @throws IllegalArgumentException if an injection is not finite or their number is wrong
   */
  GridState solve(Injections injections);

  /** Whether regulators or switched capacitors answer to a state some time after it came about. */
  default boolean hasControls() {
    return false;
  }

  /**
   * State for these injections once the feeder’s controls have answered to it; {@link #solve} gives
   * the state before.
   *
   * @throws IllegalArgumentException as {@link #solve}
   */
  default GridState solveRegulated(Injections injections) {
    return solve(injections);
  }

  /** Name and version of what solves, for certificates. */
  String engine();

  @Override
  void close();
}
