package io.lws.lwsws;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the jar, and the Java it runs on. */
final class LwswsVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = LwswsMain.class.getPackage().getImplementationVersion();
        return new String[] {
            "lwsws " + (version == null ? "from a build directory" : version) + ", lws for Java, on Java "
                    + Runtime.version()
        };
    }
}
