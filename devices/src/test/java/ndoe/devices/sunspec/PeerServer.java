package ndoe.devices.sunspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import ndoe.devices.modbus.ModbusAddress;

/** A device served by pymodbus, its registers encoded by pysunspec2, that tells what it holds. */
final class PeerServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final ModbusAddress address;

  /**
   * @param flavour {@code modern} (700 series) or {@code older}
   */
  PeerServer(int base, String flavour) throws IOException, URISyntaxException {
    Path script = Path.of(PeerServer.class.getResource("serve_images.py").toURI());
    process =
        new ProcessBuilder(
                PeerScript.pythonOrSkip("pymodbus"), script.toString(), "" + base, flavour)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader();
    questions = process.outputWriter();
    String port = answers.readLine();
    if (port == null) {
      throw new IOException("serve_images.py ended without naming its port");
    }
    address = new ModbusAddress("127.0.0.1", Integer.parseInt(port), 1);
  }

  ModbusAddress address() {
    return address;
  }

  /** What pysunspec2 makes of the present registers of a model. */
  JsonNode values(int model, String... points) throws IOException {
    questions.write("POINTS " + model + " " + String.join(" ", points) + "\n");
    questions.flush();
    return JSON.readTree(answers.readLine());
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.destroyForcibly();
  }
}
