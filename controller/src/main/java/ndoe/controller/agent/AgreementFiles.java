package ndoe.controller.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.controller.negotiation.Agreement;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Horizon;

/** The operator’s record of a negotiation: envelopes, schedules of its assets and a summary. */
public final class AgreementFiles {
  private static final JsonMapper MAPPER = new JsonMapper();

  private AgreementFiles() {}

  /**
   * Writes {@code envelopes.csv}, {@code assets.csv} and {@code agreement.json}.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  public static void write(Path folder, Horizon horizon, OperatorAgent.Outcome outcome) {
    Agreement agreement = outcome.agreement();
    EnvelopePlanFile.write(folder.resolve("envelopes.csv"), agreement.envelopes());
    AssetScheduleFile.write(folder.resolve("assets.csv"), horizon, agreement.assets());
    ObjectNode summary =
        MAPPER
            .createObjectNode()
            .put("certified", agreement.certified())
            .put("agreed", agreement.effort().agreed())
            .put("objective", agreement.totalCost())
            .put("shrink_factor", agreement.shrinkFactor())
            .put("rounds", agreement.effort().rounds())
            .put("cycles", agreement.effort().cycles())
            .put("messages", outcome.traffic().messages())
            .put("bytes", outcome.traffic().bytes())
            .put("messages_repeated", outcome.traffic().repeated())
            .put("seconds", outcome.elapsed().toMillis() / 1000.0);
    ObjectNode dropped = summary.putObject("left_at_default");
    outcome.dropped().forEach((id, reason) -> dropped.put(id.value(), reason));
    var unconfirmed = summary.putArray("not_confirmed");
    outcome.unconfirmed().forEach(id -> unconfirmed.add(id.value()));
    try {
      Files.writeString(
          folder.resolve("agreement.json"), summary.toPrettyString() + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
