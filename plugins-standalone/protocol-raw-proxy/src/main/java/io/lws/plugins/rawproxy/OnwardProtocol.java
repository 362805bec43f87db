package io.lws.plugins.rawproxy;

import io.lws.raw.RawSession;

/** The side of the server behind; one for each session. */
final class OnwardProtocol implements EitherSide {
    private final RawSession<Leg> near;

    OnwardProtocol(RawSession<Leg> near) {
        this.near = near;
    }

    @Override
    public void onConnected(RawSession<Leg> far) {
        if (near.isOpen()) {
            Leg.join(near, far);
            near.resumeRx();
        } else {
            far.abort();
        }
    }
}
