package ndoe.controller.program;

/** A linear constraint of one {@link ConvexProgram}, a key to its dual in a {@link Solution}. */
public final class Row {
  final ConvexProgram.Builder owner;
  final int index;
  private final String name;

  Row(ConvexProgram.Builder owner, int index, String name) {
    this.owner = owner;
    this.index = index;
    this.name = name;
  }

  /**
   * Adds {@code coefficient · variable}; repeated entries of one variable are summed.
   *
   * @throws IllegalStateException once the program is built
   * @throws IllegalArgumentException if the coefficient is not finite or the variable belongs to
   *     another program
   */
  public Row add(Variable variable, double coefficient) {
    owner.addEntry(this, variable, coefficient);
    return this;
  }

  /** Returns the name given at creation, used in messages only. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
