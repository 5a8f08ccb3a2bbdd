package ndoe.controller.doctor;

import java.util.List;
import java.util.Optional;
import ndoe.devices.mqtt.Mosquitto;

/** Programs of others that tests and the lab use; a run does without. */
final class Peers {
  private static final String MODULES = "sunspec2, pymodbus, helics";

  private Peers() {}

  static Finding mosquitto(String subject) {
    return Mosquitto.executable()
        .map(program -> Finding.ok(subject, "%s", program))
        .orElse(
            Finding.warn(
                subject,
                "not installed: a run does without (it has a broker of its own), its tests are"
                    + " skipped"));
  }

  static Finding python(String subject) {
    String python = Optional.ofNullable(System.getenv("NDOE_PEERS_PYTHON")).orElse("python3");
    String question =
        "import importlib.util as i, sys; print('%%d.%%d' %% sys.version_info[:2], *[m for m in"
            + " '%s'.split(', ') if not i.find_spec(m)])";
    Optional<String> answer = Program.answer(List.of(python, "-c", question.formatted(MODULES)));
    if (answer.isEmpty()) {
      return Finding.warn(
          subject,
          "%s does not answer: a run does without, the tests with peers are skipped",
          python);
    }
    String[] words = answer.get().split(" ");
    String missing = String.join(", ", List.of(words).subList(1, words.length));
    return missing.isEmpty()
        ? Finding.ok(subject, "%s %s with %s", python, words[0], MODULES)
        : Finding.warn(
            subject,
            "%s %s lacks %s: a run does without, the tests with them are skipped; install"
                + " lab-setup/peers/requirements.txt and set NDOE_PEERS_PYTHON",
            python,
            words[0],
            missing);
  }
}
