package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    @TempDir
    private Path directory;

    private ConfigurationDir dir;

    @BeforeEach
    void makeSite() throws IOException {
        dir = new ConfigurationDir(directory).file("site/index.html", "hello").file("data/www/index.html", "data");
        Files.createDirectories(directory.resolve("plugins"));
    }

    // ---- what is read, as one line for each vhost

    private static String show(VhostSettings vhost) {
        return vhost.name() + " " + vhost.listen().address(Overrides.NONE)
                + vhost.mounts().stream()
                        .map(each -> " " + each.mount().mountpoint() + "="
                                + each.mount().kind() + shape(each.mount()))
                        .collect(Collectors.joining())
                + vhost.protocols().stream()
                        .map(each -> " " + each.name() + each.options())
                        .collect(Collectors.joining());
    }

    private static String shape(io.lws.http.Mount mount) {
        return switch (mount.kind()) {
            case FILES -> ":" + mount.origin().getFileName() + "/" + mount.index();
            case ZIP, CGI -> ":" + mount.origin();
            case CALLBACK, REDIRECT, PROXY -> ":" + mount.target();
        };
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of(
                        "strings, as lws writes them", vhost("'name': 'a', 'port': '7681'"), "a 0.0.0.0/0.0.0.0:7681"),
                Arguments.of("native values", vhost("'name': 'a', 'port': 7681"), "a 0.0.0.0/0.0.0.0:7681"),
                Arguments.of("no listening", vhost("'name': 'a', 'port': -1"), "a null"),
                Arguments.of("any free port", vhost("'name': 'a', 'port': 0, 'noipv6': 1"), "a /0.0.0.0:0"),
                Arguments.of("an address", vhost("'name': 'a', 'port': 1, 'interface': '127.0.0.1'"), "a /127.0.0.1:1"),
                Arguments.of(
                        "a device, as lws names them",
                        vhost("'name': 'a', 'port': 1, 'interface': 'lo', 'noipv6': 'on'"),
                        "a /127.0.0.1:1"),
                Arguments.of(
                        "a unix socket",
                        vhost("'name': 'a', 'unix-socket': '1', 'interface': '/run/a.skt'"),
                        "a /run/a.skt"),
                Arguments.of(
                        "files, relative",
                        mount("'mountpoint': '/', 'origin': 'file://site', 'default': 'test.html'"),
                        "a null /=FILES:site/test.html"),
                Arguments.of(
                        "files, in the data directory",
                        mount("'mountpoint': '/', 'origin': 'file://_lws_ddir_/www'"),
                        "a null /=FILES:www/index.html"),
                Arguments.of(
                        "redirects",
                        mount("'mountpoint': '/git', 'origin': '>https://example.org/git'"),
                        "a null /git=REDIRECT:https://example.org/git"),
                Arguments.of(
                        "redirects as the documentation writes them",
                        mount("'mountpoint': '/git', 'origin': '^http://example.org/git'"),
                        "a null /git=REDIRECT:http://example.org/git"),
                Arguments.of(
                        "a callback",
                        vhost("'name': 'a', 'port': -1, 'ws-protocols': [{'dyn': {}}],"
                                + "'mounts': [{'mountpoint': '/d', 'origin': 'callback://dyn'}]"),
                        "a null /d=CALLBACK:dyn dyn{}"),
                Arguments.of(
                        "nested options",
                        vhost("'name': 'a', 'port': -1, 'ws-protocols': [{'p': {'status': 'ok', 'n': 7, 't': true,"
                                + "'deep': {'deeper': {'x': 'y'}}, 'list': ['1', 2]}}, {'q': {}}]"),
                        "a null p{status=ok, n=7, t=true, deep={deeper={x=y}}, list=[1, 2]} q{}"),
                Arguments.of(
                        "options in lists of objects",
                        vhost("'name': 'a', 'port': -1, 'ws-protocols': [{'p': {'l': [{'a': '1'}, {'b': '2'}]}}]"),
                        "a null p{l={a=1, b=2}}"),
                Arguments.of(
                        "raw",
                        vhost("'name': 'a', 'port': -1, 'listen-accept-role': 'raw-skt', 'listen-accept-protocol': 'p',"
                                + "'apply-listen-accept': '1', 'ws-protocols': [{'p': {}}]"),
                        "a null p{default=1}"),
                Arguments.of(
                        "objects where lws has lists",
                        "{'vhosts': {'name': 'a', 'port': -1, 'ws-protocols': {'p': {}}, 'headers': {'x-y': 'z'}}}",
                        "a null p{}"),
                Arguments.of(
                        "comments and trailing commas",
                        "# one\n{'vhosts': [{'name': 'a', # two\n'port': '-1',},], /* three */ }",
                        "a null"),
                Arguments.of(
                        "every key that has no effect",
                        "{'global': {'uid': '1', 'gid': '1', 'username': 'x', 'groupname': 'x', 'init-ssl': 'yes',"
                                + "'ws-pingpong-secs': '200', 'count-async-threads': 2, 'reject-service-keywords': [{'x':"
                                + "'404 no'}], 'default-alpn': 'h2', 'ip-limit-ah': 1, 'ip-limit-wsi': 1,"
                                + "'rlimit-nofile': 1, 'cpd-bypass': 1}, 'vhosts': [{'name': 'a', 'port': -1, 'sts': 'on',"
                                + "'fo-listen-queue': '5', 'dht': [{}]}]}",
                        "a null"),
                Arguments.of(
                        "all that is known of a mount",
                        mount("'mountpoint': '/', 'origin': 'file://site', 'cache-max-age': '60', 'cache-reuse': '1',"
                                + "'cache-revalidate': '1', 'cache-intermediaries': '1', 'exact-match': 'on',"
                                + "'extra-mimetypes': {'.zip': 'application/zip', '.dat': 'text/x-dat'},"
                                + "'headers': [{'x-a': 'b'}], 'cgi-timeout': '30', 'protocol': 'x'"),
                        "a null /=FILES:site/index.html"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void reads(String name, String json, String expected) {
        Configuration read = dir.file("conf", quoted(json)).read();
        assertEquals(List.of(), dir.problems());
        assertEquals(
                expected,
                read.vhosts().stream().map(ConfigurationReaderTest::show).collect(Collectors.joining("; ")));
    }

    // ---- what is refused, and where

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("no vhost", "{}", "DIR: vhosts: at least one vhost is needed"),
                Arguments.of(
                        "unknown section",
                        "{'globl': {}, 'vhosts': [{'name': 'a', 'port': -1}]}",
                        "conf:1:2: globl: unknown key; the nearest known key is global"),
                Arguments.of(
                        "unknown global key",
                        "{'global': {\n 'plugindir': 'x'}, 'vhosts': [{'name': 'a', 'port': -1}]}",
                        "conf:2:2: global.plugindir: unknown key; the nearest known key is plugin-dir"),
                Arguments.of(
                        "unknown vhost key",
                        vhost("'name': 'a', 'port': -1,\n 'prot': 1"),
                        "conf:2:2: vhosts[0].prot: unknown key; the nearest known key is port"),
                Arguments.of(
                        "unknown mount key",
                        mount("'mountpoint': '/', 'origin': 'file://site',\n  'defualt': 'x'"),
                        "conf:2:3: vhosts[0].mounts[0].defualt: unknown key; the nearest known key is default"),
                Arguments.of("no name", vhost("'port': -1"), "conf:1:13: vhosts[0]: has no name"),
                Arguments.of(
                        "no port",
                        vhost("'name': 'a'"),
                        "conf:1:13: vhosts[0]: has no port; -1 is for a vhost that does not listen"),
                Arguments.of(
                        "port beyond",
                        vhost("'name': 'a', 'port': 65536"),
                        "conf:1:35: vhosts[0].port: is \"65536\" where a whole number from -1 to 65535 is wanted"),
                Arguments.of(
                        "port beyond 2^63",
                        vhost("'name': 'a', 'port': 9223372036854775808"),
                        "conf:1:35: vhosts[0].port: is \"9223372036854775808\" where a whole number from -1 to 65535 is"
                                + " wanted"),
                Arguments.of(
                        "port as an object",
                        vhost("'name': 'a', 'port': {}"),
                        "conf:1:35: vhosts[0].port: is an object where a whole number from -1 to 65535 is wanted"),
                Arguments.of(
                        "key twice",
                        vhost("'name': 'a', 'port': -1,\n'name': 'b'"),
                        "conf:2:1: vhosts[0].name: is given twice"),
                Arguments.of(
                        "no such interface",
                        vhost("'name': 'a', 'port': 1, 'interface': '300.1.1.1'"),
                        "conf:1:51: vhosts[0].interface: there is no interface or address 300.1.1.1"),
                Arguments.of(
                        "a key without a certificate",
                        vhost("'name': 'a', 'port': 1,\n 'host-ssl-key': '/k'"),
                        "conf:2:2: vhosts[0].host-ssl-key: there is no host-ssl-cert it could belong to"),
                Arguments.of(
                        "a certificate that is not there",
                        vhost("'name': 'a', 'port': 1,\n 'host-ssl-cert': '/nowhere.pem'"),
                        "conf:2:19: vhosts[0].host-ssl-cert: there is no file /nowhere.pem"),
                Arguments.of(
                        "neither on nor off",
                        vhost("'name': 'a', 'port': 1, 'noipv6': 'maybe'"),
                        "conf:1:48: vhosts[0].noipv6: is \"maybe\" where on or off is wanted"),
                Arguments.of(
                        "files that are not there",
                        mount("'mountpoint': '/', 'origin': 'file://nowhere'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: there is no directory nowhere"),
                Arguments.of(
                        "proxy to nowhere",
                        mount("'mountpoint': '/', 'origin': 'http://127.0.0.1:80/?x'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: an origin is an http(s) URL or unix:/socket, not"
                                + " http://127.0.0.1:80/?x"),
                Arguments.of(
                        "CGI",
                        mount("'mountpoint': '/', 'origin': 'cgi:///nowhere/x'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: there is no file /nowhere/x"),
                Arguments.of(
                        "zip",
                        mount("'mountpoint': '/', 'origin': 'gzip://x.zip'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: there is no file x.zip"),
                Arguments.of(
                        "chroot",
                        mount("'mountpoint': '/', 'origin': 'file://site', 'cgi-chroot': '/'"),
                        "conf:1:95: vhosts[0].mounts[0].cgi-chroot: a JVM cannot change the root; without it scripts would"
                                + " see all of the system"),
                Arguments.of(
                        "no scheme",
                        mount("'mountpoint': '/', 'origin': '/var/www'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: \"/var/www\" must begin with file://, callback://,"
                                + " http://, https://, cgi://, gzip://, >http:// or >https://"),
                Arguments.of(
                        "password",
                        mount("'mountpoint': '/', 'origin': 'file://site', 'basic-auth': '/x'"),
                        "conf:1:109: vhosts[0].mounts[0].basic-auth: there is no file /x"),
                Arguments.of(
                        "no mountpoint",
                        mount("'origin': 'file://site'"),
                        "conf:1:50: vhosts[0].mounts[0]: has no mountpoint"),
                Arguments.of(
                        "relative mountpoint",
                        mount("'mountpoint': 'x', 'origin': 'file://site'"),
                        "conf:1:65: vhosts[0].mounts[0].mountpoint: mountpoint must be an absolute, normalised path, not x"),
                Arguments.of(
                        "callback to nobody",
                        mount("'mountpoint': '/', 'origin': 'callback://p'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: protocol p is not among the vhost's ws-protocols"),
                Arguments.of(
                        "header that is none",
                        vhost("'name': 'a', 'port': 1, 'headers': [{'x y': 'z'}]"),
                        "conf:1:58: vhosts[0].headers[0].x y: header name is not a token"),
                Arguments.of(
                        "protocol twice",
                        vhost("'name': 'a', 'port': 1, 'ws-protocols': [{'p': {}}, {'p': {}}]"),
                        "conf:1:67: vhosts[0].ws-protocols[1].p: is given twice"),
                Arguments.of(
                        "protocol without an object",
                        vhost("'name': 'a', 'port': 1, 'ws-protocols': [{'p': 'ok'}]"),
                        "conf:1:61: vhosts[0].ws-protocols[0].p: is \"ok\" where an object is wanted"),
                Arguments.of(
                        "an object without its end",
                        "{'vhosts': [{",
                        "conf:1:14: Unexpected end-of-input: expected close marker for Object"),
                Arguments.of(
                        "header that frames",
                        vhost("'name': 'a', 'port': 1, 'headers': [{'Content-Length': '5'}]"),
                        "conf:1:69: vhosts[0].headers[0].Content-Length: the server says that by itself, as each answer"
                                + " needs it"),
                Arguments.of(
                        "two mounts at one place",
                        vhost("'name': 'a', 'port': 1, 'mounts': [{'mountpoint': '/x', 'origin': 'file://site'},"
                                + " {'mountpoint': '/x/', 'origin': '>http://a'}]"),
                        "conf:1:96: vhosts[0].mounts[1]: a mount of this vhost is at /x already"),
                Arguments.of(
                        "files of nowhere",
                        mount("'mountpoint': '/', 'origin': 'file://'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: names nothing behind file://"),
                Arguments.of(
                        "proxy to no port",
                        mount("'mountpoint': '/', 'origin': 'http://a:99999/'"),
                        "conf:1:80: vhosts[0].mounts[0].origin: bad host or port: http://a:99999/"),
                Arguments.of(
                        "log to a directory",
                        vhost("'name': 'a', 'port': 1, 'access-log': 'site'"),
                        "conf:1:52: vhosts[0].access-log: cannot be written: site is a directory"),
                Arguments.of(
                        "plugins that are not there",
                        "{'global': {'plugin-dir': 'plugins', 'plugin-dir': 'more'}, 'vhosts': [{'name': 'a', 'port': 1}]}",
                        "conf:1:52: global.plugin-dir: there is no directory more"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses(String name, String json, String problem) {
        dir.file("conf", quoted(json));
        assertEquals(List.of(problem), dir.problems());
    }

    @Test
    void hasAsManyBadRowsAsGoodOnes() {
        assertTrue(bad().count() >= good().count());
    }

    // ---- several files

    @Test
    void reportsTheProblemsOfAllFilesTogether() {
        dir.file("conf", "{\"global\": {\"count-threads\": \"many\",\n \"typo\": 1}}")
                .file("conf.d/20-b", "{\"vhosts\": [}")
                .file("conf.d/10-a", "{\"vhosts\": [{\"name\": \"a\", \"port\": \"x\"}]}");
        assertEquals(
                List.of(
                        "conf:1:30: global.count-threads: is \"many\" where a whole number from 0 to 256 is wanted",
                        "conf:2:2: global.typo: unknown key; the nearest known key is gid",
                        "conf.d/10-a:1:35: vhosts[0].port: is \"x\" where a whole number from -1 to 65535 is wanted",
                        "conf.d/20-b:1:13: Unexpected close marker '}': expected ']'"),
                dir.problems());
    }

    @Test
    void readsConfAndThenConfDInTheOrderOfNames() {
        dir.file("conf", "{\"global\": {\"count-threads\": 2}, \"vhosts\": [{\"name\": \"main\", \"port\": 1}]}")
                .file("conf.d/b", "{\"global\": {\"count-threads\": 3}, \"vhosts\": [{\"name\": \"b\", \"port\": 2}]}")
                .file("conf.d/a", "{\"vhosts\": [{\"name\": \"a\", \"port\": 2}]}")
                .file("conf.d/dir/c", "not read");
        Configuration read = dir.read();
        assertEquals(List.of(), dir.problems());
        assertEquals(
                List.of("main", "a", "b"),
                read.vhosts().stream().map(VhostSettings::name).toList());
        assertEquals(3, read.global().loops());
    }

    /** lws passes over every name with a tilde; the others would describe a site a second time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a~",
                "a.~1~",
                ".a.swp",
                ".hidden",
                "#a#",
                "a.dpkg-dist",
                "a.dpkg-old",
                "a.ucf-dist",
                "a.rpmnew",
                "a.orig"
            })
    void passesOverWhatWasLeftBehind(String name) {
        dir.file("conf", "{}")
                .file("conf.d/a", "{\"vhosts\": [{\"name\": \"a\", \"port\": 2}]}")
                .file("conf.d/" + name, "{\"vhosts\": [{\"name\": \"a\", \"port\": 2}]} or not even that");
        assertEquals(List.of(), dir.problems());
        assertEquals(List.of("conf.d/" + name + ": is not read: its name is that of a file left behind"), dir.notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.conf", "example.com", "a.json", "50-a", "dpkg-dist", "rpmnew"})
    void readsFilesOfAnyOtherName(String name) {
        dir.file("conf", "{}").file("conf.d/" + name, "{\"vhosts\": [{\"name\": \"a\", \"port\": 2}]}");
        assertEquals(1, dir.read().vhosts().size());
        assertEquals(List.of(), dir.notes());
    }

    @Test
    void followsLinksAndMissesWhatTheyShouldLeadTo() throws IOException {
        dir.file("conf", "{}")
                .file("sites/a", "{\"vhosts\": [{\"name\": \"a\", \"port\": 2}]}")
                .file("conf.d/dir/x", "");
        Files.createSymbolicLink(directory.resolve("conf.d/a"), directory.resolve("sites/a"));
        assertEquals(1, dir.read().vhosts().size());
        Files.createSymbolicLink(directory.resolve("conf.d/b"), directory.resolve("sites/b"));
        assertEquals(List.of("conf.d/b: is a link to nothing"), dir.problems());
    }

    @Test
    void forgivesAByteOrderMark() {
        dir.file("conf", "\ufeff{\"vhosts\": [{\"name\": \"a\", \"port\": 2}]}\r\n");
        assertEquals(List.of(), dir.problems());
    }

    /** lws takes 0 for what it is without the key. */
    @Test
    void takesZeroForTheUsual() {
        dir.file(
                "conf",
                quoted("{'global': {'count-threads': '0', 'timeout-secs': 0}, 'vhosts': [{'name': 'a', 'port': 1,"
                        + " 'keepalive_timeout': '0'}]}"));
        Configuration read = dir.read();
        assertEquals(List.of(), dir.findings().problems());
        assertEquals(1, read.global().loops());
        assertNull(read.global().timeout());
        assertNull(read.vhosts().get(0).keepAlive());
    }

    @Test
    void collectsPluginDirsOfAllFiles() {
        dir.file("more/x", "");
        dir.file("conf", "{\"global\": {\"plugin-dir\": \"plugins\"}, \"vhosts\": [{\"name\": \"a\", \"port\": 1}]}")
                .file("conf.d/a", "{\"global\": {\"plugin-dir\": [\"more\"]}}");
        assertEquals(
                List.of(directory.resolve("plugins"), directory.resolve("more")),
                dir.read().global().pluginDirs());
    }

    @Test
    void saysOfWhatHasNoEffectWhereItStands() {
        dir.file("conf", quoted(vhost("'name': 'a', 'port': 1,\n 'keeplive-timeout': 9,\n 'fo-listen-queue': '1'")))
                .read();
        assertEquals(
                List.of(
                        "conf:2:2: vhosts[0].keeplive-timeout: is read as keepalive_timeout, which is how the key is spelt",
                        "conf:3:2: vhosts[0].fo-listen-queue: has no effect here: the JVM has no fast open for listening"
                                + " sockets"),
                dir.notes());
    }

    @Test
    void readsASingleFile() {
        dir.file("my.conf", quoted(mount("'mountpoint': '/', 'origin': 'file://site'")));
        Findings findings = new Findings();
        Configuration read = ConfigurationReader.read(directory.resolve("my.conf"), directory, findings);
        assertEquals(List.of(), findings.problems());
        assertEquals(1, read.vhosts().size());
    }

    @Test
    void refusesWhatIsNotThere() {
        assertEquals(List.of("conf: there is no such file"), dir.problems());
    }

    @Test
    void refusesMoreThanAMebibyte() {
        dir.file("conf", " ".repeat(ConfigFile.MAX_BYTES + 1));
        assertEquals(List.of("conf: is longer than 1048576 bytes"), dir.problems());
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Files.write(directory.resolve("conf"), new byte[] {'{', '\n', '"', 'a', (byte) 0xff, '"', ':', '1', '}'});
        assertEquals(List.of("conf:2:3: is not UTF-8"), dir.problems());
    }

    @Test
    void writesNoLineOfSomebodyElseIntoTheLog() {
        dir.file("conf", "{\"a\\nb: fine\": 1, \"vhosts\": [{\"name\": \"a\", \"port\": 1}]}");
        assertEquals(1, dir.problems().get(0).lines().count());
    }

    private static String vhost(String members) {
        return "{'vhosts': [{" + members + "}]}";
    }

    private static String mount(String members) {
        return vhost("'name': 'a', 'port': -1, 'mounts': [{" + members + "}]");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
