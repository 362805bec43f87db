package io.lws.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Defines the classes of one plugin from memory. Any thread. */
final class PluginLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final JarContents contents;
    private final ProtectionDomain domain;

    PluginLoader(Path jar, JarContents contents, ClassLoader parent) {
        super(String.valueOf(jar.getFileName()), parent);
        this.contents = contents;
        domain = new ProtectionDomain(new CodeSource(url(jar), (Certificate[]) null), null, this, null);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = contents.content(name.replace('.', '/') + ".class");
        if (code == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, code, 0, code.length, domain);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] content = contents.content(name);
        if (content == null) {
            return null;
        }
        try {
            return new URL(null, "lws-plugin:/" + getName() + "!/" + name, new Memory(content));
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    /** URLs that lead to bytes in memory. */
    private static final class Memory extends URLStreamHandler {
        private final byte[] content;

        Memory(byte[] content) {
            this.content = content;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public long getContentLengthLong() {
                    return content.length;
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    return new ByteArrayInputStream(content);
                }
            };
        }
    }
}
