package ndoe.controller.cli;

import java.util.OptionalLong;
import ndoe.controller.certificate.Options;
import ndoe.cosim.validation.Scrutiny;
import ndoe.cosim.validation.Scrutiny.Outages;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the judge is to try. */
final class ScrutinyOptions {
  @Option(
      names = "--random-points",
      paramLabel = "N",
      defaultValue = "200",
      description = "Random points tried per interval. Default: ${DEFAULT-VALUE}.")
  private int randomPoints;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random; the scenario's if absent.")
  private Long seed;

  @Option(
      names = "--search-starts",
      paramLabel = "N",
      defaultValue = "" + Scrutiny.DEFAULT_SEARCH_STARTS,
      description =
          "Random vertices of the envelopes the worst-case search starts from, besides the"
              + " corners; 0 leaves it out. Default: ${DEFAULT-VALUE}.")
  private int searchStarts;

  @Option(
      names = "--reactive-freedom",
      paramLabel = "TANPHI",
      defaultValue = "0",
      description =
          "How far each inverter's reactive power may be from what its power factor says, kvar per"
              + " kW drawn or fed in. Default: ${DEFAULT-VALUE}.")
  private double reactiveFreedom;

  @Option(
      names = "--forecast-draws",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Errors of the passive load's forecast drawn per interval from each of four"
              + " distributions, tried at both corners and the plan. Default: ${DEFAULT-VALUE}.")
  private int forecastDraws;

  @Option(
      names = "--asset-outages",
      description = "Try both corners with each of the operator's own assets lost, and report.")
  private boolean assetOutages;

  @Option(
      names = "--refuse-on-asset-outage",
      description = "Likewise, and refuse the certificate when a limit breaks.")
  private boolean refuseOnAssetOutage;

  /**
   * As the user gave them.
   *
   * @throws ParameterException if one is out of its range
   */
  Options checked(CommandLine command) {
    atLeastZero(command, "--random-points", randomPoints);
    atLeastZero(command, "--search-starts", searchStarts);
    atLeastZero(command, "--reactive-freedom", reactiveFreedom);
    atLeastZero(command, "--forecast-draws", forecastDraws);
    return new Options(
        randomPoints,
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        searchStarts,
        reactiveFreedom,
        forecastDraws,
        outages());
  }

  private Outages outages() {
    if (refuseOnAssetOutage) {
      return Outages.REFUSED;
    }
    return assetOutages ? Outages.REPORTED : Outages.IGNORED;
  }

  private static void atLeastZero(CommandLine command, String option, Number value) {
    double number = value.doubleValue();
    if (!(number >= 0 && Double.isFinite(number))) {
      throw new ParameterException(command, option + " must be at least 0: " + value);
    }
  }
}
