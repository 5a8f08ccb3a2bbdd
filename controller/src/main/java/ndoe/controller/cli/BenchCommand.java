package ndoe.controller.cli;

import picocli.CommandLine.Command;

@Command(
    name = "bench",
    description = "Measures how fast this program is on this machine.",
    subcommands = {
      BenchNegotiationCommand.class,
      BenchPowerFlowCommand.class,
      BenchDevicesCommand.class,
      BenchAgentsCommand.class
    },
    synopsisSubcommandLabel = "BENCHMARK")
final class BenchCommand {}
