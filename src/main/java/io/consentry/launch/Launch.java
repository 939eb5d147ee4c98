package io.consentry.launch;

import io.consentry.kernel.Settings;
import java.util.function.Consumer;

/** All that is to be done before Quarkus starts, and what is said once it has. A refusal is a sentence to be read. */
public final class Launch {

    private final LaunchSettings settings;

    private Launch(LaunchSettings settings) {
        this.settings = settings;
    }

    /** The settings, read, and refused where they would be unsafe. */
    public static Launch checked() {
        LaunchSettings settings = LaunchSettings.read();
        new UnsafeSettings(settings).refuse();
        return new Launch(settings);
    }

    /** Prepares for a node that serves; a local database ends after what {@code untilThen} waits for. */
    public void serve(Consumer<String> say, Runnable untilThen) {
        var ports = new LaunchPorts(settings);
        ports.claim();
        new LaunchTls(settings).use(ports);
        var database = new LaunchDatabase(settings);
        if (!database.isNamed()) {
            var begin = new Stopwatch();
            database.start(say, untilThen);
            say.accept("Local database ready in " + begin);
        }
        database.refuseUnfit();
    }

    /**
     * Makes the start of Quarkus one for a command: it listens nowhere, changes no schema, does none of a node's work, and
     * what it logs goes to standard error.
     */
    public void attend() {
        var database = new LaunchDatabase(settings);
        if (!database.isNamed()) {
            database.join();
        }
        database.refuseUnfit();
        LaunchSettings.decide("quarkus.http.host-enabled", "false");
        LaunchSettings.decide("quarkus.management.host-enabled", "false");
        LaunchSettings.decide("quarkus.flyway.migrate-at-start", "false");
        LaunchSettings.decide("quarkus.scheduler.enabled", "false");
        LaunchSettings.decide("consentry.clock.count-on", "P1D"); // nothing looks at the database's clock again
        LaunchSettings.decide("quarkus.log.console.stderr", "true");
        LaunchSettings.decide("quarkus.log.level", "WARN");
        LaunchSettings.decide("consentry.serves", "false");
    }

    /** Says of a node that answers what the person at the terminal should know, and looks whether others find it. */
    public static void greet(Settings service, Consumer<String> say) {
        new LaunchTls(LaunchSettings.read()).howToTrust(service.baseUrl()).forEach(say);
        say.accept("Consentry is ready: " + service.baseUrl());
        new BaseUrlCheck(service.baseUrl(), service.issuer()).begin();
    }
}
