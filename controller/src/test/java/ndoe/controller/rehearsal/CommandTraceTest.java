package ndoe.controller.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import ndoe.controller.journal.CommandRow;
import ndoe.controller.journal.CommittedCommands;
import ndoe.controller.journal.SetpointRow;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.emulator.AnsweredCommand;
import ndoe.devices.mqtt.ControlAck;
import ndoe.devices.mqtt.ControlCommand;
import ndoe.devices.mqtt.ControlCommand.Ask;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;

class CommandTraceTest {
  private static final DeviceId PV = new DeviceId("pv");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<CommandRow> commands = new ArrayList<>();
  private final List<SetpointRow> receipts = new ArrayList<>();
  private final List<AnsweredCommand> seen = new ArrayList<>();

  private CommandTrace trace() {
    return CommandTrace.of(new CommittedCommands(commands, receipts), seen);
  }

  @Test
  void findsNothingWrongWhenEveryCommandArrivesOnceAndInOrder() {
    for (int i = 0; i < 3; i++) {
      committed(i);
      confirmed(i);
      seen(i);
    }
    assertEquals(new CommandTrace(3, 3, 0, 3, 0, 0, 0, 0), trace());
  }

  @Test
  void countsARenewalByTheGuardAsNoCommandOfTheJournal() {
    committed(0);
    confirmed(0);
    seen(0);
    seen(1);
    assertTrue(trace().isClean());
  }

  @Test
  void countsAConfirmedCommandThatItsDeviceNeverSawAsLost() {
    committed(0);
    confirmed(0);
    assertEquals(1, trace().lost());
  }

  @Test
  void countsAConfirmedCommandThatItsDeviceSawWithAnotherValueAsLost() {
    committed(0);
    confirmed(0);
    seen.add(answered(0, 0, 99));
    assertEquals(1, trace().lost());
  }

  @Test
  void countsACommandWithoutAnyAnswerAsLost() {
    committed(0);
    committed(1);
    confirmed(0);
    seen(0);
    assertEquals(1, trace().lost());
  }

  @Test
  void doesNotCountAnUndeliveredCommandAsLostOnceItsDeviceIsGivenOneAgain() {
    committed(0);
    unconfirmed(0);
    assertEquals(1, trace().lost());
    committed(1);
    confirmed(1);
    seen(1);
    assertEquals(0, trace().lost());
    assertEquals(1, trace().undelivered());
  }

  @Test
  void countsACommandThatADeviceActedOnTwiceAsDuplicated() {
    committed(0);
    confirmed(0);
    seen(0);
    seen.add(answered(0, 5, 0));
    assertEquals(1, trace().duplicated());
  }

  @Test
  void countsACommandThatADeviceActedOnAfterALaterOneAsReordered() {
    for (int i = 0; i < 2; i++) {
      committed(i);
      confirmed(i);
    }
    seen(1);
    seen(0);
    assertTrue(trace().reordered() > 0);
  }

  private void committed(int number) {
    commands.add(
        new CommandRow(new ProsumerId("P18"), PV, "pv", "active_power_limit", number, at(number)));
  }

  private void confirmed(int number) {
    receipt(new DispatchReceipt.Applied(PV, number, number, at(number)));
  }

  private void unconfirmed(int number) {
    receipt(new DispatchReceipt.Unconfirmed(PV, number, "no link"));
  }

  private void receipt(DispatchReceipt receipt) {
    receipts.add(
        SetpointRow.of(
            LocalDateTime.parse("2026-01-01T00:00"),
            new ProsumerId("P18"),
            "pv",
            "active_power_limit",
            receipt,
            START));
  }

  private void seen(int number) {
    seen.add(answered(number, number, number));
  }

  private static AnsweredCommand answered(int number, int second, double kw) {
    ControlCommand command =
        new ControlCommand(
            "command-" + number,
            "epoch",
            number,
            START,
            Duration.ofSeconds(6),
            Duration.ofSeconds(6),
            new Ask.Watts(1000 * kw),
            new Ask.Unchanged());
    ControlAck ack =
        new ControlAck(
            Optional.of(command.id()),
            OptionalLong.of(number),
            at(second),
            ControlAck.Status.APPLIED,
            Optional.empty(),
            OptionalDouble.of(1000 * kw),
            OptionalDouble.empty(),
            Optional.of(at(second)));
    return new AnsweredCommand(PV, Optional.of(command), ack);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
