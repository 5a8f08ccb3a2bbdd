package ndoe.feeders;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one of the operator’s own assets does over the horizon; injection is positive.
 *
 * @param activePowerKw injection per interval, kW
 * @param reactivePowerKvar injection per interval, kvar
 */
public record AssetSchedule(
    String asset, BusId bus, Profile activePowerKw, Profile reactivePowerKvar) {

  /** All of the operator’s assets doing nothing. */
  public static List<AssetSchedule> idle(OperatorData operator, int intervals) {
    Profile nothing = Profile.constant(0, intervals);
    return Stream.concat(
            operator.staticVarCompensators().stream()
                .map(svc -> new AssetSchedule(svc.id(), svc.bus(), nothing, nothing)),
            operator.batteries().stream()
                .map(battery -> new AssetSchedule(battery.id(), battery.bus(), nothing, nothing)))
        .toList();
  }
}
