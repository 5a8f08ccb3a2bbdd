package ndoe.controller.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.feeders.BusId;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A prosumer’s own record of the envelope in force, its {@code envelope.csv}. */
public final class EnvelopeFile implements ProsumerSession.EnvelopeListener {
  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeFile.class);
  private static final String NAME = "envelope.csv";

  private final ProsumerPart part;
  private final Optional<Path> folder;
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile boolean certified;

  /**
   * Writes into a folder, if there is one.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public EnvelopeFile(ProsumerPart part, Optional<Path> folder) {
    this.part = part;
    this.folder = folder;
    try {
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void certified(List<OperatingEnvelope> envelopes, ProsumerPlan plan) {
    write(envelopes, plan.plannedNetImportKw());
    certified = true;
    LOG.info("{} has a certified envelope", part.id());
    first.countDown();
  }

  @Override
  public void leftAtDefault(String reason) {
    Horizon horizon = part.horizon();
    OperatingEnvelope smallest = part.site().connectionPoint().defaultEnvelope();
    write(
        Collections.nCopies(horizon.intervals(), smallest),
        Profile.constant(0, horizon.intervals()));
    certified = false;
    LOG.warn("{} is left at its default envelope: {}", part.id(), reason);
    first.countDown();
  }

  /** Waits for the end of the first negotiation; whether it came in time. */
  public boolean awaitFirst(long time, TimeUnit unit) throws InterruptedException {
    return first.await(time, unit);
  }

  /** Whether the envelope in force is a certified one. */
  public boolean isCertified() {
    return certified;
  }

  /** As a whole or not at all, so that a reader never sees half of it. */
  private void write(List<OperatingEnvelope> envelopes, Profile planned) {
    if (folder.isEmpty()) {
      return;
    }
    EnvelopePlan plan =
        new EnvelopePlan(
            part.horizon(),
            List.of(
                new EnvelopePlan.PointPlan(
                    part.id(), new BusId(part.id().value()), envelopes, planned)));
    Path target = folder.get().resolve(NAME);
    Path written = folder.get().resolve(NAME + ".new");
    try {
      EnvelopePlanFile.write(written, plan);
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
