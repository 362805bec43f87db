package io.lws.net;

/**
 * The life of a connection. Transitions only go down this list:
 *
 * <pre>
 *   OPEN ── close() ──▶ CLOSING ── output gone ──▶ LINGERING ── peer's FIN or time ──▶ CLOSED
 *     └──── abort(), network failure ─────────────────────────────────────────────────▶ CLOSED
 * </pre>
 */
public enum ConnectionPhase {
    /** Role and transport work. */
    OPEN,
    /** The end is decided: no callback but {@code onClosed}; waiting output still goes out. */
    CLOSING,
    /** Our FIN is out; input is thrown away until the peer's FIN, so that no reset overtakes the last output. */
    LINGERING,
    /** Nothing is left. */
    CLOSED
}
