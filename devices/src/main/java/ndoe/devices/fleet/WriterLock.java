package ndoe.devices.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import ndoe.devices.DeviceLinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One writer per device and machine, for links that cannot tell writers apart: held by this process
 * until closed, or until the process is gone however it ends.
 */
final class WriterLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterLock.class);
  private static final int LONGEST_NOTE = 64;

  private final FileChannel channel;

  private WriterLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a device.
   *
   * @param device anything that names it on this machine
   * @throws DeviceLinkException if somebody else has it
   */
  static WriterLock take(String device) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "ndoe-writers");
    Path file = folder.resolve(device.replaceAll("[^A-Za-z0-9.-]", "_"));
    try {
      Files.createDirectories(folder);
      shared(folder, "rwxrwxrwx");
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = note(channel);
        channel.close();
        throw new DeviceLinkException(
            "another controller on this machine writes to it already (process "
                + holder
                + "); a device has one writer");
      }
      shared(file, "rw-rw-rw-");
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
      return new WriterLock(channel);
    } catch (IOException e) {
      throw new DeviceLinkException(
          "cannot make sure that nobody else writes to it: " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a writer’s lock does not close", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String note(FileChannel channel) throws IOException {
    ByteBuffer note = ByteBuffer.allocate(LONGEST_NOTE);
    channel.read(note, 0);
    return new String(note.array(), 0, note.position(), UTF_8);
  }

  /** For all users of the machine, as far as this one may say so. */
  private static void shared(Path path, String permissions) {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.trace("{} stays as it is", path, e);
    }
  }
}
