package ndoe.cosim.benchmark;

/** What is measured: all loads changed, solved, all voltages read. */
public enum Work {
  /** By our binding. */
  BINDING(1e-6, 1),
  /** By a C program, the least time there is. */
  FLOOR(1e-6, 1),
  /** By our binding on two threads at the same time, each with a circuit of its own. */
  TWO_THREADS(1e-6, 2),
  /** By one text command per load, the way most programs use the engine. */
  TEXT(1e-6, 1),
  /** By our binding at the judge’s tolerance. */
  STRICT_BINDING(1e-8, 1),
  /** By a C program at the judge’s tolerance. */
  STRICT_FLOOR(1e-8, 1),
  /** By the judge’s power flow, at its tolerance, line flows and limits included. */
  JUDGE(1e-8, 1);

  private final double tolerancePu;
  private final int threads;

  Work(double tolerancePu, int threads) {
    this.tolerancePu = tolerancePu;
    this.threads = threads;
  }

  /** Largest change of a voltage in the last iteration, per unit. */
  public double tolerancePu() {
    return tolerancePu;
  }

  int threads() {
    return threads;
  }
}
