package ndoe.controller.web;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.journal.EventRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RecordListener;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.loop.Equipment;
import ndoe.controller.loop.RunListener;
import ndoe.controller.message.Request;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Verdict;
import ndoe.devices.Device;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.Role.Nature;
import ndoe.feeders.Feeder;

/** Puts on the page what a run does. */
final class HeardRun implements RunListener {
  private final PageDesk desk;
  private final RoundBook book;
  private final Feeder feeder;
  private final GridPicture.Order order;
  private final RunControls controls;
  private final HeardNegotiation first;
  private final RunSubject subject;
  private Path folder;

  HeardRun(PageDesk desk, RoundBook book, RunSubject subject, Feeder feeder, RunControls controls) {
    this.desk = desk;
    this.subject = subject;
    this.book = book;
    this.feeder = feeder;
    this.order = GridPicture.Order.of(subject);
    this.controls = controls;
    this.first = new HeardNegotiation(desk, book);
  }

  /** Hears from a folder what devices there are, and what else it keeps. */
  void attach(RunFolder folder) {
    folder.listen(
        new RecordListener() {
          @Override
          public void devices(List<DeviceRow> rows) {
            desk.tell(state -> state.devices(rows, Map.of()));
          }

          @Override
          public void event(EventRow row) {
            desk.tell(state -> controls.tell());
          }
        });
    folder.listen(new HeardRecord(desk));
  }

  @Override
  public void folder(Path path) {
    folder = path;
    phase("negotiates", "the parties negotiate");
  }

  private void phase(String name, String text) {
    desk.tell(state -> state.phase(name, text));
  }

  @Override
  public void requested(int round, List<Request> requests) {
    first.requested(round, requests);
  }

  @Override
  public void priced(int round, Supplier<List<EnvelopePrices>> prices) {
    first.priced(round, prices);
  }

  @Override
  public void round(Round round) {
    first.round(round);
  }

  @Override
  public void offered(int round, OperatorDecision decision) {
    first.offered(round, decision);
  }

  @Override
  public void singleSweep(int round) {
    first.singleSweep(round);
  }

  @Override
  public void shrinkTried(double factor, boolean certified) {
    first.shrinkTried(factor, certified);
  }

  @Override
  public NegotiationListener meanwhile() {
    return new HeardNegotiation(desk, book);
  }

  @Override
  public void agreed(Agreement agreement) {
    phase("judges", "agreed after %d rounds".formatted(agreement.effort().rounds()));
  }

  @Override
  public void judged(Verdict verdict) {
    if (verdict instanceof Verdict.Certificate certificate) {
      phase(
          "certified",
          String.format(
              Locale.ROOT,
              "%d operating points, %.4f to %.4f pu",
              certificate.pointsTried(),
              certificate.lowestVoltagePu(),
              certificate.highestVoltagePu()));
    } else {
      phase("refused", "not certified: nothing is dispatched");
    }
  }

  @Override
  public void equipped(Equipment equipment) {
    Map<String, PageState.Fallback> fallbacks = new HashMap<>();
    Map<String, DeviceSpec> specs = new HashMap<>();
    equipment.devices().specs().forEach(spec -> specs.put(spec.id().value(), spec));
    for (Device device : equipment.devices().devices()) {
      DeviceSpec spec = specs.get(device.id().value());
      if (spec.role().nature() != Nature.METER) {
        fallbacks.put(
            device.id().value(),
            new PageState.Fallback(
                device.revertsToValue(), spec.reversionKw(), equipment.reversion().toSeconds()));
      }
    }
    desk.tell(state -> state.fallbacks(fallbacks));
    controls.equipped(equipment);
    phase("runs", "");
  }

  @Override
  public void resumed(int interval) {
    FollowedRun.putOn(desk, subject, folder);
    phase("runs", "resumed");
  }

  @Override
  public void renewed(RenewalRow row) {
    desk.tell(state -> state.renewed(row));
  }

  @Override
  public void missed(int interval, int steps) {
    desk.tell(
        state ->
            state.event(desk.now(), "warning", "", steps + " intervals passed without a step"));
  }

  @Override
  public void read(int interval, List<MeasurementRow> rows) {
    desk.tell(state -> state.measurements(rows));
  }

  @Override
  public void observed(int interval, GridState state) {
    GridPicture picture = GridPicture.of(interval, state, feeder, order);
    desk.tell(page -> page.grid(picture));
  }

  @Override
  public void step(int interval, int ofIntervals, double lowestVoltagePu, double highestVoltagePu) {
    desk.tell(state -> state.stepDone(interval, ofIntervals));
  }
}
