package ndoe.cosim.validation;

import java.util.Optional;
import ndoe.feeders.EnvelopePlanFile;

/**
 * The smallest uniform shrink of the envelopes that the judge certifies.
 *
 * @param factor what every limit was multiplied with, at most {@link #PRECISION} below one that was
 *     refused; 1 when there was nothing to repair
 * @param securityCase the case with the repaired envelopes, in whole watts as a file holds them
 * @param examination the judge’s answer to it, a certificate
 * @param binding the worst violation at the smallest factor refused; empty when factor is 1
 */
public record Repair(
    double factor,
    SecurityCase securityCase,
    Examination examination,
    Optional<Violation> binding) {

  /** How close to the largest secure factor it comes. */
  public static final double PRECISION = 0.001;

  /** Hears what was tried. */
  @FunctionalInterface
  public interface Progress {
    void tried(double factor, boolean certified);
  }

  /**
   * Looks for it by halving, each factor under the whole scrutiny, and has the judge look once more
   * at what a file would hold.
   *
   * @return empty when even envelopes of size 0 are refused
   */
  public static Optional<Repair> of(
      AcValidator judge, SecurityCase broken, Scrutiny scrutiny, Progress progress) {
    Search search = new Search(judge, broken, scrutiny, progress);
    Optional<Violation> atOne = search.refusal(1);
    if (atOne.isEmpty()) {
      return search.confirmed(1, Optional.empty());
    }
    if (search.refusal(0).isPresent()) {
      return Optional.empty();
    }
    double secure = 0;
    double refused = 1;
    Optional<Violation> binding = atOne;
    while (refused - secure > PRECISION) {
      double tried = (secure + refused) / 2;
      Optional<Violation> refusal = search.refusal(tried);
      if (refusal.isEmpty()) {
        secure = tried;
      } else {
        refused = tried;
        binding = refusal;
      }
    }
    return search.confirmed(secure, binding);
  }

  private record Search(
      AcValidator judge, SecurityCase broken, Scrutiny scrutiny, Progress progress) {

    /** The worst violation at a factor, if there is one. */
    Optional<Violation> refusal(double factor) {
      Verdict verdict = judge.validate(broken.times(factor), scrutiny);
      progress.tried(factor, verdict instanceof Verdict.Certificate);
      return verdict instanceof Verdict.Violated violated
          ? Optional.of(violated.violations().get(0))
          : Optional.empty();
    }

    /** Cutting limits to whole watts moves every random point a little: look again. */
    Optional<Repair> confirmed(double factor, Optional<Violation> binding) {
      for (double tried = factor; tried >= 0; tried -= PRECISION / 2) {
        SecurityCase written =
            broken.with(EnvelopePlanFile.asWritten(broken.envelopes().times(tried)));
        Examination examination = judge.examine(written, scrutiny, AcValidator.Progress.SILENT);
        if (examination.certified()) {
          return Optional.of(new Repair(tried, written, examination, binding));
        }
      }
      return Optional.empty();
    }
  }
}
