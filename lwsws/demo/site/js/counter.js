/* The counter: a number every 50 ms, and a trace of how far apart the numbers arrive. */
import {card} from './card.js';
import {screen, colour, SMALL_FONT} from './screen.js';

const PERIOD_MS = 50;
const TOP_MS = 2 * PERIOD_MS;
const MOST = 200;
const AXIS_PX = 48;
const LABEL_EVERY_MS = 500;

export function start() {
    const value = document.getElementById('counter-value');
    const interval = document.getElementById('counter-interval');
    let gaps = [];
    let lastAt = 0;
    let labelledAt = 0;

    const redraw = screen(document.getElementById('counter-trace'), (context, width, height) => {
        reference(context, width, height);
        trace(context, width, height, gaps);
    });

    const socket = card('counter', {
        onDown: () => lastAt = 0,
        onText(text) {
            const now = performance.now();
            value.textContent = text.trim();
            if (lastAt) {
                gaps = [...gaps.slice(1 - MOST), now - lastAt];
                redraw();
            }
            lastAt = now;
            if (gaps.length && now - labelledAt > LABEL_EVERY_MS) {
                labelledAt = now;
                interval.textContent = (gaps.reduce((sum, gap) => sum + gap) / gaps.length).toFixed(1) + ' ms';
            }
        },
    });

    document.getElementById('counter-reset').addEventListener('click', () => socket.send('reset\n'));
    document.getElementById('counter-close').addEventListener('click', () => {
        socket.expectClose();
        socket.send('closeme\n');
    });
    socket.connect();
}

function reference(context, width, height) {
    const y = Math.round(height / 2) + 0.5;
    context.font = SMALL_FONT;
    context.fillStyle = colour('screen-text');
    context.textBaseline = 'middle';
    context.fillText(`${PERIOD_MS} ms`, 0, y);
    context.strokeStyle = colour('screen-line');
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(AXIS_PX, y);
    context.lineTo(width, y);
    context.stroke();
}

function trace(context, width, height, gaps) {
    context.strokeStyle = colour('counter');
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    context.beginPath();
    gaps.forEach((gap, i) => {
        const x = width - (gaps.length - 1 - i) / (MOST - 1) * (width - AXIS_PX);
        const y = height - 1 - Math.min(gap, TOP_MS) / TOP_MS * (height - 2);
        context.lineTo(x, y);
    });
    context.stroke();
}
