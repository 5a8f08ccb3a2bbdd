package ndoe.controller.program;

import java.util.ArrayList;
import java.util.List;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.convex.ConvexSolver.Algorithm;

/**
 * The independent oracle: ojAlgo's first-order method for quadratic, its simplex for linear costs.
 *
 * <p>The model is built anew for every solve. Duals are those of the program made linear at the
 * optimum, from a second model; an inaccurate optimum then shows as a gap.
 */
final class OjAlgoSolver implements ConvexSolver {

  @Override
  public PreparedProgram prepare(ConvexProgram program) {
    return new Prepared(program.numbers());
  }

  private static final class Prepared implements PreparedProgram {
    private final ProgramNumbers numbers;

    Prepared(ProgramNumbers numbers) {
      this.numbers = numbers;
    }

    @Override
    public void setLinearCost(Variable variable, double cost) {
      numbers.setLinearCost(variable, cost);
    }

    @Override
    public void setBounds(Variable variable, double lower, double upper) {
      numbers.setBounds(variable, lower, upper);
    }

    @Override
    public void setBounds(Row row, double lower, double upper) {
      numbers.setBounds(row, lower, upper);
    }

    @Override
    public Solution solve() {
      ExpressionsBasedModel model = primalModel();
      Optimisation.Result result = model.minimise();
      double[] x = values(result, numbers.linear.length);
      String failure = result.getState().isFeasible() ? "" : result.getState().name();
      Point point =
          failure.isEmpty()
              ? withDuals(x)
              : new Point(x, new double[numbers.program.rowCount()], new double[x.length]);
      return new Solution(numbers.program, failure, point, new SolutionCheck(numbers, point), 0);
    }

    @Override
    public Solution solveNear(Solution earlier, double accuracy) {
      earlier.checkStart(numbers.program, accuracy);
      return solve();
    }

    private ExpressionsBasedModel primalModel() {
      ExpressionsBasedModel model = new ExpressionsBasedModel();
      model.options.convex().algorithm(Algorithm.ADMM);
      List<org.ojalgo.optimisation.Variable> variables = new ArrayList<>();
      for (int j = 0; j < numbers.linear.length; j++) {
        org.ojalgo.optimisation.Variable variable = model.addVariable("x" + j);
        limit(variable, numbers.variables, j);
        variable.weight(numbers.linear[j]);
        variables.add(variable);
      }
      SparseMatrix p = numbers.program.quadratic;
      Expression curvature = p.entryCount() == 0 ? null : model.addExpression("P").weight(1.0);
      for (int j = 0; j < p.columnCount; j++) {
        for (int k = p.start[j]; k < p.start[j + 1]; k++) {
          double half = p.row[k] == j ? p.value[k] / 2 : p.value[k];
          curvature.add(variables.get(p.row[k]), variables.get(j), half);
        }
      }
      List<Expression> rows = new ArrayList<>();
      for (int i = 0; i < numbers.program.rowCount(); i++) {
        rows.add(model.addExpression("r" + i));
        limit(rows.get(i), numbers.rows, i);
      }
      SparseMatrix a = numbers.program.constraints;
      for (int j = 0; j < a.columnCount; j++) {
        for (int k = a.start[j]; k < a.start[j + 1]; k++) {
          rows.get(a.row[k]).add(variables.get(j), a.value[k]);
        }
      }
      return model;
    }

    private static void limit(
        org.ojalgo.optimisation.ModelEntity<?> entity, Bounds bounds, int index) {
      if (!Double.isInfinite(bounds.lower[index])) {
        entity.lower(bounds.lower[index]);
      }
      if (!Double.isInfinite(bounds.upper[index])) {
        entity.upper(bounds.upper[index]);
      }
    }

    /** Maximizes the bounds' part of the dual objective over prices that explain the gradient. */
    private Point withDuals(double[] x) {
      double[] gradient = numbers.linear.clone();
      numbers.program.quadratic.symmetricMultiplyAdd(1, x, gradient);
      ExpressionsBasedModel model = new ExpressionsBasedModel();
      List<Expression> stationarity = new ArrayList<>();
      for (int j = 0; j < x.length; j++) {
        stationarity.add(model.addExpression("s" + j).level(gradient[j]));
      }
      SparseMatrix a = numbers.program.constraints;
      List<List<org.ojalgo.optimisation.Variable>> rowPrices = new ArrayList<>();
      for (int i = 0; i < a.rowCount; i++) {
        rowPrices.add(prices(model, "y" + i, numbers.rows, i));
      }
      List<List<org.ojalgo.optimisation.Variable>> boundPrices = new ArrayList<>();
      for (int j = 0; j < x.length; j++) {
        boundPrices.add(prices(model, "z" + j, numbers.variables, j));
        enter(stationarity.get(j), boundPrices.get(j), 1);
        for (int k = a.start[j]; k < a.start[j + 1]; k++) {
          enter(stationarity.get(j), rowPrices.get(a.row[k]), a.value[k]);
        }
      }
      Optimisation.Result result = model.maximise();
      return new Point(x, net(model, result, rowPrices), net(model, result, boundPrices));
    }

    /** The price of the lower and of the upper bound, null where there is none. */
    private static List<org.ojalgo.optimisation.Variable> prices(
        ExpressionsBasedModel model, String name, Bounds bounds, int i) {
      List<org.ojalgo.optimisation.Variable> prices = new ArrayList<>();
      boolean below = !Double.isInfinite(bounds.lower[i]);
      boolean above = !Double.isInfinite(bounds.upper[i]);
      prices.add(below ? model.addVariable(name + "l").lower(0).weight(bounds.lower[i]) : null);
      prices.add(above ? model.addVariable(name + "u").lower(0).weight(-bounds.upper[i]) : null);
      return prices;
    }

    private static void enter(
        Expression expression, List<org.ojalgo.optimisation.Variable> prices, double factor) {
      if (prices.get(0) != null) {
        expression.add(prices.get(0), factor);
      }
      if (prices.get(1) != null) {
        expression.add(prices.get(1), -factor);
      }
    }

    private static double[] net(
        ExpressionsBasedModel model,
        Optimisation.Result result,
        List<List<org.ojalgo.optimisation.Variable>> prices) {
      double[] net = new double[prices.size()];
      for (int i = 0; i < net.length; i++) {
        for (int side = 0; side < 2; side++) {
          org.ojalgo.optimisation.Variable price = prices.get(i).get(side);
          if (price != null) {
            net[i] += (1 - 2 * side) * result.doubleValue(model.indexOf(price));
          }
        }
      }
      return net;
    }

    private static double[] values(Optimisation.Result result, int count) {
      double[] values = new double[count];
      for (int j = 0; j < count && j < result.size(); j++) {
        values[j] = result.doubleValue(j);
      }
      return values;
    }
  }
}
