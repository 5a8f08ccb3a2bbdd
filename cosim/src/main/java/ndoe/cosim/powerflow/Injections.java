package ndoe.cosim.powerflow;

import java.util.Arrays;
import ndoe.feeders.Feeder;

/**
 * Power injected at every bus, all phases together, balanced; in the order of {@link
 * Feeder#buses()}. Consumption is negative. The hot path of the judge changes one object in place.
 */
public final class Injections {
  private final double[] activePowerKw;
  private final double[] reactivePowerKvar;

  public Injections(int buses) {
    activePowerKw = new double[buses];
    reactivePowerKvar = new double[buses];
  }

  public int buses() {
    return activePowerKw.length;
  }

  public double activePowerKw(int bus) {
    return activePowerKw[bus];
  }

  public double reactivePowerKvar(int bus) {
    return reactivePowerKvar[bus];
  }

  public void add(int bus, double activeKw, double reactiveKvar) {
    activePowerKw[bus] += activeKw;
    reactivePowerKvar[bus] += reactiveKvar;
  }

  public void clear() {
    Arrays.fill(activePowerKw, 0);
    Arrays.fill(reactivePowerKvar, 0);
  }

  public void set(Injections other) {
    System.arraycopy(other.activePowerKw, 0, activePowerKw, 0, activePowerKw.length);
    System.arraycopy(other.reactivePowerKvar, 0, reactivePowerKvar, 0, reactivePowerKvar.length);
  }
}
