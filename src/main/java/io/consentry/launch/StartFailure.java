package io.consentry.launch;

import io.consentry.database.DatabaseRefusal;
import io.consentry.database.StartRefusal;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/**
 * What made a start fail, as one sentence for the person at the terminal. Where it was thrown is of use to developers only,
 * who have it in the log at the level DEBUG.
 */
public record StartFailure(Throwable thrown) {

    private static final Pattern BEYOND_BOUNDS = Pattern.compile("(?<name>consentry\\.\\S+) (?<rule>must be .*)");

    public String sentence() {
        return oneLine(ours().or(() -> DatabaseRefusal.sentence(thrown))
                .or(this::schema)
                .orElseGet(this::unforeseen));
    }

    /** The outermost that was thrown to be read. */
    private Optional<String> ours() {
        return causes().map(StartFailure::told).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> told(Throwable each) {
        return switch (each) {
            case StartRefusal refusal -> Optional.ofNullable(refusal.getMessage());
            case ConfigurationException configuration -> Optional.ofNullable(configuration.getMessage());
            case ConfigValidationException invalid ->
                Optional.of(setting(invalid.getProblem(0).getMessage()));
            case QuarkusBindException bind ->
                Optional.of("Port " + bind.getPort() + " of " + bind.getHost()
                        + " is in use or not allowed. Set CONSENTRY_PORT to another.");
            default -> Optional.empty();
        };
    }

    /** Of one beyond its bounds, which is a problem such as {@code consentry.port must be …}, also what it is. */
    private static String setting(String problem) {
        Matcher beyond = BEYOND_BOUNDS.matcher(problem);
        if (!beyond.matches()) {
            return "A setting cannot be read: " + problem;
        }
        String value = LaunchSettings.read().now(beyond.group("name"));
        return variable(beyond.group("name")) + (value.isEmpty() ? " " : " is " + value + ", and ")
                + beyond.group("rule") + ".";
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private Optional<String> schema() {
        return causes().filter(FlywayException.class::isInstance)
                .findFirst()
                .map(flyway -> "The database's schema cannot be migrated (" + flyway.getMessage()
                        + "). Name an empty database, or one of Consentry's, by QUARKUS_DATASOURCE_JDBC_URL.");
    }

    private Stream<Throwable> causes() {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    private String unforeseen() {
        Throwable root = causes().reduce((outer, inner) -> inner).orElse(thrown);
        return "Consentry did not start: " + root.getClass().getSimpleName() + ", " + root.getMessage()
                + " (QUARKUS_LOG_LEVEL=DEBUG logs where).";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
