package io.lws.plugins.status;

import io.lws.MountPoint;
import io.lws.Vhost;
import io.lws.http.Mount;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may see the inside of the server: on a loopback or unix socket whoever can connect, elsewhere whoever gets past the
 * authentication of the mount.
 */
final class Admission {
    private final List<Mount> doors = new ArrayList<>();

    /** @throws IllegalArgumentException on a vhost that would show itself to anybody */
    Admission(Vhost vhost, String protocol) {
        boolean local = !(vhost.listenAddress() instanceof InetSocketAddress inet)
                || inet.getAddress() != null && inet.getAddress().isLoopbackAddress();
        for (MountPoint each : vhost.mounts()) {
            if (each instanceof Mount mount && mount.target().equals(protocol)) {
                if (!local && mount.authenticator() == null) {
                    throw new IllegalArgumentException("mount " + mount.mountpoint()
                            + " would show the inside of the server to anybody: give it basic-auth, or the vhost a"
                            + " loopback interface");
                }
                doors.add(mount);
            }
        }
    }

    /** Whether somebody who asks for {@code path} has come through one of the mounts, where passwords are asked for. */
    boolean admits(String path) {
        return doors.stream().anyMatch(each -> each.serves(path));
    }
}
