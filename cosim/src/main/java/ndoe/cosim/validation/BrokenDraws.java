package ndoe.cosim.validation;

/** How many draws of forecast errors broke a limit at one operating point of one interval. */
final class BrokenDraws {
  private final int[] ofLimit;
  private int draws;

  BrokenDraws(int limits) {
    ofLimit = new int[limits];
  }

  /** Counts one draw that broke something. */
  void addDraw() {
    draws++;
  }

  /** Counts one limit that it broke. */
  void addLimit(int limit) {
    ofLimit[limit]++;
  }

  int draws() {
    return draws;
  }

  /** The limit broken most often, or −1. */
  int mostBroken() {
    int most = -1;
    for (int limit = 0; limit < ofLimit.length; limit++) {
      if (ofLimit[limit] > (most < 0 ? 0 : ofLimit[most])) {
        most = limit;
      }
    }
    return most;
  }
}
