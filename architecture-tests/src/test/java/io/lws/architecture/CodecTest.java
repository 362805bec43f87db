package io.lws.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Codecs are sans-I/O: they name no channel, no loop, no connection and no session. */
class CodecTest {
    private static final Pattern CODEC =
            Pattern.compile(".*(Parser|Decoder|Encoder|Writer|Validator|Deflater|Inflater)(\\$.*)?");
    private static final List<String> PACKAGES = List.of(
            "io.lws.http.h1",
            "io.lws.http.h2",
            "io.lws.http.hpack",
            "io.lws.ws",
            "io.lws.ws.deflate",
            "io.lws.mqtt.codec");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "java\\.nio\\.channels\\..*|java\\.net\\..*|io\\.lws\\.(loop|net)\\..*|io\\.lws\\..*Session");

    @Test
    void namesNoChannelLoopOrSession() {
        Set<String> sideways = new TreeSet<>();
        for (Checkout.Module module : Checkout.modules()) {
            for (JavaClass codec : Checkout.classesOf(module)) {
                if (isCodec(codec.getPackageName(), codec.getName())) {
                    forbiddenIn(codec, sideways);
                }
            }
        }
        assertEquals(Set.of(), sideways);
    }

    @Test
    void tellsCodecsFromRoles() {
        assertTrue(isCodec("io.lws.http.h1", "io.lws.http.h1.RequestParser"));
        assertTrue(isCodec("io.lws.http.h1", "io.lws.http.h1.RequestParser$State"));
        assertFalse(isCodec("io.lws.http.h1", "io.lws.http.h1.H1Connection"));
        assertTrue(FORBIDDEN.matcher("io.lws.ws.WsSession").matches());
        assertFalse(FORBIDDEN.matcher("io.lws.ProtocolException").matches());
    }

    private static boolean isCodec(String packageName, String className) {
        return PACKAGES.contains(packageName) && CODEC.matcher(className).matches();
    }

    private static void forbiddenIn(JavaClass codec, Set<String> sideways) {
        for (Dependency arrow : codec.getDirectDependenciesFromSelf()) {
            if (FORBIDDEN.matcher(arrow.getTargetClass().getName()).matches()) {
                sideways.add(arrow.getDescription());
            }
        }
    }
}
