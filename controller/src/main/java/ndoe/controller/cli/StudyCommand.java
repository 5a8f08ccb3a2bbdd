package ndoe.controller.cli;

import picocli.CommandLine.Command;

@Command(
    name = "study",
    description = "Experiments that tell how good the method is, rather than run a day with it.",
    subcommands = {
      UncertaintyStudyCommand.class,
      StudyAlgorithmCommand.class,
      StudyScaleCommand.class,
      StudyRollingCommand.class
    },
    synopsisSubcommandLabel = "STUDY")
final class StudyCommand {}
