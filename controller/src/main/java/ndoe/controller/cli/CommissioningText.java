package ndoe.controller.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.controller.loop.CommissioningSession;
import ndoe.devices.PriorControl;
import ndoe.devices.commissioning.CommissioningStep;

/** What a commissioning found, for the terminal and as a report. */
final class CommissioningText {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final CommissioningSession session;
  private final Optional<PriorControl> prior;
  private final String by;
  private final Clock clock;

  /** How it ended. */
  enum Result {
    /** The device did everything that was asked, and something was really tried. */
    PASSED,
    /** Nothing was asked that the device would not have done anyway. */
    INCONCLUSIVE,
    /** The device did not do what it was asked. */
    FAILED,
    /** Ended early by the user. */
    STOPPED
  }

  CommissioningText(
      CommissioningSession session, Optional<PriorControl> prior, String by, Clock clock) {
    this.session = session;
    this.prior = prior;
    this.by = by;
    this.clock = clock;
  }

  static Result result(List<CommissioningStep> steps, boolean stopped) {
    if (stopped) {
      return Result.STOPPED;
    }
    if (steps.isEmpty() || steps.stream().anyMatch(step -> !step.passed())) {
      return Result.FAILED;
    }
    return steps.stream().anyMatch(CommissioningStep::exercised)
        ? Result.PASSED
        : Result.INCONCLUSIVE;
  }

  List<String> introduction() {
    return List.of(
        "device     %s of %s, %s"
            .formatted(
                session.spec().id(),
                session.spec().owner(),
                session.spec().role().name().toLowerCase(Locale.ROOT)),
        "connection " + session.spec().connection(),
        "identity   " + session.identity(),
        "power      kW of the scenario; 1 kW of the device is " + number(session.spec().scale()),
        "default    " + number(session.spec().reversionKw()) + " kW, where it is left",
        "found at   "
            + prior
                .filter(PriorControl::enabled)
                .map(told -> "a control of " + number(told.valueKw()) + " kW")
                .orElse("no control"));
  }

  String line(CommissioningStep step) {
    return "%-10s %10s kW  read back %10s  measured %10s  %8s  %s"
        .formatted(
            step.purpose(),
            number(step.askedKw()),
            number(step.appliedKw()),
            number(step.measuredKw()),
            response(step),
            step.remark())
        .stripTrailing();
  }

  /** A page in Markdown, signed; its last line tells whether the rest was changed since. */
  String report(List<CommissioningStep> steps, Result result) {
    List<String> lines = new ArrayList<>();
    lines.add("# Commissioning of " + session.spec().id());
    lines.add("");
    introduction().forEach(line -> lines.add("- " + line));
    lines.add("");
    lines.add("| step | asked, kW | read back, kW | measured, kW | response | remark |");
    lines.add("|---|---|---|---|---|---|");
    for (CommissioningStep step : steps) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  step.purpose(),
                  number(step.askedKw()),
                  number(step.appliedKw()),
                  number(step.measuredKw()),
                  response(step),
                  step.remark().replace('|', '/').replace('\n', ' ')));
    }
    lines.add("");
    lines.add("Result: **" + result + "**");
    lines.add("");
    lines.add(
        "Signed off by %s at %s with ndoe %s.".formatted(by, clock.instant(), Ndoe.version()));
    String body = String.join("\n", lines) + "\n";
    return body
        + "\nSHA-256 of everything above this line and its empty line: "
        + hash(body)
        + "\n";
  }

  private static String response(CommissioningStep step) {
    return step.response()
        .map(time -> String.format(Locale.ROOT, "%.2f s", time.toMillis() / MILLIS_PER_SECOND))
        .orElse("FAILED");
  }

  private static String number(OptionalDouble kw) {
    return kw.isPresent() ? number(kw.getAsDouble()) : "-";
  }

  private static String number(double kw) {
    return String.format(Locale.ROOT, "%.3f", kw);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
