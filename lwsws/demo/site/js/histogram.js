/* Round-trip times on a logarithmic axis, from a twentieth of a millisecond to a second. */
import {colour, SMALL_FONT} from './screen.js';

const LEAST = Math.log10(0.05);
const MOST = Math.log10(1000);
const BAR_PX = 7;
const AXIS_PX = 24;
const PAD_PX = 12;
const MARKS = [[0.1, '0.1 ms'], [1, '1'], [10, '10'], [100, '100'], [1000, '1 s']];

const position = ms => Math.max(0, Math.min(1, (Math.log10(Math.max(ms, 1e-3)) - LEAST) / (MOST - LEAST)));

export function drawHistogram(context, width, height, values) {
    const room = width - 2 * PAD_PX;
    const floor = height - AXIS_PX;
    axis(context, room, floor);

    const bars = new Array(Math.max(1, Math.floor(room / BAR_PX))).fill(0);
    values.forEach(ms => bars[Math.min(bars.length - 1, Math.floor(position(ms) * bars.length))]++);
    const tallest = Math.max(...bars);
    context.fillStyle = colour('echo');
    bars.forEach((count, i) => {
        const tall = count && Math.max(2, count / tallest * (floor - PAD_PX));
        context.fillRect(PAD_PX + i * room / bars.length, floor - tall, room / bars.length - 2, tall);
    });
}

function axis(context, room, floor) {
    context.font = SMALL_FONT;
    context.textBaseline = 'top';
    context.lineWidth = 1;
    context.strokeStyle = colour('screen-line');
    context.fillStyle = colour('screen-text');
    for (const [ms, label] of MARKS) {
        const x = Math.round(PAD_PX + position(ms) * room) + 0.5;
        context.beginPath();
        context.moveTo(x, PAD_PX);
        context.lineTo(x, floor);
        context.stroke();
        context.textAlign = ms === 1000 ? 'right' : 'center';
        context.fillText(label, x, floor + 7);
    }
}
