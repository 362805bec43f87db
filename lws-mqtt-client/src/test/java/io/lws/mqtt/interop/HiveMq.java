package io.lws.mqtt.interop;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The broker HiveMQ in a process of its own, on a free port of loopback. */
final class HiveMq implements AutoCloseable {
    static final int MAX_PACKET_BYTES = 8 << 20;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(150);

    /** What it shows over TLS. */
    static final KeyMaterial CERTIFICATE = DevelopmentCertificate.make(DevelopmentCertificate.Kind.RSA);

    /** With numbers as {@code %s}: {@code %d} writes them in the digits of the user's country. */
    private static final String CONFIG = """
            <?xml version="1.0"?>
            <hivemq>
              <listeners>
                <tcp-listener><port>%s</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                <tls-tcp-listener>
                  <port>%s</port><bind-address>127.0.0.1</bind-address>
                  <tls>
                    <keystore>
                      <path>%s</path><password>secret</password><private-key-password>secret</private-key-password>
                    </keystore>
                  </tls>
                </tls-tcp-listener>
                <websocket-listener>
                  <port>%s</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                  <subprotocols><subprotocol>mqtt</subprotocol></subprotocols>
                </websocket-listener>
              </listeners>
              <mqtt>
                <queued-messages><max-queue-size>100000</max-queue-size></queued-messages>
                <packets><max-packet-size>%s</max-packet-size></packets>
                <receive-maximum><server-receive-maximum>10</server-receive-maximum></receive-maximum>
                <topic-alias><max-per-client>5</max-per-client></topic-alias>
              </mqtt>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private final Path directory;
    private final int port = Mosquitto.freePort();
    private final int tlsPort = Mosquitto.freePort();
    private final int wsPort = Mosquitto.freePort();
    private final Process process;

    private HiveMq(Path directory) throws IOException {
        this.directory = directory;
        Path keys = writeKeys(directory.resolve("keys"));
        Path conf = Files.createDirectory(directory.resolve("conf"));
        Files.writeString(conf.resolve("config.xml"), CONFIG.formatted(port, tlsPort, keys, wsPort, MAX_PACKET_BYTES));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HiveMq.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("log").toFile()))
                .start();
    }

    /** The one argument is a directory with {@code conf/config.xml}. Ends with its input. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(directory.resolve("conf"))
                .withDataFolder(Files.createDirectory(directory.resolve("data")))
                .withExtensionsFolder(Files.createDirectory(directory.resolve("extensions")))
                .build();
        broker.start().join();
        while (System.in.read() >= 0) {
            // the test is there
        }
        Runtime.getRuntime().halt(0);
    }

    static HiveMq start() {
        try {
            Path directory = Files.createTempDirectory("hivemq");
            HiveMq broker = new HiveMq(directory);
            broker.awaitListening();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path writeKeys(Path file) throws IOException {
        char[] secret = "secret".toCharArray();
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore keys = KeyStore.getInstance("JKS");
            keys.load(null, secret);
            keys.setKeyEntry(
                    "server", CERTIFICATE.key(), secret, CERTIFICATE.chain().toArray(new X509Certificate[0]));
            keys.store(out, secret);
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    int wsPort() {
        return wsPort;
    }

    private void awaitListening() throws IOException {
        long beganNs = System.nanoTime();
        for (int each : new int[] {port, tlsPort, wsPort}) {
            awaitListening(each, beganNs);
        }
    }

    private void awaitListening(int on, long beganNs) throws IOException {
        while (System.nanoTime() - beganNs < PATIENCE_NS && process.isAlive()) {
            try (Socket probe = new Socket("127.0.0.1", on)) {
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IllegalStateException(
                "HiveMQ does not listen on " + on + ": " + Files.readString(directory.resolve("log")));
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
