package ndoe.cosim.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import ndoe.cosim.benchmark.FloorProgram.Printed;
import ndoe.cosim.powerflow.PowerFlowException;
import org.junit.jupiter.api.Test;

final class FloorProgramTest {
  @Test
  void readsChecksumAndTimes() {
    Printed printed =
        FloorProgram.read(List.of("checksum 242865831.79906985", "time 45.5", "time 44.25"));

    assertEquals(242865831.79906985, printed.checksum());
    assertEquals(44.25, printed.times().bestMicroseconds());
    assertEquals(44.875, printed.times().medianMicroseconds());
  }

  @Test
  void refusesWhatItDoesNotKnowWithItsText() {
    PowerFlowException strange =
        assertThrows(PowerFlowException.class, () -> FloorProgram.read(List.of("floor: no")));
    PowerFlowException nothing =
        assertThrows(PowerFlowException.class, () -> FloorProgram.read(List.of("checksum 1")));

    assertTrue(strange.getMessage().contains("floor: no"), strange.getMessage());
    assertTrue(nothing.getMessage().contains("checksum 1"), nothing.getMessage());
  }

  @Test
  void findsTheResidentSetWhereTheSystemSaysIt() {
    List<String> status = List.of("VmHWM:\t   70000 kB", "VmRSS:\t   61204 kB", "Threads:\t2");

    assertEquals(OptionalLong.of(61_204), MemoryUse.residentKb(status));
    assertEquals(OptionalLong.empty(), MemoryUse.residentKb(List.of()));
  }
}
