/* Echo: numbered messages, each timed from send to the return of the same number. */
import {card} from './card.js';
import {screen} from './screen.js';
import {Samples} from './samples.js';
import {drawHistogram} from './histogram.js';

const BURST = 200;
const EVERY_MS = 1000;

const field = id => document.getElementById(id);

export function start() {
    const samples = new Samples();
    const sent = new Map();
    const redraw = screen(field('echo-histogram'), (context, w, h) => drawHistogram(context, w, h, samples.values));
    let serial = 0;
    let answered = 0;
    let wrong = 0;
    let burstLeft = 0;

    const socket = card('echo', {
        onText(text) {
            const now = performance.now();
            const at = sent.get(text);
            if (at === undefined) {
                wrong++;
            } else {
                sent.delete(text);
                samples.add(now - at);
                answered++;
                show('echo-rtt', now - at);
            }
            if (burstLeft > 0 && sent.size === 0) {
                burst(burstLeft - 1);
            }
            report();
        },
        onDown() {
            wrong += sent.size;
            sent.clear();
            burst(0);
            report();
        },
    });

    function send() {
        const text = String(++serial);
        sent.set(text, performance.now());
        if (!socket.send(text)) {
            sent.delete(text);
        }
    }

    /** Keeps one message under way until none are left, so that no answer waits behind another. */
    function burst(left) {
        burstLeft = left;
        field('echo-burst').dataset.busy = left > 0;
        if (left > 0) {
            send();
        }
    }

    let reporting = false;
    function report() {
        if (!reporting) {
            reporting = true;
            requestAnimationFrame(() => {
                reporting = false;
                const [min, median, p99] = samples.quantiles(0, 0.5, 0.99);
                show('echo-min', min);
                show('echo-median', median);
                show('echo-p99', p99);
                field('echo-count').textContent = answered;
                field('echo-wrong').textContent = wrong;
                redraw();
            });
        }
    }

    field('echo-send').addEventListener('click', send);
    field('echo-burst').addEventListener('click', () => burstLeft === 0 && burst(BURST));
    setInterval(() => field('echo-auto').checked && burstLeft === 0 && socket.isOpen && send(), EVERY_MS);
    socket.connect();
}

function show(id, ms) {
    if (ms !== undefined) {
        field(id).dataset.ms = ms.toFixed(3);
        field(id).textContent = `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;
    }
}
