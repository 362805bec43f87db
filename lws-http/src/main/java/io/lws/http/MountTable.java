package io.lws.http;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mounts of a vhost, longest mountpoint first. Immutable. */
public final class MountTable {
    private final Mount[] longestFirst;

    /** {@link IllegalArgumentException} when two mounts claim the same place in the same way. */
    public MountTable(List<Mount> mounts) {
        longestFirst = mounts.toArray(new Mount[0]);
        Arrays.sort(longestFirst, MountTable::compare);
        Set<String> taken = new HashSet<>();
        for (Mount mount : longestFirst) {
            if (!taken.add(mount.mountpoint() + (mount.isExactMatch() ? " exactly" : ""))) {
                throw new IllegalArgumentException("two mounts at " + mount.mountpoint());
            }
        }
    }

    /** Written out: the JDK's comparators are made anew in every process, which a start would feel. */
    private static int compare(Mount one, Mount other) {
        int byLength =
                Integer.compare(other.mountpoint().length(), one.mountpoint().length());
        return byLength != 0 ? byLength : Boolean.compare(other.isExactMatch(), one.isExactMatch());
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
