package ndoe.controller.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferencesTest {
  private static List<String> between(String certificate, String now)
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    return Differences.between(mapper.readTree(certificate), mapper.readTree(now));
  }

  @Test
  void namesWhereWhatAndWhatInstead() throws JsonProcessingException {
    assertEquals(
        List.of("worst.lowest_voltage.value: the certificate says 0.951, now it is 0.949"),
        between(
            "{\"worst\": {\"lowest_voltage\": {\"value\": 0.951}}}",
            "{\"worst\": {\"lowest_voltage\": {\"value\": 0.949}}}"));
  }

  @Test
  void forgivesRoundingOfRealNumbersButNotOfCounts() throws JsonProcessingException {
    assertEquals(List.of(), between("{\"a\": 0.95}", "{\"a\": 0.9500000000001}"));
    assertEquals(1, between("{\"a\": 1000000000000}", "{\"a\": 1000000000001}").size());
  }

  @Test
  void noticesWhatIsMissingAdded() throws JsonProcessingException {
    assertEquals(
        List.of(
            "a: the certificate says nothing, now it is 1",
            "b: the certificate says a list of 1, now it is a list of 2"),
        between("{\"b\": [1]}", "{\"a\": 1, \"b\": [1, 2]}").stream().sorted().toList());
  }

  @Test
  void doesNotMindWhoLookedAndWhereFilesLie() throws JsonProcessingException {
    assertEquals(
        List.of(),
        between("{\"ndoe\": \"1\", \"files\": []}", "{\"ndoe\": \"2\", \"files\": [3]}"));
  }
}
