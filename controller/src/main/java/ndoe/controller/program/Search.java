package ndoe.controller.program;

/** The steps from one start, and the best point among those that were looked at. */
final class Search {
  /** Below so many times the accuracy, in scaled units, the measured quality is looked at. */
  private static final double WORTH_CHECKING = 100;

  private static final int FIRST_CERTIFICATE = 10;
  private static final int BETWEEN_CERTIFICATES = 5;

  private final ProgramNumbers numbers;
  private final ScaledProgram scaled;
  private final InteriorPoint iterate;
  private final double accuracy;
  private Point best;
  private SolutionCheck check;
  private String failure = "";
  private boolean stuck;
  private int iterations;

  Search(ProgramNumbers numbers, ScaledProgram scaled, InteriorPoint iterate, double accuracy) {
    this.numbers = numbers;
    this.scaled = scaled;
    this.iterate = iterate;
    this.accuracy = accuracy;
  }

  /** Looks at the present point if its error, in scaled units, is small. */
  void lookIfWorth(double error) {
    if (error < WORTH_CHECKING * accuracy) {
      look();
    }
  }

  boolean reached() {
    return check != null && check.worst() <= accuracy;
  }

  int iterations() {
    return iterations;
  }

  /** Steps until the accuracy is reached, no solution exists, or steps get short or many. */
  void run(int mostIterations, double shortStep, int mostShortSteps) {
    int shortSteps = 0;
    while (!reached() && failure.isEmpty() && !stuck && iterations < mostIterations) {
      double length = iterate.advance();
      iterations++;
      double error = iterate.error();
      if (Double.isNaN(error)) {
        break;
      }
      shortSteps = length < shortStep ? shortSteps + 1 : 0;
      stuck = shortSteps == mostShortSteps;
      boolean seekProof = iterations >= FIRST_CERTIFICATE && iterations % BETWEEN_CERTIFICATES == 0;
      if (seekProof) {
        Point point = look();
        failure = check.usable() ? "" : Certificate.find(numbers, point);
      } else {
        lookIfWorth(error);
      }
    }
  }

  /** Returns what was found, with the iterations of an earlier search counted in. */
  Solution solution(int iterationsBefore) {
    if (failure.isEmpty() && !check.usable()) {
      failure = stuck ? "no progress" : "not solved";
    }
    return new Solution(numbers.program, failure, best, check, iterationsBefore + iterations);
  }

  /** Measures the present point, keeps it if it is the best, and returns it. */
  Point look() {
    Point point = scaled.unscale(iterate.x, iterate.price);
    SolutionCheck next = new SolutionCheck(numbers, point);
    if (check == null || next.worst() < check.worst()) {
      best = point;
      check = next;
    }
    return point;
  }
}
