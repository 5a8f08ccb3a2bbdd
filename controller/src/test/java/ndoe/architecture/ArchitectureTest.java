package ndoe.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The house rules that a compiler does not check. */
@AnalyzeClasses(packages = "ndoe", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule feedersImportNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("ndoe.feeders..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ndoe.devices..", "ndoe.cosim..", "ndoe.controller..");

  @ArchTest
  static final ArchRule devicesImportNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("ndoe.devices..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ndoe.feeders..", "ndoe.cosim..", "ndoe.controller..");

  @ArchTest
  static final ArchRule cosimImportsFeedersOnly =
      noClasses()
          .that()
          .resideInAPackage("ndoe.cosim..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ndoe.devices..", "ndoe.controller..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("ndoe.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nativeCodeStaysInItsBinding =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ndoe.cosim.opendss..", "ndoe.cosim.helics..", "ndoe.cosim.binding..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule mqttStaysWithItsLinks =
      noClasses()
          .that()
          .resideOutsideOfPackages("ndoe.devices.mqtt..", "ndoe.devices.emulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.paho..", "org.apache.activemq..");

  @ArchTest
  static final ArchRule modbusStaysWithItsLinks =
      noClasses()
          .that()
          .resideOutsideOfPackages("ndoe.devices.modbus..", "ndoe.devices.emulator..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.ghgande..");

  @ArchTest
  static final ArchRule solversStayInProgram =
      noClasses()
          .that()
          .resideOutsideOfPackage("ndoe.controller.program..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ojalgo..");

  @ArchTest
  static final ArchRule operatorCannotReachAProsumer =
      noClasses()
          .that()
          .resideInAPackage("ndoe.controller.dso..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("hold a prosumer's data") {
                @Override
                public boolean test(JavaClass type) {
                  return type.getPackageName().startsWith("ndoe.controller.prosumer")
                      || type.getPackageName().startsWith("ndoe.controller.uncertainty")
                      || type.getName().startsWith("ndoe.feeders.ProsumerSite")
                      || type.getName().equals("ndoe.feeders.Scenario");
                }
              });

  @ArchTest
  static final ArchRule prosumerCannotReachTheOperator =
      noClasses()
          .that()
          .resideInAPackage("ndoe.controller.prosumer..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("hold the operator's data") {
                @Override
                public boolean test(JavaClass type) {
                  return type.getPackageName().startsWith("ndoe.controller.dso")
                      || type.getPackageName().startsWith("ndoe.controller.network")
                      || Set.of("ndoe.feeders.Scenario", "ndoe.feeders.Feeder")
                          .contains(type.getName());
                }
              });

  @ArchTest
  static final ArchRule marketCannotReachAnybody =
      noClasses()
          .that()
          .resideInAPackage("ndoe.controller.trading..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("hold the data of a prosumer or the operator") {
                @Override
                public boolean test(JavaClass type) {
                  return Set.of("dso", "prosumer", "network", "uncertainty").stream()
                          .anyMatch(p -> type.getPackageName().equals("ndoe.controller." + p))
                      || type.getName().startsWith("ndoe.feeders.ProsumerSite")
                      || Set.of("ndoe.feeders.Scenario", "ndoe.feeders.Feeder")
                          .contains(type.getName());
                }
              });

  @ArchTest
  static final ArchRule messagesKnowNobody =
      noClasses()
          .that()
          .resideInAPackage("ndoe.controller.message..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ndoe.controller.dso..",
              "ndoe.controller.prosumer..",
              "ndoe.controller.trading..",
              "ndoe.controller.negotiation..");

  @ArchTest
  static final ArchRule judgeDoesNotKnowWhoNegotiated =
      noClasses()
          .that()
          .resideInAPackage("ndoe.cosim.validation..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("ndoe\\.feeders\\.(Scenario|ProsumerSite|OperatorData|Tariff).*");

  @ArchTest
  static final ArchRule nobodyReadsTheWallClockUnasked =
      noClasses()
          .that()
          .resideOutsideOfPackages("ndoe.devices..", "ndoe.controller.cli..")
          .should()
          .callMethodWhere(
              new DescribedPredicate<JavaCall<?>>("the time now is taken from the system") {
                @Override
                public boolean test(JavaCall<?> call) {
                  String owner = call.getTargetOwner().getName();
                  boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
                  String name = call.getTarget().getName();
                  Set<String> dates =
                      Set.of(
                          Instant.class.getName(),
                          LocalDate.class.getName(),
                          LocalDateTime.class.getName());
                  boolean now = name.equals("now") && noArguments && dates.contains(owner);
                  boolean systemClock =
                      name.startsWith("system") && owner.equals(Clock.class.getName());
                  return now || systemClock || name.equals("currentTimeMillis");
                }
              });

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule chanceHasASeed =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(ThreadLocalRandom.class, "current");
}
