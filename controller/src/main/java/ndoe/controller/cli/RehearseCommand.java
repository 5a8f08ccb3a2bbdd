package ndoe.controller.cli;

import picocli.CommandLine.Command;

@Command(
    name = "rehearse",
    description =
        "Faults made on purpose, and long runs, to see that runs and negotiations survive them.",
    subcommands = {
      RehearseKillsCommand.class,
      RehearseNegotiationCommand.class,
      RehearseBrokerRestartsCommand.class,
      RehearseSoakCommand.class
    },
    synopsisSubcommandLabel = "FAULT")
final class RehearseCommand {}
