package ndoe.feeders;

import java.util.function.UnaryOperator;

/**
 * A load nobody controls, over the horizon.
 *
 * @param activePowerKw consumption per interval, kW
 * @param reactivePowerKvar consumption per interval, kvar
 */
public record PassiveLoad(
    String name, BusId bus, Profile activePowerKw, Profile reactivePowerKvar) {

  /** The same load with other profiles. */
  PassiveLoad mapProfiles(UnaryOperator<Profile> change) {
    return new PassiveLoad(name, bus, change.apply(activePowerKw), change.apply(reactivePowerKvar));
  }
}
