package ndoe.controller.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.ProsumerId;

/**
 * Where a run with an agreement goes on.
 *
 * @param nextInterval the first that is not complete; the number of intervals when only the end is
 *     missing
 * @param certified whether the agreement may come into force
 * @param samples what each prosumer decided on
 * @param samplesFrom interval the samples begin with
 * @param trades that are planned; firm only when their interval begins
 * @param prices that go with them
 * @param renewalStarts negotiations begun while the run went on, in their order
 * @param renewalsDone how many of them ended, whatever came of them
 * @param sites where each prosumer’s controller stood; empty before the first interval
 * @param plants where each emulated device stood; empty before the first interval
 * @param netImportKw of every completed interval and prosumer, as the feeder’s twin was told, kW
 * @param violations found at measured states
 * @param setpointsInDoubt that a device rejected or did not confirm
 * @param missedSteps intervals that passed without a step
 */
public record ResumePoint(
    int nextInterval,
    boolean certified,
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    Map<ProsumerId, List<SampleTrajectory>> samples,
    int samplesFrom,
    List<TradeRow> trades,
    List<PriceRow> prices,
    List<RenewalStartRow> renewalStarts,
    int renewalsDone,
    List<SiteStateRow> sites,
    List<PlantStateRow> plants,
    SortedMap<Integer, Map<ProsumerId, Double>> netImportKw,
    int violations,
    int setpointsInDoubt,
    int missedSteps) {
  public ResumePoint {
    assets = List.copyOf(assets);
    samples = Collections.unmodifiableMap(new LinkedHashMap<>(samples));
    trades = List.copyOf(trades);
    prices = List.copyOf(prices);
    renewalStarts = List.copyOf(renewalStarts);
    sites = List.copyOf(sites);
    plants = List.copyOf(plants);
    netImportKw = Collections.unmodifiableSortedMap(new TreeMap<>(netImportKw));
  }
}
