package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.network.LinearNetwork;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Variable;

/**
 * The cost of losses at the plan (method, 3.2 and 3.4) on a network that is no tree: a quadratic
 * form in the decisions, added as a sum of squares of as many combinations as it has rank.
 */
final class NominalLosses {
  /** Share of the largest square below which a combination is left out. */
  private static final double NEGLIGIBLE = 1e-9;

  private final LinearNetwork network;
  private final double[] costPerSquare;

  /**
   * For one network.
   *
   * @param costPerSquare cost of a squared flow in each conductor of each line, thousands per MVA²
   */
  NominalLosses(LinearNetwork network, double[] costPerSquare) {
    this.network = network;
    this.costPerSquare = costPerSquare;
  }

  /** What a variable adds to the power drawn at each bus. */
  private record Effect(double[] mw, double[] mvar) {}

  /**
   * Adds the cost.
   *
   * @param fixedMw drawn at every bus whatever is decided, likewise {@code fixedMvar}
   * @param active what decisions add to the active power drawn, likewise {@code reactive}
   */
  void addTo(
      ConvexProgram.Builder program,
      String name,
      double[] fixedMw,
      double[] fixedMvar,
      List<NominalDraw> active,
      List<NominalDraw> reactive) {
    Map<Variable, Effect> effects = new LinkedHashMap<>();
    active.forEach(draw -> add(draw, effect(effects, draw).mw()));
    reactive.forEach(draw -> add(draw, effect(effects, draw).mvar()));
    List<Variable> variables = new ArrayList<>(effects.keySet());
    List<Effect> columns = new ArrayList<>(effects.values());
    double[][] squares = new double[columns.size()][columns.size()];
    double[] slope = new double[columns.size()];
    double constant = 0;
    for (int l = 0; l < network.lines(); l++) {
      for (int c = 0; c < network.conductors(l); c++) {
        for (int part = 0; part < 2; part++) {
          double flow = flow(l, c, part, fixedMw, fixedMvar);
          double[] perUnit = perUnit(l, c, part, columns);
          constant += costPerSquare[l] * flow * flow;
          for (int i = 0; i < perUnit.length; i++) {
            slope[i] += 2 * costPerSquare[l] * flow * perUnit[i];
            for (int j = 0; j < perUnit.length; j++) {
              squares[i][j] += costPerSquare[l] * perUnit[i] * perUnit[j];
            }
          }
        }
      }
    }
    program.addConstant(constant);
    for (int i = 0; i < slope.length; i++) {
      program.addLinearCost(variables.get(i), slope[i]);
    }
    addSquares(program, name, variables, squares);
  }

  private Effect effect(Map<Variable, Effect> effects, NominalDraw draw) {
    return effects.computeIfAbsent(
        draw.variable(),
        any -> new Effect(new double[network.buses()], new double[network.buses()]));
  }

  private static void add(NominalDraw draw, double[] drawn) {
    for (int place : draw.places()) {
      drawn[place] += draw.perUnit() / draw.places().length;
    }
  }

  private double flow(int line, int conductor, int part, double[] mw, double[] mvar) {
    return part == 0
        ? network.firstMva(line, conductor, mw, mvar)
        : network.secondMva(line, conductor, mw, mvar);
  }

  private double[] perUnit(int line, int conductor, int part, List<Effect> columns) {
    double[] nothing = new double[network.buses()];
    double without = flow(line, conductor, part, nothing, nothing);
    return columns.stream()
        .mapToDouble(each -> flow(line, conductor, part, each.mw(), each.mvar()) - without)
        .toArray();
  }

  /** The form as a sum of squares, by a Cholesky factorisation with the largest pivot first. */
  private static void addSquares(
      ConvexProgram.Builder program, String name, List<Variable> variables, double[][] form) {
    int size = form.length;
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, form[i][i]);
    }
    for (int rank = 0; rank < size; rank++) {
      int pivot = 0;
      for (int i = 1; i < size; i++) {
        pivot = form[i][i] > form[pivot][pivot] ? i : pivot;
      }
      double top = form[pivot][pivot];
      if (top <= NEGLIGIBLE * largest) {
        return;
      }
      double[] combination = new double[size];
      for (int i = 0; i < size; i++) {
        combination[i] = form[i][pivot] / top;
      }
      String label = name + "[" + rank + "]";
      Variable sum = program.variable(label, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      Row row = program.row(label, 0, 0).add(sum, -1);
      for (int i = 0; i < size; i++) {
        if (combination[i] != 0) {
          row.add(variables.get(i), combination[i]);
        }
        for (int j = 0; j < size; j++) {
          form[i][j] -= top * combination[i] * combination[j];
        }
      }
      program.addQuadraticCost(sum, 2 * top);
    }
  }
}
