package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.negotiation.Effort;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;
import org.junit.jupiter.api.Test;

class ScaleStudyTest {
  private static ScaleResult took(int prosumers, long workMillis) {
    return new ScaleResult(
        prosumers,
        24,
        10,
        new Outcome(
            new Bounds(1, 2, 2),
            new Effort(0, 15, 40, true, 1000, 80_000),
            Duration.ofMillis(workMillis / 2),
            Duration.ofMillis(workMillis)),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  @Test
  void exponentIsThatOfThePowerLawTheWorkFollows() {
    assertEquals(1, ScaleStudy.exponent(List.of(took(8, 800), took(16, 1600))), 1e-9);
    assertEquals(2, ScaleStudy.exponent(List.of(took(8, 64), took(16, 256), took(32, 1024))), 1e-9);
  }

  @Test
  void whatWasSkippedIsEmptyInTheFile() {
    String row = ScaleTable.csv(List.of(took(8, 800))).split("\n")[1];
    assertEquals("8,24,10,true,15,40,0.800,0.400,,,0.50000000,1000,80000", row);
  }
}
