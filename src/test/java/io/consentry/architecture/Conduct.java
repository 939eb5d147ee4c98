package io.consentry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What no class does, whatever its package. */
final class Conduct {

    /** Who asks the machine for the time: certificates of before there is a database, and a witness at a start. */
    private static final Set<String> OF_THE_MACHINE = Set.of("LaunchTls", "DatabaseClock");

    static final ArchRule CONSTRUCTORS_TAKE_WHAT_A_BEAN_NEEDS = noFields()
            .should()
            .beAnnotatedWith(Inject.class)
            .orShould()
            .beAnnotatedWith(ConfigProperty.class)
            .because("a class says in its constructor what it needs");

    static final ArchRule ONLY_PROGRAMS_PRINT = noClasses()
            .that(describe("are no program", type -> !isProgram(type)))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("standard output belongs to the person who starts the program");

    static final ArchRule ONE_WAY_TO_LOG = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j..")
            .because("org.jboss.logging is the one way to log");

    static final ArchRule ONE_CLOCK = noClasses()
            .that(describe("are not of the machine", type -> !OF_THE_MACHINE.contains(type.getSimpleName())))
            .should()
            .callCodeUnitWhere(asksTheMachineForTheTime())
            .because("time is the database's: ask the InstantSource bean (System.nanoTime measures durations)");

    static final ArchRule WORK_BEGINS_AFTER_WHAT_MAY_REFUSE_THE_START = methods()
            .that()
            .areDeclaredInClassesThat(describe("have a thread of their own", Conduct::hasAThread))
            .and(describe("begin with the service", Conduct::observesTheStart))
            .should(ArchCondition.from(describe("begin last", Conduct::beginsLast)))
            .because("a start that is refused must not end in the middle of somebody's work");

    private Conduct() {}

    private static boolean hasAThread(JavaClass type) {
        return type.getFields().stream().anyMatch(field -> field.getRawType().isAssignableTo(ExecutorService.class));
    }

    private static boolean observesTheStart(JavaMethod method) {
        return method.getParameters().stream()
                .anyMatch(parameter -> parameter.isAnnotatedWith(Observes.class)
                        && parameter.getRawType().isEquivalentTo(StartupEvent.class));
    }

    private static boolean beginsLast(JavaMethod method) {
        return method.getParameters()
                .getFirst()
                .tryGetAnnotationOfType(Priority.class)
                .filter(priority -> priority.value() >= Interceptor.Priority.PLATFORM_AFTER)
                .isPresent();
    }

    /** Whether a person starts it at the terminal, to whom it then talks; all others log. */
    private static boolean isProgram(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent()
                || type.getEnclosingClass().filter(Conduct::isProgram).isPresent();
    }

    private static DescribedPredicate<JavaCall<?>> asksTheMachineForTheTime() {
        Set<String> clockFactories = Set.of("systemUTC", "systemDefaultZone", "system");
        return describe("asks the machine for the time", call -> {
            JavaClass owner = call.getTargetOwner();
            return switch (call.getName()) {
                case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
                // The forms of now(…) that take a clock are fine.
                case "now" ->
                    owner.getPackageName().equals("java.time")
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Clock.class));
                case "<init>" ->
                    owner.isEquivalentTo(Date.class)
                            && call.getTarget().getRawParameterTypes().isEmpty();
                default -> owner.isEquivalentTo(Clock.class) && clockFactories.contains(call.getName());
            };
        });
    }
}
