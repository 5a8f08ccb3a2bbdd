package ndoe.controller.cli;

import picocli.CommandLine.Command;

@Command(
    name = "agent",
    description =
        "One party of a negotiation as a process of its own, joined to the others by MQTT.",
    subcommands = {AgentOperatorCommand.class, AgentProsumerCommand.class, AgentSplitCommand.class},
    synopsisSubcommandLabel = "PARTY")
final class AgentCommand {}
