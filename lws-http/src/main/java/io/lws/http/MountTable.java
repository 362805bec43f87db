package io.lws.http;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mounts of a vhost, longest mountpoint first. Immutable. */
public final class MountTable {
    private final Mount[] longestFirst;

    /** {@link IllegalArgumentException} when two mounts claim the same place in the same way. */
    public MountTable(List<Mount> mounts) {
        longestFirst = mounts.stream()
                .sorted(Comparator.comparingInt(
                                (Mount mount) -> mount.mountpoint().length())
                        .reversed()
                        .thenComparing(mount -> !mount.isExactMatch()))
                .toArray(Mount[]::new);
        Set<String> taken = new HashSet<>();
        for (Mount mount : longestFirst) {
            if (!taken.add(mount.mountpoint() + (mount.isExactMatch() ? " exactly" : ""))) {
                throw new IllegalArgumentException("two mounts at " + mount.mountpoint());
            }
        }
    }

    /** The mount that serves a normalised path, or null. Allocates nothing. */
    public @Nullable Mount find(String path) {
        for (Mount mount : longestFirst) {
            if (mount.serves(path)) {
                return mount;
            }
        }
        return null;
    }
}
