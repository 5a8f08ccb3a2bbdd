package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import ndoe.cosim.EnvelopeCase;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.validation.Verdict.Certificate;
import ndoe.cosim.validation.Verdict.Violated;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
import org.junit.jupiter.api.Test;

final class RepairTest {
  private final AcValidator validator = new AcValidator(LadderPowerFlow::new);

  private static SecurityCase broken() {
    return EnvelopeCase.modest()
        .withEnvelope(1, 150, 1000)
        .withDispatch("plan", 0, -900, 100)
        .build();
  }

  @Test
  void findsTheLargestSecureFactorAndWhatBindsBeyond() {
    Repair repair =
        Repair.of(validator, broken(), Scrutiny.standard(), (factor, certified) -> {})
            .orElseThrow();

    assertTrue(repair.factor() > 0.3 && repair.factor() < 0.9, repair.toString());
    assertInstanceOf(Certificate.class, validator.validate(broken().times(repair.factor())));
    assertInstanceOf(Violated.class, validator.validate(broken().times(repair.factor() + 0.002)));
    Violation binding = repair.binding().orElseThrow();
    assertEquals(1, binding.interval());
    assertEquals(Kind.OVER_VOLTAGE, binding.kind());
    assertEquals("18", binding.element());
  }

  @Test
  void keepsPlanAndDispatchesInsideTheRepairedEnvelopes() {
    Repair repair =
        Repair.of(validator, broken(), Scrutiny.standard(), (factor, certified) -> {})
            .orElseThrow();

    assertTrue(repair.examination().certified());
    var point = repair.securityCase().envelopes().points().get(0);
    OperatingEnvelope envelope = point.envelopes().get(1);
    assertEquals(1000 * repair.factor(), envelope.exportLimitKw(), 1e-3);
    assertEquals(
        -envelope.exportLimitKw(),
        repair.securityCase().dispatches().get(0).netImportKw().get(point.prosumer()).at(1));
  }

  @Test
  void leavesSecureEnvelopesAsTheyAre() {
    SecurityCase sound = EnvelopeCase.modest().build();

    Repair repair =
        Repair.of(validator, sound, Scrutiny.standard(), (factor, certified) -> {}).orElseThrow();

    assertEquals(1, repair.factor());
    assertEquals(Optional.empty(), repair.binding());
    assertEquals(sound.envelopes(), repair.securityCase().envelopes());
  }

  @Test
  void saysWhenEvenEmptyEnvelopesAreNotSecure() {
    SecurityCase sound = EnvelopeCase.modest().build();
    SecurityCase overloaded =
        new SecurityCase(
            sound.feeder(),
            sound.passiveLoads().stream()
                .map(
                    load ->
                        new PassiveLoad(
                            load.name(),
                            load.bus(),
                            load.activePowerKw().times(4),
                            load.reactivePowerKvar().times(4)))
                .toList(),
            sound.connectionPoints(),
            sound.assets(),
            sound.envelopes(),
            sound.dispatches(),
            0,
            1);

    assertEquals(
        Optional.empty(),
        Repair.of(validator, overloaded, Scrutiny.standard(), (factor, certified) -> {}));
  }
}
