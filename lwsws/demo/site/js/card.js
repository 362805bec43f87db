/* What the four cards share: a socket, the state line, and buttons that work only while the socket is open. */
import {LiveSocket} from './socket.js';
import * as wire from './wire.js';

const WORDS = {
    connecting: () => 'connecting',
    open: () => 'open',
    reconnecting: ({waitMs}) => `retry in ${(waitMs / 1000).toFixed(waitMs < 10_000 ? 1 : 0)} s`,
    closed: () => 'closed',
};

/** Returns the card's socket, not yet connected. handlers: { onText(text), onOpen()?, onDown()? } */
export function card(name, handlers) {
    const section = document.getElementById(`card-${name}`);
    const live = section.querySelectorAll('[data-needs=open]');
    const status = document.getElementById(`status-${name}`);

    const socket = new LiveSocket(section.dataset.subprotocol, {
        onText: handlers.onText,
        onSent: length => wire.note(name, wire.OUT, length),
        onReceived: length => wire.note(name, wire.IN, length),
        onState(change) {
            show(status, change);
            const open = change.state === 'open';
            live.forEach(button => button.disabled = !open);
            (open ? handlers.onOpen : handlers.onDown)?.();
            tally();
        },
    });
    document.getElementById(`retry-${name}`).addEventListener('click', () => socket.connect());
    return socket;
}

function show(status, change) {
    status.dataset.state = change.state;
    if (change.state === 'open') {
        delete status.dataset.code;
        delete status.dataset.reason;
    } else if (change.code !== undefined) {
        status.dataset.code = change.code;
        status.dataset.reason = change.reason;
    }
    const why = change.code === undefined ? '' : `, ${change.code}${change.reason ? ' ' + change.reason : ''}`;
    status.firstElementChild.textContent = status.title = WORDS[change.state](change) + why;
}

function tally() {
    const all = document.querySelectorAll('.status');
    const open = document.querySelectorAll('.status[data-state=open]').length;
    const line = document.getElementById('status-all');
    line.dataset.open = open;
    line.textContent = `${open} of ${all.length} sockets open`;
}
