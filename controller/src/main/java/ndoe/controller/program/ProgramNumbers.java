package ndoe.controller.program;

/** The numbers of a program that may change while its structure stays. */
final class ProgramNumbers {
  final ConvexProgram program;
  final double[] linear;
  final Bounds variables;
  final Bounds rows;

  ProgramNumbers(ConvexProgram program, double[] linear, Bounds variables, Bounds rows) {
    this.program = program;
    this.linear = linear;
    this.variables = variables;
    this.rows = rows;
  }

  ProgramNumbers copy() {
    return new ProgramNumbers(program, linear.clone(), variables.copy(), rows.copy());
  }

  void setLinearCost(Variable variable, double cost) {
    if (!Double.isFinite(cost)) {
      throw new IllegalArgumentException("Cost of " + variable.name() + " is not finite: " + cost);
    }
    linear[program.indexOf(variable)] = cost;
  }

  void setBounds(Variable variable, double lower, double upper) {
    Bounds.check("variable " + variable.name(), lower, upper);
    variables.set(program.indexOf(variable), lower, upper);
  }

  void setBounds(Row row, double lower, double upper) {
    Bounds.check("row " + row.name(), lower, upper);
    rows.set(program.indexOf(row), lower, upper);
  }
}
