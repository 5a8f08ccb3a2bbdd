package ndoe.controller.rehearsal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ndoe.controller.journal.CommandRow;
import ndoe.controller.journal.CommittedCommands;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.AnsweredCommand;

/**
 * What became of the setpoints of a run: the commands its journal committed against those its
 * devices saw. A command that could not be delivered and was reported as such is not lost, as long
 * as its device is given a setpoint again.
 *
 * @param committed commands in the journal
 * @param confirmed of those, applied and read back
 * @param undelivered of those, reported to the controller as rejected or not confirmed
 * @param applied commands that devices let through, the guard’s own among them
 * @param refused commands that devices did not let through, such as a late or a repeated one
 * @param lost commands without an answer, confirmed ones that their device never saw or saw with
 *     another value, and devices whose last setpoint is in doubt; 0 is right
 * @param duplicated commands that a device acted on more than once; 0 is right
 * @param reordered commands that a device acted on after a later one; 0 is right
 */
record CommandTrace(
    int committed,
    int confirmed,
    int undelivered,
    int applied,
    int refused,
    int lost,
    int duplicated,
    int reordered) {
  private static final double ROUNDING_KW = 1e-6;

  /**
   * Compares.
   *
   * @param seen by the devices, each device’s in the order it saw them
   */
  static CommandTrace of(CommittedCommands journal, List<AnsweredCommand> seen) {
    Set<DeviceId> devices = new LinkedHashSet<>();
    journal.commands().forEach(row -> devices.add(row.device()));
    journal.receipts().forEach(row -> devices.add(row.device()));
    seen.forEach(each -> devices.add(each.device()));
    List<CommandTrace> traces = new ArrayList<>();
    for (DeviceId device : devices) {
      traces.add(
          ofDevice(
              journal.commands().stream().filter(row -> row.device().equals(device)).toList(),
              journal.receipts().stream().filter(row -> row.device().equals(device)).toList(),
              seen.stream().filter(each -> each.device().equals(device)).toList()));
    }
    return traces.stream().reduce(new CommandTrace(0, 0, 0, 0, 0, 0, 0, 0), CommandTrace::plus);
  }

  private static CommandTrace ofDevice(
      List<CommandRow> commands, List<SetpointRow> receipts, List<AnsweredCommand> seen) {
    List<AnsweredCommand> acted = seen.stream().filter(c -> c.command().isPresent()).toList();
    List<SetpointRow> confirmed = receipts.stream().filter(CommandTrace::isConfirmed).toList();
    Map<Instant, Integer> places = new HashMap<>();
    for (int i = 0; i < acted.size(); i++) {
      places.put(acted.get(i).ack().verifiedAt().orElse(Instant.MIN), i);
    }
    int lost = unanswered(commands, receipts);
    int reordered = outOfSequence(acted);
    int last = -1;
    for (SetpointRow row : confirmed) {
      Integer place = places.get(row.at());
      if (place == null || !holds(acted.get(place), row)) {
        lost++;
      } else {
        reordered += place <= last ? 1 : 0;
        last = Math.max(last, place);
      }
    }
    boolean doubt = !receipts.isEmpty() && !isConfirmed(receipts.get(receipts.size() - 1));
    return new CommandTrace(
        commands.size(),
        confirmed.size(),
        receipts.size() - confirmed.size(),
        acted.size(),
        seen.size() - acted.size(),
        lost + (doubt ? 1 : 0),
        repeated(acted),
        reordered);
  }

  private static boolean isConfirmed(SetpointRow row) {
    return row.result() == Result.APPLIED || row.result() == Result.LIMITED;
  }

  /** Commands and receipts come in pairs of one value, in one order. */
  private static int unanswered(List<CommandRow> commands, List<SetpointRow> receipts) {
    int unanswered = Math.abs(commands.size() - receipts.size());
    for (int i = 0; i < Math.min(commands.size(), receipts.size()); i++) {
      unanswered += commands.get(i).askedKw() == receipts.get(i).askedKw() ? 0 : 1;
    }
    return unanswered;
  }

  private static boolean holds(AnsweredCommand seen, SetpointRow row) {
    double watts = seen.ack().generationLimitW().orElse(seen.ack().powerW().orElse(Double.NaN));
    return Math.abs(watts / 1000 - row.appliedKw().orElse(Double.NaN)) <= ROUNDING_KW;
  }

  private static int repeated(List<AnsweredCommand> acted) {
    Set<String> ids = new HashSet<>();
    return (int) acted.stream().filter(c -> !ids.add(c.command().orElseThrow().id())).count();
  }

  private static int outOfSequence(List<AnsweredCommand> acted) {
    Map<String, Long> last = new HashMap<>();
    int count = 0;
    for (AnsweredCommand each : acted) {
      long seq = each.command().orElseThrow().seq();
      String epoch = each.command().orElseThrow().epoch();
      long before = last.getOrDefault(epoch, -1L);
      count += seq < before ? 1 : 0;
      last.put(epoch, Math.max(before, seq));
    }
    return count;
  }

  private CommandTrace plus(CommandTrace other) {
    return new CommandTrace(
        committed + other.committed,
        confirmed + other.confirmed,
        undelivered + other.undelivered,
        applied + other.applied,
        refused + other.refused,
        lost + other.lost,
        duplicated + other.duplicated,
        reordered + other.reordered);
  }

  boolean isClean() {
    return lost == 0 && duplicated == 0 && reordered == 0;
  }
}
