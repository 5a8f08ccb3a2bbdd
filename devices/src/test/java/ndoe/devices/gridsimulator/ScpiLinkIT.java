package ndoe.devices.gridsimulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.gridsimulator.ScpiEmulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScpiLinkIT {
  private static final Duration DEADLINE = Duration.ofMillis(200);

  private final ScpiEmulator emulator =
      ScpiEmulator.start(
          ScpiProfileFile.find("ametek-mx"), 230, HardwareModel.constantPower(1, 0), Duration.ZERO);
  private final ScpiLink link = new ScpiLink(emulator.address(), DEADLINE);

  @AfterEach
  void end() {
    link.close();
    emulator.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "LATE", "DROPPING", "ENDLESS_ANSWER"})
  void answersOfADisturbedInstrumentAreNeverTakenForLaterOnes(Fault fault) {
    assertEquals("0", link.ask("outp?"));
    emulator.setFault(fault);
    long start = System.nanoTime();
    assertThrows(DeviceLinkException.class, () -> link.ask("freq?"));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis < DEADLINE.toMillis() + 300, millis + " ms");
    assertFalse(link.isConnected());
    emulator.setFault(Fault.NONE);
    assertEquals("0", link.ask("outp?"));
    assertEquals(2, link.connections());
    assertEquals(1, Collections.frequency(emulator.received(), "freq?"), "sent once");
  }

  @ParameterizedTest
  @EnumSource(names = {"TWO_ANSWERS"})
  void asecondAnswerClosesTheConnectionAtTheLatestBeforeTheNextQuery(Fault fault) {
    emulator.setFault(fault);
    assertThrows(
        DeviceLinkException.class,
        () -> {
          link.ask("outp?");
          link.ask("freq?");
        });
    assertFalse(link.isConnected());
  }

  @Test
  void namesWhereNobodyListens() {
    emulator.close();
    String message = assertThrows(DeviceLinkException.class, () -> link.ask("outp?")).getMessage();
    assertTrue(message.contains(":" + emulator.address().port()), message);
  }

  @Test
  void exchangesTakeNoDelayedAcknowledgement() {
    link.ask("outp?");
    long start = System.nanoTime();
    for (int n = 0; n < 50; n++) {
      link.tell("freq 50.00");
      assertEquals("0,\"No error\"", link.ask("SYSTem:ERRor?"));
    }
    double millisEach = (System.nanoTime() - start) / 50e6;
    assertTrue(millisEach < 20, millisEach + " ms each");
  }

  @Test
  void refusesToSendMoreThanALine() {
    assertThrows(IllegalArgumentException.class, () -> link.tell("outp on\noutp off"));
    assertEquals(0, emulator.received().size());
  }
}
