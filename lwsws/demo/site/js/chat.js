/* Chat: each text message reaches every client, the sender included, so the log shows only what came back. */
import {card} from './card.js';

const MOST_LINES = 300;
const NEAR_END_PX = 40;

const clock = new Intl.DateTimeFormat('en-GB', {timeStyle: 'medium'});

function line(text, own) {
    const now = new Date();
    const time = document.createElement('time');
    time.dateTime = now.toISOString();
    time.textContent = clock.format(now);
    const words = document.createElement('span');
    words.className = 'text';
    words.textContent = text;
    const paragraph = document.createElement('p');
    paragraph.dataset.own = own;
    paragraph.append(time, words);
    return paragraph;
}

export function start() {
    const log = document.getElementById('chat-log');
    const input = document.getElementById('chat-input');
    let awaited = [];

    const socket = card('chat', {
        onDown: () => awaited = [],
        onText(text) {
            const own = awaited[0] === text;
            if (own) {
                awaited.shift();
            }
            const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
            log.append(line(text, own));
            while (log.childElementCount > MOST_LINES) {
                log.firstElementChild.remove();
            }
            if (atEnd || own) {
                log.scrollTop = log.scrollHeight;
            }
        },
    });

    document.getElementById('chat-form').addEventListener('submit', event => {
        event.preventDefault();
        const text = input.value.trim();
        if (text && socket.send(text)) {
            awaited.push(text);
            input.value = '';
        }
        input.focus();
    });
    socket.connect();
}
