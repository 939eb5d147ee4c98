package io.consentry.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.consentry.kernel.MayUse;
import io.consentry.kernel.Owns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The packages directly below a root, each one capability, and what each says in its {@code package-info} that it may use.
 * Every method answers with the violations it finds, in sentences; none means that the rule holds.
 */
record PackageMap(String root, JavaClasses classes) {

    private static final String KERNEL = "kernel";

    /** The root: it may start what it says, and nobody may use it, since nobody can declare it. */
    private static final String ENTRY = "entry";

    private static final Set<String> NAMES_THAT_SAY_NOTHING =
            Set.of("util", "utils", "common", "helper", "helpers", "manager", "managers", "impl", "service", "misc");

    /** Names of the packages below the root, such as {@code consent}. */
    Set<String> packages() {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(root + "."))
                .map(name -> name.substring(root.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<String> undeclared() {
        List<String> violations = new ArrayList<>();
        for (String name : all().toList()) {
            JavaPackage found = packageOf(name);
            if (!isAnnotated(found, MayUse.class)) {
                violations.add(name + " does not say by @MayUse what it may use");
            }
            if (!isAnnotated(found, NullMarked.class)) {
                violations.add(name + " is not @NullMarked");
            }
        }
        return violations;
    }

    List<String> namesThatSayNothing() {
        return packages().stream()
                .filter(name -> List.of(name.split("\\.")).stream().anyMatch(NAMES_THAT_SAY_NOTHING::contains))
                .map(name -> name + " is no capability")
                .toList();
    }

    List<String> nested() {
        return packages().stream()
                .filter(name -> name.contains("."))
                .map(name -> name + " lies below another package; the level is flat")
                .toList();
    }

    List<String> importsNotAllowed() {
        return dependencies()
                .filter(dependency -> !mayUse(nameOf(dependency.getOriginClass()), nameOf(dependency.getTargetClass())))
                .map(Dependency::getDescription)
                .sorted()
                .toList();
    }

    /** Declared, and used by nobody: an arrow on the map that leads nowhere. */
    List<String> edgesNotUsed() {
        Set<String> used = dependencies()
                .map(dependency -> nameOf(dependency.getOriginClass()) + " -> " + nameOf(dependency.getTargetClass()))
                .collect(Collectors.toSet());
        return all().flatMap(origin -> declared(origin).stream().map(target -> origin + " -> " + target))
                .filter(edge -> !used.contains(edge))
                .map(edge -> edge + " is declared and not used")
                .toList();
    }

    List<String> cycles() {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(classes)
                .getFailureReport()
                .getDetails();
    }

    private Stream<Dependency> dependencies() {
        DescribedPredicate<JavaClass> ours = JavaClass.Predicates.resideInAPackage(root + "..");
        return classes.stream()
                .filter(ours)
                .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> ours.test(dependency.getTargetClass()))
                .filter(dependency -> !nameOf(dependency.getOriginClass()).equals(nameOf(dependency.getTargetClass())));
    }

    /** What a package says that it may use. */
    List<String> declared(String name) {
        return said(name, MayUse.class).map(info -> info.value()).map(List::of).orElse(List.of());
    }

    /** The tables that a package says are its own. */
    List<String> owned(String name) {
        return said(name, Owns.class).map(info -> info.value()).map(List::of).orElse(List.of());
    }

    /** What a package may use and could not by way of another. */
    List<String> withoutImplied(String name) {
        return declared(name).stream()
                .filter(target ->
                        declared(name).stream().noneMatch(other -> !other.equals(target) && reaches(other, target)))
                .sorted()
                .toList();
    }

    private boolean reaches(String origin, String target) {
        return declared(origin).stream().anyMatch(next -> next.equals(target) || reaches(next, target));
    }

    private <A extends java.lang.annotation.Annotation> Optional<A> said(String name, Class<A> annotation) {
        return packageOf(name)
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(annotation))
                .map(info -> info.getAnnotationOfType(annotation));
    }

    private boolean mayUse(String origin, String target) {
        return target.equals(KERNEL) || declared(origin).contains(target);
    }

    /** The root itself, which holds the entry, and all below it. */
    private Stream<String> all() {
        return Stream.concat(Stream.of(ENTRY), packages().stream());
    }

    private JavaPackage packageOf(String name) {
        return classes.getPackage(name.equals(ENTRY) ? root : root + "." + name);
    }

    private String nameOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) ? ENTRY : name.substring(root.length() + 1);
    }

    private static boolean isAnnotated(JavaPackage found, Class<? extends java.lang.annotation.Annotation> annotation) {
        return found.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(annotation))
                .isPresent();
    }
}
