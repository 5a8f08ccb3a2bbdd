package ndoe.controller.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A convex program {@code min ½x'Px + q'x + c} subject to {@code l ≤ Ax ≤ u}, {@code lb ≤ x ≤ ub}.
 *
 * <p>Bounds may be infinite (anything beyond ±1e20 counts as infinite); equal bounds make an
 * equation or a fixed variable. The order of variables and rows is that of their creation.
 */
public final class ConvexProgram {
  private final Object owner;
  final List<Variable> variables;
  final List<Row> rows;

  /** Upper triangle of P. */
  final SparseMatrix quadratic;

  final SparseMatrix constraints;
  final double constant;
  private final ProgramNumbers numbers;

  private ConvexProgram(Builder builder) {
    owner = builder;
    variables = List.copyOf(builder.variables);
    rows = List.copyOf(builder.rows);
    int n = variables.size();
    quadratic = builder.quadratic.toMatrix(n, n);
    constraints = builder.entries.toMatrix(rows.size(), n);
    constant = builder.constant;
    numbers =
        new ProgramNumbers(
            this,
            builder.linear.toArray(),
            new Bounds(builder.lower.toArray(), builder.upper.toArray()),
            new Bounds(builder.rowLower.toArray(), builder.rowUpper.toArray()));
  }

  /** Returns the number of variables. */
  public int variableCount() {
    return variables.size();
  }

  /** Returns the number of rows, without the bounds of variables. */
  public int rowCount() {
    return rows.size();
  }

  /** Returns the number of coefficients in the rows. */
  public int entryCount() {
    return constraints.entryCount();
  }

  /** Returns a copy of the costs and bounds that a prepared program may change. */
  ProgramNumbers numbers() {
    return numbers.copy();
  }

  int indexOf(Variable variable) {
    checkOwner(owner, variable);
    return variable.index;
  }

  int indexOf(Row row) {
    if (row.owner != owner) {
      throw new IllegalArgumentException("Row " + row.name() + " belongs to another program");
    }
    return row.index;
  }

  private static void checkOwner(Object owner, Variable variable) {
    if (variable.owner != owner) {
      throw new IllegalArgumentException(
          "Variable " + variable.name() + " belongs to another program");
    }
  }

  /** Collects the variables, costs and rows of a program; usable until {@link #build()}. */
  public static final class Builder {
    private final List<Variable> variables = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final DoubleList lower = new DoubleList();
    private final DoubleList upper = new DoubleList();
    private final DoubleList linear = new DoubleList();
    private final DoubleList rowLower = new DoubleList();
    private final DoubleList rowUpper = new DoubleList();
    private final Triplets quadratic = new Triplets();
    private final Triplets entries = new Triplets();
    private double constant;
    private boolean built;

    /**
     * Adds a variable.
     *
     * @throws IllegalArgumentException if a bound is NaN or the bounds leave no value
     */
    public Variable variable(String name, double lowerBound, double upperBound) {
      checkOpen();
      Bounds.check("variable " + name, lowerBound, upperBound);
      Variable variable = new Variable(this, variables.size(), Objects.requireNonNull(name));
      variables.add(variable);
      lower.add(lowerBound);
      upper.add(upperBound);
      linear.add(0);
      return variable;
    }

    /**
     * Adds a row without entries; fill it with {@link Row#add}.
     *
     * @throws IllegalArgumentException if a bound is NaN or the bounds leave no value
     */
    public Row row(String name, double lowerBound, double upperBound) {
      checkOpen();
      Bounds.check("row " + name, lowerBound, upperBound);
      Row row = new Row(this, rows.size(), Objects.requireNonNull(name));
      rows.add(row);
      rowLower.add(lowerBound);
      rowUpper.add(upperBound);
      return row;
    }

    /** Adds {@code cost · variable} to the objective. */
    public Builder addLinearCost(Variable variable, double cost) {
      checkUse(variable, cost);
      linear.set(variable.index, linear.get(variable.index) + cost);
      return this;
    }

    /** Adds {@code ½ · q · variable²} to the objective. */
    public Builder addQuadraticCost(Variable variable, double q) {
      checkUse(variable, q);
      quadratic.add(variable.index, variable.index, q);
      return this;
    }

    /**
     * Adds {@code q · a · b} to the objective; for the same variable twice this is {@code q·a²}.
     */
    public Builder addQuadraticCost(Variable a, Variable b, double q) {
      checkUse(a, q);
      checkUse(b, q);
      int row = Math.min(a.index, b.index);
      int column = Math.max(a.index, b.index);
      quadratic.add(row, column, row == column ? 2 * q : q);
      return this;
    }

    /** Adds a constant to the objective. */
    public Builder addConstant(double value) {
      checkOpen();
      checkFinite(value, "constant");
      constant += value;
      return this;
    }

    /** Returns the program and closes this builder. */
    public ConvexProgram build() {
      checkOpen();
      built = true;
      return new ConvexProgram(this);
    }

    void addEntry(Row row, Variable variable, double coefficient) {
      checkUse(variable, coefficient);
      entries.add(row.index, variable.index, coefficient);
    }

    private void checkUse(Variable variable, double number) {
      checkOpen();
      checkOwner(this, variable);
      checkFinite(number, variable.name());
    }

    private void checkOpen() {
      if (built) {
        throw new IllegalStateException("The program is built and can't be changed any more");
      }
    }

    private static void checkFinite(double number, String what) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("Coefficient of " + what + " is not finite: " + number);
      }
    }
  }
}
