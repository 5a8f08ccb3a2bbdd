package ndoe.cosim.powerflow;

/** Solves one feeder for its state; owned by one thread. */
public interface PowerFlow extends AutoCloseable {

  /** State for these injections; one that did not converge says so and holds no numbers to use. */
  GridState solve(Injections injections);

  @Override
  void close();
}
