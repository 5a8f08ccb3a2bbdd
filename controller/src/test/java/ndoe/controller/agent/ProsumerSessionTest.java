package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ndoe.controller.ReferenceDay;
import ndoe.controller.agent.ProsumerSession.Spoken;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.devices.mqtt.Payload;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerPart;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.TradeLink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A prosumer that hears commands late, twice and in another order. */
class ProsumerSessionTest {
  private static final ProsumerId ID = new ProsumerId("P18");
  private static final List<TradeLink> LINKS =
      List.of(new TradeLink(ID, new ProsumerId("P33"), 500, 0.02));

  private static ProsumerPart part;
  private static ProsumerKnowledge knowledge;

  private final Parameters parameters =
      new Parameters(part.horizon(), part.tariff(), Settings.TERMS, LINKS);

  @BeforeAll
  static void read() {
    part = ScenarioFile.readProsumerPart(Path.of(ReferenceDay.FILE.toString()), ID);
    knowledge =
        ProsumerKnowledge.of(part.site(), part.horizon(), part.tariff(), part.uncertainty());
  }

  private ProsumerSession session() {
    return new ProsumerSession(
        knowledge,
        Optional.of(LINKS),
        new InteriorPointSolver(),
        new EnvelopeFile(part, Optional.empty()));
  }

  private Spoken said(String epoch, long number, long after, Command command) {
    return Spoken.of(new Header(epoch, number, after, parameters.sha()), command);
  }

  private Spoken opening(String epoch) {
    return said(epoch, 1, 0, new Command.Opening(parameters));
  }

  private static Answer only(List<Spoken> answers) {
    assertEquals(1, answers.size(), answers::toString);
    return answers.get(0).answer().orElseThrow();
  }

  @Test
  void answersWhatItHearsAgainWithTheSameWords() {
    ProsumerSession session = session();
    session.hear(opening("a"));
    Spoken proposal = said("a", 2, 1, new Command.Propose(1, 0, 1e-6));
    assertEquals(only(session.hear(proposal)), only(session.hear(proposal)));
    assertEquals(new Answer.Heard(), only(session.hear(opening("a"))));
  }

  @Test
  void actsInTheOrderOfTheNumbersWhateverTheOrderItHears() {
    ProsumerSession session = session();
    Spoken second = said("a", 2, 1, new Command.Propose(1, 0, 1e-6));
    session.hear(opening("a"));
    assertEquals(List.of(), session.hear(said("a", 3, 2, new Command.Respond(1))));
    List<Spoken> answers = session.hear(second);
    assertEquals(
        List.of(2L, 3L), answers.stream().map(spoken -> spoken.header().number()).toList());
  }

  @Test
  void opensNoNegotiationTwiceAndHearsNoneThatIsOver() {
    ProsumerSession session = session();
    session.hear(opening("a"));
    session.hear(opening("b"));
    assertEquals(List.of(), session.hear(opening("a")));
    assertEquals(List.of(), session.hear(said("a", 2, 1, new Command.Respond(1))));
    assertInstanceOf(
        Answer.Responded.class, only(session.hear(said("b", 2, 1, new Command.Respond(1)))));
  }

  @Test
  void skipsWhatNobodyWantsAnyLonger() {
    ProsumerSession session = session();
    session.hear(opening("a"));
    assertInstanceOf(
        Answer.Responded.class, only(session.hear(said("a", 9, 1, new Command.Respond(1)))));
    assertEquals(List.of(), session.hear(said("a", 4, 1, new Command.Propose(1, 0, 1e-6))));
  }

  @Test
  void refusesOtherParameters() {
    ProsumerSession session = session();
    session.hear(opening("a"));
    Header other = new Header("a", 2, 1, "0".repeat(64));
    assertInstanceOf(
        Answer.Refusal.class, only(session.hear(Spoken.of(other, new Command.Respond(1)))));
    List<TradeLink> dearer = List.of(new TradeLink(ID, new ProsumerId("P33"), 500, 0.03));
    Parameters changed = new Parameters(part.horizon(), part.tariff(), Settings.TERMS, dearer);
    Header header = new Header("b", 1, 0, changed.sha());
    Answer answer = only(session.hear(Spoken.of(header, new Command.Opening(changed))));
    assertTrue(((Answer.Refusal) answer).reason().contains("links"), answer::toString);
  }

  @Test
  void everyNumberArrivesAsTheSameDouble() {
    ProsumerSession session = session();
    session.hear(opening("a"));
    Header header = new Header("a", 2, 1, parameters.sha());
    Answer.Wishes wishes =
        (Answer.Wishes) only(session.hear(Spoken.of(header, new Command.Propose(1, 0, 1e-6))));
    Payload text = Payload.read("wishes", AnswerText.write(header, wishes), Header.MOST_CHARACTERS);
    assertEquals(header, Header.read(text));
    assertEquals(wishes, AnswerText.read("trade-request", text, ID, part.horizon().intervals()));
    Command opening = new Command.Opening(parameters);
    Payload begin =
        Payload.read("opening", CommandText.write(header, opening), Header.MOST_CHARACTERS);
    assertEquals(opening, CommandText.read("opening", begin, ID, part.horizon(), part.tariff()));
  }
}
