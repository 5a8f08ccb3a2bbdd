package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import ndoe.controller.journal.SyntheticDay;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeSharesTest {
  @TempDir Path runs;

  private static EnvelopeShares of(double... fractions) {
    Map<ProsumerId, Double> shares = new LinkedHashMap<>();
    for (double fraction : fractions) {
      shares.put(new ProsumerId("P" + shares.size()), fraction);
    }
    return new EnvelopeShares(shares, shares);
  }

  @Test
  void equalSharesAreFairAndOneThatHasAllIsNot() {
    assertEquals(1, of(0.4, 0.4, 0.4).fairness().orElseThrow(), 1e-12);
    assertEquals(0.25, of(0.9, 0, 0, 0).fairness().orElseThrow(), 1e-12);
    assertEquals(0.9, of(0.2, 0.4).fairness().orElseThrow(), 1e-12);
  }

  @Test
  void areasAndSharesAreThoseOfTheEnvelopesAndConnections() {
    SyntheticDay synthetic = SyntheticDay.reference();
    Day day = Day.read(synthetic.negotiated(runs));

    EnvelopeShares shares = EnvelopeShares.of(day.run(), day.points());

    for (ConnectionPoint point : synthetic.scenario().connectionPoints()) {
      EnvelopePlan.PointPlan plan = synthetic.plan().of(point.prosumer());
      double area =
          plan.envelopes().stream().mapToDouble(e -> e.importLimitKw() + e.exportLimitKw()).sum();
      double capacity = 24 * (point.importCapacityKw() + point.exportCapacityKw());
      assertEquals(area, shares.areaKwh().get(point.prosumer()), 0.05);
      assertEquals(area / capacity, shares.fraction().get(point.prosumer()), 1e-4);
    }
  }

  @Test
  void aRunThatDoesNotKnowItsConnectionsHasNoIndex() throws Exception {
    Path run = SyntheticDay.reference().negotiated(runs);
    Path file = run.resolve("run.json");
    ObjectNode root = (ObjectNode) new JsonMapper().readTree(Files.readString(file));
    root.remove("connection_points");
    Files.writeString(file, root.toPrettyString());
    Day day = Day.read(run);

    assertTrue(EnvelopeShares.of(day.run(), day.points()).fairness().isEmpty());
    assertTrue(EnvelopeShares.of(day.run(), day.points()).totalKwh() > 0);
  }
}
