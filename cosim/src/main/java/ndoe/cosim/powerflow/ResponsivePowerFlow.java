package ndoe.cosim.powerflow;

/** A power flow from which a linear network can be taken. */
public interface ResponsivePowerFlow extends PowerFlow {

  /** Likewise {@link #solve}, told in other quantities. */
  Response respond(Injections injections);

  /** Makes ready for power at these positions in the feeder’s buses, which else takes its time. */
  void expect(int[] places);

  /** How many conductors of each line a response tells of. */
  int[] conductorsPerLine();
}
