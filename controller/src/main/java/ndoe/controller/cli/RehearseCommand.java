package ndoe.controller.cli;

import picocli.CommandLine.Command;

@Command(
    name = "rehearse",
    description = "Practises what goes wrong, without any device.",
    subcommands = {RehearseNegotiationCommand.class},
    synopsisSubcommandLabel = "WHAT")
final class RehearseCommand {}
