package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import ndoe.controller.web.LivePage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description =
        "Show a run folder on the live page until interrupted: a run that has ended, or one that"
            + " another process writes, which is only read.")
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private WebOptions web;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
  private Path folder;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    try (LivePage page =
        Ndoe.opened(() -> LivePage.ofFolder(web.settingsOrLoopback(), folder, Clock.systemUTC()))) {
      out.println("live page: " + page.address());
      out.println("read-only: " + page.readOnlyAddress());
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
