package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import ndoe.controller.ShortDay;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.mqtt.EmbeddedBroker;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference scenario agreed on by parties in one place and by parties that only have mail. */
class OneOrManyProcessesIT {
  private static final Settings SETTINGS = Settings.defaults(20);

  @TempDir private Path folder;

  @Test
  void sameAgreementComesOfOneProcessAndOfOneForEveryParty() throws Exception {
    Path file = ShortDay.write(folder, 9, 6);
    Agreement together = together(ScenarioFile.read(file));
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Table table =
            new Table(
                ScenarioSplit.write(file, folder.resolve("parts")),
                folder,
                broker.address(),
                (name, link) -> link)) {
      OperatorAgent.Outcome apart = table.negotiate(SETTINGS, AgentTimings.standard());
      System.out.printf(
          "objective in one process %.9f, in nine %.9f; rounds %d and %d, %d messages, %d bytes,"
              + " %d repeated, %.1f s%n",
          together.totalCost(),
          apart.agreement().totalCost(),
          together.effort().rounds(),
          apart.agreement().effort().rounds(),
          apart.traffic().messages(),
          apart.traffic().bytes(),
          apart.traffic().repeated(),
          apart.elapsed().toMillis() / 1000.0);
      assertEquals(Map.of(), apart.dropped());
      assertTrue(apart.unconfirmed().isEmpty());
      assertTrue(together.certified() && apart.agreement().certified());
      assertEquals(together.totalCost(), apart.agreement().totalCost(), 1e-6 * together.scale());
      assertEquals(together.effort().rounds(), apart.agreement().effort().rounds());
      assertEquals(together.effort().cycles(), apart.agreement().effort().cycles());
      assertEquals(
          together.bounds().orElseThrow().lower(),
          apart.agreement().bounds().orElseThrow().lower(),
          1e-6 * together.scale());
      for (ProsumerId id : together.plans().keySet()) {
        assertEquals(
            together.envelopes().of(id).envelopes(),
            apart.agreement().envelopes().of(id).envelopes());
        assertTrue(table.envelopes.get(id).isCertified(), id.value());
      }
    }
  }

  private static Agreement together(Scenario scenario) {
    try (Negotiation negotiation =
        new Negotiation(
            scenario,
            Table.SOLVER,
            Table.judge(),
            SETTINGS,
            new Post(),
            NegotiationListener.SILENT)) {
      return negotiation.agree(Case.NDOE);
    }
  }
}
