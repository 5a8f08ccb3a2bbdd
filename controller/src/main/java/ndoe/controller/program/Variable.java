package ndoe.controller.program;

/** A decision variable of one {@link ConvexProgram}, a key to its value in a {@link Solution}. */
public final class Variable {
  final Object owner;
  final int index;
  private final String name;

  Variable(Object owner, int index, String name) {
    this.owner = owner;
    this.index = index;
    this.name = name;
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
