/*
 * One WebSocket that comes back by itself: connecting -> open -> reconnecting -> open ..., or closed when asked to.
 * Waits double from half a second to fifteen, and only a connection that lasted resets them, so a server that
 * accepts and hangs up at once is not hammered.
 */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const LASTED_MS = 5_000;

export class LiveSocket {
    #subprotocol;
    #listener;
    #query = '';
    #socket = null;
    #timer = 0;
    #waitMs = FIRST_WAIT_MS;
    #openedAt = 0;
    #stayClosed = false;

    /** listener: { onState({state, code, reason, waitMs}), onText(text), onSent(length)?, onReceived(length)? } */
    constructor(subprotocol, listener) {
        this.#subprotocol = subprotocol;
        this.#listener = listener;
        const wake = () => this.#timer && !document.hidden && this.connect();
        addEventListener('online', wake);
        document.addEventListener('visibilitychange', wake);
    }

    get isOpen() {
        return this.#socket?.readyState === WebSocket.OPEN;
    }

    /** Connects now, dropping what there was; query is kept for later reconnections. */
    connect(query = this.#query) {
        this.#query = query;
        this.#stayClosed = false;
        clearTimeout(this.#timer);
        this.#timer = 0;
        const previous = this.#socket;
        const url = new URL('/' + query, location.href);
        url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
        url.hash = '';
        const socket = this.#socket = new WebSocket(url, this.#subprotocol);
        previous?.close(1000);
        this.#listener.onState({state: 'connecting'});
        socket.onopen = () => socket === this.#socket && this.#opened();
        socket.onmessage = event => socket === this.#socket && this.#received(event.data);
        socket.onclose = event => socket === this.#socket && this.#closed(event.code, event.reason);
    }

    /** The next close is what the user wanted: no reconnection follows it. */
    expectClose() {
        this.#stayClosed = true;
    }

    /** Returns false, and sends nothing, when the socket is not open. */
    send(text) {
        if (!this.isOpen) {
            return false;
        }
        this.#socket.send(text);
        this.#listener.onSent?.(text.length);
        return true;
    }

    #opened() {
        this.#openedAt = performance.now();
        this.#listener.onState({state: 'open'});
    }

    #received(data) {
        this.#listener.onReceived?.(data.length ?? data.size);
        if (typeof data === 'string') {
            this.#listener.onText(data);
        }
    }

    #closed(code, reason) {
        this.#socket = null;
        if (this.#stayClosed) {
            this.#listener.onState({state: 'closed', code, reason});
            return;
        }
        if (this.#openedAt && performance.now() - this.#openedAt > LASTED_MS) {
            this.#waitMs = FIRST_WAIT_MS;
        }
        this.#openedAt = 0;
        const waitMs = this.#waitMs * (0.75 + Math.random() / 2);
        this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
        this.#timer = setTimeout(() => this.connect(), waitMs);
        this.#listener.onState({state: 'reconnecting', code, reason, waitMs});
    }
}
