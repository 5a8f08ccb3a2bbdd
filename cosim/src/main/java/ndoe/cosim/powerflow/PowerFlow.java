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

  /** Name and version of what solves, for certificates. */
  String engine();

  @Override
  void close();
}
