package io.consentry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program as people run it: its packaged jar in a process of its own, on ports of its own, with its output in a file.
 * Ended by its process id only; whatever a test forgets goes with the test's JVM.
 */
public final class RunningService implements AutoCloseable {

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Plan plan;

    private RunningService(Process process, Plan plan) {
        this.process = process;
        this.plan = plan;
    }

    /**
     * What to start. Its ports stay the same, so that a service that was killed comes back where it was.
     *
     * @param settings environment variables; nothing else of {@code CONSENTRY_*} and {@code QUARKUS_*} is inherited
     * @param properties Java system properties
     * @param jvm options of the JVM
     * @param log where the output goes; appended to
     * @param jar what is started
     */
    public record Plan(
            Map<String, String> settings,
            Map<String, String> properties,
            List<String> jvm,
            int port,
            int management,
            Path log,
            Path jar) {

        /** Starts sooner, and these tests are mostly starts. */
        private static final List<String> QUICK_START =
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

        public Plan {
            settings = Map.copyOf(settings);
            properties = Map.copyOf(properties);
            jvm = List.copyOf(jvm);
        }

        /** In production mode, as is the jar's default, with nothing set but ports and data folder. */
        public static Plan in(Path folder) {
            return new Plan(
                    Map.of("CONSENTRY_DATA", folder.toString()),
                    Map.of(),
                    QUICK_START,
                    freePort(),
                    freePort(),
                    folder.resolveSibling(folder.getFileName() + ".log"),
                    JAR);
        }

        /** This with another packaging of the program. */
        public Plan withJar(Path other) {
            return new Plan(settings, properties, jvm, port, management, log, other);
        }

        /** This with one more setting. */
        public Plan with(String name, String value) {
            var more = new TreeMap<>(settings);
            more.put(name, value);
            return new Plan(more, properties, jvm, port, management, log, jar);
        }

        /** This with one more system property. */
        public Plan withProperty(String name, String value) {
            var more = new TreeMap<>(properties);
            more.put(name, value);
            return new Plan(settings, more, jvm, port, management, log, jar);
        }

        /** This, with the classes that it has loaded kept in a file at its end. */
        Plan archiving(Path file) {
            return new Plan(
                    settings,
                    properties,
                    Stream.concat(jvm.stream(), Stream.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable"))
                            .toList(),
                    port,
                    management,
                    log,
                    jar);
        }

        /** This with the JVM's own defaults: starts later, and is faster then. */
        public Plan asPeopleRunIt() {
            return new Plan(settings, properties, List.of(), port, management, log, jar);
        }

        public URI base() {
            boolean tls = settings.containsKey("CONSENTRY_TLS") || settings.containsKey("CONSENTRY_TLS_CERTIFICATE");
            return URI.create((tls ? "https" : "http") + "://localhost:" + port);
        }

        public URI managementBase() {
            return URI.create("http://localhost:" + management);
        }
    }

    /** Starts it and returns once it says that it is ready. */
    public static RunningService start(Plan plan) throws IOException, InterruptedException {
        RunningService service = launch(plan);
        service.awaitReady();
        return service;
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IOException("the service did not start:\n" + output());
            }
            Thread.sleep(20);
        }
    }

    /** Starts it and does not wait: for starts that are refused, killed half way, or made side by side. */
    public static RunningService launch(Plan plan) throws IOException, InterruptedException {
        if (!Files.exists(plan.jar())) {
            throw new IOException(plan.jar() + " is missing: these tests run after the package phase");
        }
        var builder = command(plan).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RunningService(process, plan);
    }

    /** What a command of an operator's said, and its exit code. */
    public record Operated(int exit, String out, String err) {}

    /** Runs one command of an operator's, with the settings of a plan, beside whatever is running. */
    public static Operated operate(Plan plan, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = command(plan);
        builder.command().add("operate");
        builder.command().addAll(List.of(words));
        Path err = Files.createTempFile(plan.log().getParent(), "operate-", ".err");
        Process process = builder.redirectError(err.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Operated(process.waitFor(), out, Files.readString(err));
    }

    private static ProcessBuilder command(Plan plan) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(plan.jvm());
        if (plan.jvm().equals(Plan.QUICK_START) && plan.jar().equals(JAR)) {
            command.addAll(ClassArchive.options(JAR));
        }
        plan.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", plan.jar().toString()));
        var builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CONSENTRY_") || name.startsWith("QUARKUS_"));
        environment.put("CONSENTRY_PORT", Integer.toString(plan.port()));
        environment.put("CONSENTRY_MANAGEMENT_PORT", Integer.toString(plan.management()));
        environment.putAll(plan.settings());
        return builder;
    }

    public Plan plan() {
        return plan;
    }

    public URI base() {
        return plan.base();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}: no chance to clean up. Returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until it ends by itself; returns its exit code. */
    public int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw new IOException("the program did not end:\n" + output());
        }
        return process.exitValue();
    }

    /** Whether it says something, now or within seconds: it answers a moment before it says that it does. */
    public boolean says(String sentence) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains(sentence) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return output().contains(sentence);
    }

    /** Everything it has printed, on standard output and standard error, since the log was begun. */
    public String output() throws IOException {
        return Files.readString(plan.log());
    }

    /** Asks it to end, as Ctrl-C does, and waits. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        exitCode();
    }

    private boolean answers() {
        try {
            URL ready = plan.managementBase().resolve("/q/health/ready").toURL();
            try (InputStream body = ready.openStream()) {
                return body.readAllBytes().length > 0;
            }
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A port that nobody listens on now, from below those that systems give to outgoing connections: a service that is
     * down for a moment finds it free when it comes back.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return probe.getLocalPort();
            } catch (BindException e) {
                continue; // somebody listens there
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
