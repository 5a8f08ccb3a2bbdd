package ndoe.controller.cli;

import picocli.CommandLine.Command;

@Command(
    name = "rehearse",
    description = "Faults made on purpose, to see that a run survives them.",
    subcommands = {RehearseKillsCommand.class},
    synopsisSubcommandLabel = "FAULT")
final class RehearseCommand {}
