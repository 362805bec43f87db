/* Mouse, pen and any number of fingers on the board. */
import {BOARD_WIDTH, BOARD_HEIGHT} from './board.js';

const LARGEST_RADIUS = 999;

/** pen: { tool(), segment(from, to), circle(centre, radius) }, points in board units. */
export function followPointer(canvas, preview, pen) {
    const last = new Map();

    function place(event) {
        const box = canvas.getBoundingClientRect();
        return {
            x: within(Math.round((event.clientX - box.left) / box.width * BOARD_WIDTH), BOARD_WIDTH),
            y: within(Math.round((event.clientY - box.top) / box.height * BOARD_HEIGHT), BOARD_HEIGHT),
        };
    }

    function draw(event) {
        const from = last.get(event.pointerId);
        const to = place(event);
        if (to.x !== from.x || to.y !== from.y) {
            pen.segment(from, to);
            last.set(event.pointerId, to);
        }
    }

    canvas.addEventListener('pointerdown', event => {
        if (event.button !== 0) {
            return;
        }
        canvas.setPointerCapture(event.pointerId);
        const point = place(event);
        last.set(event.pointerId, point);
        if (pen.tool() === 'pen') {
            pen.segment(point, point);
        }
    });

    canvas.addEventListener('pointermove', event => {
        const from = last.get(event.pointerId);
        if (from && pen.tool() === 'circle') {
            showCircle(preview, from, distance(from, place(event)));
        } else if (from) {
            const steps = event.getCoalescedEvents?.() ?? [];
            (steps.length ? steps : [event]).forEach(draw);
        }
    });

    canvas.addEventListener('pointerup', event => {
        const from = last.get(event.pointerId);
        const radius = from ? distance(from, place(event)) : 0;
        if (radius > 0 && pen.tool() === 'circle') {
            pen.circle(from, radius);
        }
    });

    canvas.addEventListener('lostpointercapture', event => {
        last.delete(event.pointerId);
        preview.dataset.shown = false;
    });
}

function within(value, limit) {
    return Math.max(0, Math.min(limit, value));
}

function distance(a, b) {
    return Math.min(LARGEST_RADIUS, Math.round(Math.hypot(a.x - b.x, a.y - b.y)));
}

function showCircle(preview, centre, radius) {
    preview.dataset.shown = true;
    preview.style.left = centre.x / BOARD_WIDTH * 100 + '%';
    preview.style.top = centre.y / BOARD_HEIGHT * 100 + '%';
    preview.style.width = 2 * radius / BOARD_WIDTH * 100 + '%';
}
