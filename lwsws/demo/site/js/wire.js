/* The strip at the top: every message of every socket as a tick in its lane, twelve seconds of them. */
import {screen, colour, SMALL_FONT} from './screen.js';

export const IN = -1;
export const OUT = 1;

const LANES = ['chat', 'mirror', 'counter', 'echo'];
const SPAN_MS = 12_000;
const MOST_TICKS = 4_000;
const LABEL_WIDTH = 68;
const GUARD = 10;

const ticks = [];
const totals = {[IN]: 0, [OUT]: 0};

/** Records one message; length in characters decides the height of its tick. */
export function note(lane, direction, length) {
    totals[direction]++;
    ticks.push({at: performance.now(), lane: LANES.indexOf(lane), direction, length});
    if (ticks.length > MOST_TICKS) {
        ticks.splice(0, MOST_TICKS / 4);
    }
}

function draw(context, width, height) {
    const now = performance.now();
    while (ticks.length && now - ticks[0].at > SPAN_MS) {
        ticks.shift();
    }
    const laneHeight = (height - 2 * GUARD) / LANES.length;
    const axis = lane => Math.round(GUARD + laneHeight * (lane + 0.5)) + 0.5;
    context.font = SMALL_FONT;
    context.textBaseline = 'middle';
    context.lineWidth = 1;
    context.strokeStyle = colour('screen-line');
    LANES.forEach((name, lane) => {
        context.fillStyle = colour(name);
        context.fillText(name, 12, axis(lane));
        context.beginPath();
        context.moveTo(LABEL_WIDTH, axis(lane));
        context.lineTo(width - 12, axis(lane));
        context.stroke();
    });
    const reach = laneHeight / 2 - 2;
    for (const {at, lane, direction, length} of ticks) {
        const x = width - 12 - (now - at) / SPAN_MS * (width - 12 - LABEL_WIDTH);
        const tall = Math.min(reach, 4 + 2 * Math.log2(1 + length));
        context.fillStyle = colour(LANES[lane]);
        context.fillRect(x - 1, axis(lane), 2, direction * tall);
    }
}

function showTotals(line) {
    line.dataset.in = totals[IN];
    line.dataset.out = totals[OUT];
    line.textContent = `${totals[IN].toLocaleString('en')} in, ${totals[OUT].toLocaleString('en')} out`;
}

/** Starts the strip; it moves in steps of a second for those who asked for less motion. */
export function start() {
    const redraw = screen(document.getElementById('wire'), draw);
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    const line = document.getElementById('wire-total');
    setInterval(() => {
        showTotals(line);
        redraw();
    }, 1000);
    const run = () => {
        if (!calm.matches) {
            redraw();
            requestAnimationFrame(run);
        }
    };
    calm.addEventListener('change', run);
    run();
}
