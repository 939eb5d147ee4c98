package io.consentry;

import io.consentry.database.DatabaseCheck;
import io.consentry.database.LocalPostgres;
import io.consentry.database.Login;
import io.consentry.database.RunningPostgres;
import io.consentry.database.StartRefusal;
import io.consentry.kernel.Settings;
import io.consentry.key.MasterKey;
import io.consentry.tls.MutualTlsSettings;
import io.consentry.tls.TlsSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The settings as they are needed before Quarkus is there to read them: from system properties and the environment.
 *
 * <p>What is decided here Quarkus learns through system properties.
 */
record LaunchSettings(SmallRyeConfig config, Settings settings) {

    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String MANAGEMENT_PORT = "quarkus.management.port";

    /** The ordinal of {@code application.properties} inside the jar. */
    private static final int DEFAULTS = 250;

    /** From the port of the service to that of health and metrics, so that two services do not clash: 8080, 9000. */
    private static final int MANAGEMENT_OFFSET = 920;

    static LaunchSettings read() {
        try {
            SmallRyeConfig config = new SmallRyeConfigBuilder()
                    .addDefaultSources()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withMapping(Settings.class)
                    .withMapping(TlsSettings.class)
                    .withMapping(MutualTlsSettings.class)
                    .withValidateUnknown(false)
                    .withDefaultValue("consentry.base-url", "")
                    .withDefaultValue("consentry.loopback-url", "")
                    .build();
            return new LaunchSettings(config, config.getConfigMapping(Settings.class));
        } catch (ConfigValidationException e) {
            throw new StartRefusal(
                    "A setting cannot be read: " + e.getProblem(0).getMessage());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new StartRefusal("A setting cannot be read: " + e.getMessage());
        }
    }

    /** Fails closed: what is convenient in the sandbox and dangerous in production is asked for there. */
    void refuseUnsafe() {
        chosen("consentry.base-url").ifPresent(LaunchSettings::refuseUnlessOrigin);
        LaunchTls.of(this).refuseUnsafe();
        if (settings.isSandbox()) {
            return;
        }
        if (chosen("consentry.clock.ahead").isPresent()) {
            throw new StartRefusal(
                    "CONSENTRY_CLOCK_AHEAD is for the sandbox: in production mode time is what the database's"
                            + " clock says. Take it out.");
        }
        Path masterKey = settings.masterKeyFile()
                .orElseThrow(
                        () -> new StartRefusal(
                                "In production mode CONSENTRY_MASTER_KEY_FILE must name the file with the master key, which is"
                                        + " kept apart from the database (for a trial, CONSENTRY_MODE=sandbox makes its own)."));
        refuseUnlessKey(masterKey);
        if (!namesDatabase()) {
            throw new StartRefusal("In production mode QUARKUS_DATASOURCE_JDBC_URL must name the PostgreSQL database:"
                    + " the embedded one is for the sandbox (CONSENTRY_MODE=sandbox).");
        }
    }

    /** Forms, cookies and the metadata of RFC 8414 lie at fixed paths of the host, whatever a proxy strips. */
    private static void refuseUnlessOrigin(String base) {
        try {
            URI uri = new URI(base);
            if (uri.getHost() != null
                    && base.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new StartRefusal(
                "CONSENTRY_BASE_URL must be scheme, host and perhaps a port, without a path or anything else"
                        + " after it (https://data.example.sg): the service needs a host of its own. It is " + base);
    }

    private static void refuseUnlessKey(Path file) {
        try {
            if (!MasterKey.isIn(file)) {
                throw new StartRefusal(
                        "CONSENTRY_MASTER_KEY_FILE names " + file
                                + ", which does not hold 32 random bytes in base64 (openssl rand -base64 32 makes such a file).");
            }
        } catch (IOException e) {
            throw new StartRefusal("CONSENTRY_MASTER_KEY_FILE names " + file + ", which cannot be read.");
        }
    }

    boolean namesDatabase() {
        return config.getOptionalValue(JDBC_URL, String.class).isPresent();
    }

    Path postgres() {
        return settings.data().resolve("postgres");
    }

    /** Decides the management port, and refuses ports that another program listens on. */
    void claimPorts() {
        int service =
                config.getOptionalValue("quarkus.http.port", Integer.class).orElse(settings.port());
        refuseBusy("quarkus.http.host", service, "CONSENTRY_PORT");
        int management = config.getOptionalValue(MANAGEMENT_PORT, Integer.class)
                .or(() -> config.getOptionalValue("consentry.management-port", Integer.class))
                .orElse(service + MANAGEMENT_OFFSET);
        refuseBusy("quarkus.management.host", management, "CONSENTRY_MANAGEMENT_PORT");
        System.setProperty(MANAGEMENT_PORT, Integer.toString(management));
        LaunchTls.of(this).use(service);
    }

    /** What somebody has set, in the environment or by a system property; the program's own defaults do not count. */
    Optional<String> chosen(String name) {
        ConfigValue value = config.getConfigValue(name);
        return Optional.ofNullable(value.getValue())
                .filter(text -> value.getConfigSourceOrdinal() > DEFAULTS && !text.isBlank());
    }

    void refuseBusy(String hostSetting, int port, String setting) {
        String host = config.getOptionalValue(hostSetting, String.class).orElse("127.0.0.1");
        if (port < 0 || port > 65535) {
            throw new StartRefusal(setting + " is " + port + ", which is not a port.");
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            probe.setReuseAddress(true);
        } catch (UnknownHostException e) {
            throw new StartRefusal("The host " + host + " is unknown here.");
        } catch (IOException e) {
            throw new StartRefusal("Port " + port + " of " + host + " is in use or not allowed (" + e.getMessage()
                    + "). Set " + setting + " to another.");
        }
    }

    /**
     * Makes the start of Quarkus one for a command: it listens nowhere, changes no schema, does none of a node's work, and
     * what it logs goes to standard error.
     */
    void attend() {
        if (!namesDatabase()) {
            RunningPostgres running = RunningPostgres.in(postgres());
            use(running.jdbcUrl(), running.owner(), running.service());
        }
        refuseUnfitDatabase();
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.management.host-enabled", "false");
        System.setProperty("quarkus.flyway.migrate-at-start", "false");
        System.setProperty("quarkus.scheduler.enabled", "false");
        System.setProperty("consentry.clock.count-on", "P1D"); // nothing looks at the database's clock again
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.level", "WARN");
        System.setProperty("consentry.serves", "false");
    }

    /** Refuses a database on which this node cannot start, before anything is started on it. */
    void refuseUnfitDatabase() {
        Login service = new Login(text("quarkus.datasource.username"), text("quarkus.datasource.password"));
        // Flyway takes the service's login where it has none of its own.
        Login owner = text("quarkus.flyway.username").isEmpty()
                ? service
                : new Login(text("quarkus.flyway.username"), text("quarkus.flyway.password"));
        new DatabaseCheck(text(JDBC_URL), service, owner).refuseUnfit(settings.mode());
    }

    /** As it is now, with what was decided meanwhile. */
    private String text(String setting) {
        return Optional.ofNullable(System.getProperty(setting))
                .or(() -> config.getOptionalValue(setting, String.class))
                .orElse("");
    }

    /** Makes Quarkus use the local database: the service's role for the pool, the owner's for Flyway. */
    void use(LocalPostgres postgres) {
        use(postgres.jdbcUrl(), postgres.owner(), postgres.service());
    }

    private static void use(String jdbcUrl, Login owner, Login service) {
        System.setProperty(JDBC_URL, jdbcUrl);
        System.setProperty("quarkus.datasource.username", service.role());
        System.setProperty("quarkus.datasource.password", service.password());
        System.setProperty("quarkus.flyway.username", owner.role());
        System.setProperty("quarkus.flyway.password", owner.password());
    }
}
