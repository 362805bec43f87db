package io.lws.lwsws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jspecify.annotations.Nullable;

/** Whose a unix socket is: that user and that group, and nobody else, may connect. */
record SocketRights(UserPrincipal user, GroupPrincipal group) {
    /** Of {@code user:group}, or {@code null} after the problem has been reported. */
    static @Nullable SocketRights read(Value value) {
        String text = value.nonEmptyText();
        String[] names = text == null ? new String[0] : text.split(":", 2);
        if (names.length < 2) {
            value.problem("is " + value.node().kind() + " where user:group is wanted");
            return null;
        }
        try {
            UserPrincipalLookupService principals = Path.of("/").getFileSystem().getUserPrincipalLookupService();
            return new SocketRights(
                    principals.lookupPrincipalByName(names[0]), principals.lookupPrincipalByGroupName(names[1]));
        } catch (IOException e) {
            value.problem("there is no such user or group: " + e.getMessage());
            return null;
        }
    }

    /** @throws IOException naming the socket, when this process may not do that */
    void apply(Path socket) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
        try {
            view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
            view.setGroup(group);
            view.setOwner(user);
        } catch (IOException e) {
            throw new IOException("cannot give " + socket + " to " + user + ":" + group + ": " + e.getMessage(), e);
        }
    }
}
