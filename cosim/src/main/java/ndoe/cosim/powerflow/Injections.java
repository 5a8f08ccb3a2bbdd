package ndoe.cosim.powerflow;

import java.util.Arrays;
import ndoe.feeders.Feeder;

/**
 * Power injected at every terminal of a feeder ({@link Feeder#terminals()}): in a balanced one that
 * is every bus, all phases together. Consumption is negative. The hot path of the judge changes one
 * object in place.
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

  /** Adds a power in equal shares. */
  public void share(int[] terminals, double activeKw, double reactiveKvar) {
    for (int terminal : terminals) {
      add(terminal, activeKw / terminals.length, reactiveKvar / terminals.length);
    }
  }

  public void add(int bus, double activeKw, double reactiveKvar) {
    activePowerKw[bus] += activeKw;
    reactivePowerKvar[bus] += reactiveKvar;
  }

  /**
   * Refuses what no engine should be given.
   *
   * @throws IllegalArgumentException naming the first bus whose power is not finite, or the number
   *     of buses if it is not this
   */
  public void requireFinite(int buses) {
    if (buses != activePowerKw.length) {
      throw new IllegalArgumentException(
          "injections at %d buses, the feeder has %d".formatted(activePowerKw.length, buses));
    }
    for (int bus = 0; bus < buses; bus++) {
      if (!Double.isFinite(activePowerKw[bus]) || !Double.isFinite(reactivePowerKvar[bus])) {
        throw new IllegalArgumentException(
            "injection at bus position %d must be finite: %s kW, %s kvar"
                .formatted(bus, activePowerKw[bus], reactivePowerKvar[bus]));
      }
    }
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
