package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.net.SocketHandover;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row for every key of lws: it is taken silently, taken with a line that says why, or refused with one. */
class KeyTableTest {
    /** Place, key, value as JSON with ' for ", and what is said of it: nothing, {@code note ...} or {@code problem ...}. */
    private static final String ROWS = """
            global | plugin-dir                | 'plugins'      |
            global | count-threads             | '4'            |
            global | server-string             | 'lwsws'        |
            global | timeout-secs              | '30'           |
            global | drain-timeout             | '60'           |
            global | shutdown-timeout          | 10             |
            global | default-alpn              | 'http/1.1'     |
            global | reject-service-keywords   | [{'bot': '403 no'}] |
            global | reject-service-keywords   | [{'bot': '404 Not Found'}] | note is answered with 403
            global | ip-limit-wsi              | 20             | note bounds the WebSockets from one address
            global | ip-limit-ah               | 20             | note has no effect here: headers are bounded
            global | uid                       | '99'           | note has no effect here: a JVM cannot become
            global | gid                       | '99'           | note has no effect here: a JVM cannot become
            global | username                  | 'www'          | note has no effect here: a JVM cannot become
            global | groupname                 | 'www'          | note has no effect here: a JVM cannot become
            global | init-ssl                  | 'yes'          | note has no effect here: TLS needs no
            global | ws-pingpong-secs          | '200'          | note has no effect here: lws gave it up
            global | count-async-threads       | 2              | note has no effect here: nothing here runs
            global | rlimit-nofile             | '1024'         | note has no effect here: the JVM asks
            global | interface                 | 'eth0'         | note has no effect here: lws' sample has it
            global | cpd-bypass                | 1              | note has no effect here: captive portals
            global | quic-pad-crypto           | 1              | note has no effect here: there is no QUIC
            global | allow-early-data          | 1              | note has no effect here: there is no QUIC
            global | quic-only-latest          | 1              | note has no effect here: there is no QUIC
            global | quic-early-key-update     | 1              | note has no effect here: there is no QUIC
            vhost  | name                      | 'a'            |
            vhost  | port                      | '7681'         |
            vhost  | interface                 | 'lo'           |
            vhost  | unix-socket               | 0              |
            vhost  | unix-socket-perms         | 'USER:GROUP'   | note has no effect here: it is for a unix-socket
            vhost  | unix-socket-perms         | 'root'         | problem is "root" where user:group is wanted
            vhost  | unix-socket-perms         | 'no-such-user:GROUP' | problem there is no such user or group
            vhost  | noipv6                    | 'on'           |
            vhost  | ipv6only                  | 'on'           | KNOWS-FAMILIES
            vhost  | fo-listen-queue           | '5'            | note has no effect here: the JVM has no fast open
            vhost  | strict-host-check         | 'on'           |
            vhost  | host-ssl-key              | 'key.pem'      | problem there is no host-ssl-cert
            vhost  | host-ssl-cert             | 'both.pem'     |
            vhost  | host-ssl-cert             | 'broken.pem'   | problem
            vhost  | host-ssl-ca               | 'both.pem'     | note has no effect here: without host-ssl-cert
            vhost  | ciphers                   | 'HIGH'         | note has no effect here: without host-ssl-cert
            vhost  | tls13-ciphers             | 'x'            | note has no effect here: without host-ssl-cert
            vhost  | ecdh-curve                | 'prime256v1'   | note has no effect here: without host-ssl-cert
            vhost  | alpn                      | 'http/1.1'     | note has no effect here: without host-ssl-cert
            vhost  | ssl-option-set            | '4194304'      | note has no effect here, but for the bits
            vhost  | ssl-option-set            | 'x'            | problem is "x" where OpenSSL's option bits
            vhost  | ssl-option-clear          | '1'            | note has no effect here: none of OpenSSL's
            vhost  | client-cert-required      | 'on'           | problem client certificates are wanted
            vhost  | ignore-missing-cert       | '1'            |
            vhost  | sts                       | 'on'           | note has no effect here: without host-ssl-cert
            vhost  | enable-client-ssl         | 'on'           | note has no effect here: TLS needs no
            vhost  | client-ssl-key            | 'both.pem'     | problem there is no client-ssl-cert
            vhost  | client-ssl-cert           | 'both.pem'     |
            vhost  | client-ssl-ca             | 'both.pem'     |
            vhost  | client-ssl-ciphers        | 'ECDHE-RSA-AES128-GCM-SHA256' |
            vhost  | client-ssl-ciphers        | 'HIGH:!aNULL'  | note has no suite that is offered here: HIGH; the usual
            vhost  | client-ssl-ciphers        | 'ECDHE-RSA-AES128-GCM-SHA256:!aNULL:!RC4:!MD5:!AES128-GCM-SHA256' |
            vhost  | client-ssl-ciphers        | 'ECDHE-RSA-AES128-GCM-SHA256:!ECDHE-RSA-AES128-GCM-SHA256' | problem leaves no suite
            vhost  | client-ssl-ciphers        | '!AESGCM'      | note has no suite that is offered here: !AESGCM; the usual
            vhost  | client-tls13-ciphers      | 'TLS_AES_128_GCM_SHA256' |
            vhost  | client-ecdh-curve         | 'x'            | note has no effect here: the curves
            vhost  | ssl-client-option-set     | '1'            | note has no effect here: OpenSSL is not used
            vhost  | ssl-client-option-clear   | '1'            | note has no effect here: OpenSSL is not used
            vhost  | headers                   | [{'x-a': 'b'}] |
            vhost  | error-document-404        | '/404.html'    |
            vhost  | error-document-404        | '/nowhere.html' | problem no file mount of this vhost has
            vhost  | access-log                | 'access.log'   |
            vhost  | access-log                | 'nowhere/access.log' | problem cannot be written
            vhost  | keepalive_timeout         | '60'           |
            vhost  | keepalive-timeout         | '60'           | note is read as keepalive_timeout
            vhost  | keeplive-timeout          | '60'           | note is read as keepalive_timeout
            vhost  | h2-half-closed-long-poll  | '1'            | note has no effect here: a stream lives
            vhost  | disable-no-protocol-ws-upgrades | '1'      |
            vhost  | listen-accept-role        | 'h1'           |
            vhost  | listen-accept-protocol    | 'p'            |
            vhost  | apply-listen-accept       | '1'            | note has no effect here: listen-accept-role is
            vhost  | onlyraw                   | '1'            | note has no effect here: listen-accept-role is
            vhost  | listen-accept-role        | 'raw-proxy'    | problem needs the ws-protocol raw-proxy
            vhost  | fallback-listen-accept    | '1'            |
            vhost  | allow-non-tls             | '1'            | note has no effect here: without host-ssl-cert
            vhost  | redirect-http             | '1'            | note has no effect here: without host-ssl-cert
            vhost  | allow-http-on-https       | '1'            | note has no effect here: without host-ssl-cert
            vhost  | ws-protocols              | [{'p': {'a': {'b': 'c'}}}] |
            vhost  | ws-protocols              | [{'p': {'a': 'b', 'a': 'c'}}] |
            vhost  | ws-protocols              | [{'p': {}, 'lws-meta': {}}] | note has no effect here: lws has no such
            vhost  | mounts                    | [{'mountpoint': '/m', 'origin': 'file://site'}] |
            vhost  | quic-mtu                  | 1200           | note has no effect here: there is no QUIC
            vhost  | quic-preferred-addresses  | 'x'            | note has no effect here: there is no QUIC
            vhost  | dht                       | [{'v': 'a'}]   | note has no effect here: there is no DHT
            mount  | mountpoint                | '/m'           |
            mount  | origin                    | 'gzip://site.zip' |
            mount  | origin                    | 'cgi://script' |
            mount  | origin                    | 'cgi://site/404.html' | problem cannot be executed
            mount  | origin                    | 'http://127.0.0.1:8080/x' |
            mount  | origin                    | 'http://+/run/x.sock:/x' |
            mount  | origin                    | '>https://example.org/' |
            mount  | origin                    | '^http://example.org/' | note is read as >http://example.org/
            mount  | default                   | 'index.html'   |
            mount  | protocol                  | 'p'            | note has no effect here: lws reads it
            mount  | auth-mask                 | '0'            |
            mount  | auth-mask                 | '4'            | note is answered with 401 for everybody
            mount  | cgi-timeout               | '30'           | note cgi- keys have no effect here: it is no cgi
            mount  | cgi-env                   | [{'A': 'b'}]   | note cgi- keys have no effect here: it is no cgi
            mount  | cgi-chdir                 | 'site'         | note cgi- keys have no effect here: it is no cgi
            mount  | cgi-chroot                | 'site'         | problem a JVM cannot change the root
            mount  | cache-max-age             | '60'           |
            mount  | cache-reuse               | '1'            |
            mount  | cache-revalidate          | '1'            |
            mount  | cache-no                  | '1'            |
            mount  | cache-intermediaries      | '1'            |
            mount  | exact-match               | '1'            |
            mount  | append-path               | '1'            | note has no effect here: it is for redirects
            mount  | no-ws-upgrades            | '1'            |
            mount  | basic-auth                | 'passwords'    |
            mount  | extra-mimetypes           | {'.x': 'text/x'} |
            mount  | extra-mimetypes           | {'*': ''}      | note has no effect here: files of every kind
            mount  | interpret                 | [{'.lua': 'p'}] |
            mount  | interpret                 | [{'.lua': 'q'}] | problem protocol q is not among
            mount  | headers                   | [{'x-a': 'b'}] |
            mount  | keepalive-timeout         | '5'            |
            mount  | keeplive-timeout          | '5'            | note is read as keepalive-timeout
            mount  | interceptor-path          | '/login'       |
            mount  | pmo                       | [{'a': 'b'}]   |
            """;

    @TempDir
    private Path directory;

    private ConfigurationDir dir;

    @BeforeEach
    void makeSite() throws Exception {
        dir = new ConfigurationDir(directory)
                .file("site/404.html", "no")
                .file("passwords", "u:p\n")
                .file("script", "#!/bin/sh\n")
                .file("site.zip", "")
                .file("broken.pem", "no certificate")
                .file("both.pem", io.lws.tls.DevelopmentCertificate.cached().toPem());
        Files.createDirectories(directory.resolve("plugins"));
        assertTrue(directory.resolve("script").toFile().setExecutable(true));
    }

    private static boolean familiesKnown() {
        return SocketHandover.obstacle().isEmpty();
    }

    static Stream<Arguments> rows() {
        return ROWS.lines().map(line -> {
            String[] cells = Arrays.copyOf(
                    line.replace(
                                    "KNOWS-FAMILIES",
                                    familiesKnown() ? "" : "note has no effect here: a socket of the JVM")
                            .split("\\|", 4),
                    4);
            return Arguments.of(
                    cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3] == null ? "" : cells[3].strip());
        });
    }

    private String principal(String text) throws Exception {
        return text.replace("USER", Files.getOwner(directory).getName())
                .replace("GROUP", String.valueOf(Files.getAttribute(directory, "posix:group")));
    }

    /** A configuration with the key at its place and all else that it needs. */
    private static String configuration(String place, String key, String value) {
        String global = place.equals("global") ? "'" + key + "': " + value : "";
        StringBuilder mount = new StringBuilder();
        StringBuilder vhost = new StringBuilder();
        (place.equals("mount") ? mount : vhost).append(place.equals("global") ? "" : "'" + key + "': " + value + ",");
        need(vhost, "'name': 'a'", "'port': '-1'", "'ws-protocols': [{'p': {}}]");
        need(mount, "'mountpoint': '/'", "'origin': 'file://site'");
        if (vhost.indexOf("'mounts'") < 0) {
            vhost.append("'mounts': [{").append(mount).append("}]");
        }
        return "{'global': {" + global + "}, 'vhosts': [{" + vhost + "}]}";
    }

    private static void need(StringBuilder members, String... needed) {
        for (String each : needed) {
            if (members.indexOf(each.substring(0, each.indexOf(':') + 1)) < 0) {
                members.append(each).append(',');
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rows")
    void saysWhatBecomesOf(String place, String key, String value, String said) throws Exception {
        dir.file("conf", configuration(place, key, principal(value)).replace('\'', '"'))
                .read();
        String problems = String.join("; ", dir.findings().problems());
        String notes = String.join("; ", dir.findings().notes());
        if (said.startsWith("problem")) {
            assertTrue(
                    problems.contains(key)
                            && problems.contains(said.substring(7).strip()),
                    problems);
            return;
        }
        assertEquals("", problems);
        if (said.isEmpty()) {
            assertEquals("", notes);
        } else {
            assertTrue(notes.contains(said.substring(5)), notes);
        }
    }

    @Test
    void hasARowForEveryKeyThereIs() {
        Set<String> rows =
                rows().map(each -> each.get()[0] + " " + each.get()[1]).collect(Collectors.toCollection(TreeSet::new));
        Set<String> keys = new TreeSet<>(Comparator.naturalOrder());
        GlobalSettings.keys().keySet().forEach(each -> keys.add("global " + each));
        VhostSettings.keys().keySet().forEach(each -> keys.add("vhost " + each));
        MountSettings.keys().keySet().forEach(each -> keys.add("mount " + each));
        assertEquals(keys, rows);
    }
}
