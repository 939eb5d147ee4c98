package io.consentry.program.tls;

import io.consentry.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A TLS client that offers what a modern one would not: a program of its own, since the old protocols and suites are only to
 * be had in a JVM whose security properties allow them from the start.
 */
public final class TlsProbe {

    private TlsProbe() {}

    /** Arguments: port, authority file, then offers: protocols and suites, {@code TLSv1.2 SUITE,SUITE}. Prints a line each. */
    public static void main(String[] arguments) throws Exception {
        var context = TestCertificate.none(TestCertificate.read(Path.of(arguments[1])));
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket("localhost", Integer.parseInt(arguments[0]))) {
                socket.setSoTimeout(10_000);
                socket.setEnabledProtocols(arguments[i].split(","));
                if (!arguments[i + 1].equals("any")) {
                    socket.setEnabledCipherSuites(arguments[i + 1].split(","));
                }
                socket.startHandshake();
                SSLSession session = socket.getSession();
                System.out.println(session.getProtocol() + " " + session.getCipherSuite());
            } catch (IOException e) {
                System.out.println("refused");
            }
        }
    }

    /** What became of each offer, in order. */
    static List<String> offer(int port, Path authority, Path work, String... offers) throws Exception {
        Path allowed = java.nio.file.Files.writeString(
                work, "jdk.tls.disabledAlgorithms=\njdk.tls.legacyAlgorithms=\njdk.certpath.disabledAlgorithms=\n");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.security.properties=" + allowed,
                "-cp",
                System.getProperty("java.class.path"),
                TlsProbe.class.getName(),
                Integer.toString(port),
                authority.toString()));
        command.addAll(List.of(offers));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = process.inputReader().lines().toList();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the probe failed: " + said);
        }
        return said;
    }
}
