/* Drawing without a pointer: arrows move, Shift makes larger steps, Space puts the pen down or lifts it, C circles. */
import {BOARD_WIDTH, BOARD_HEIGHT} from './board.js';

const STEP = 8;
const LARGE_STEP = 40;
const RADIUS = 40;
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/** pen: as for pointers; cursor shows where it is. */
export function followKeys(canvas, cursor, pen) {
    let at = {x: BOARD_WIDTH / 2, y: BOARD_HEIGHT / 2};
    let down = false;

    function move([dx, dy], step) {
        const to = {
            x: Math.max(0, Math.min(BOARD_WIDTH, at.x + dx * step)),
            y: Math.max(0, Math.min(BOARD_HEIGHT, at.y + dy * step)),
        };
        if (down) {
            pen.segment(at, to);
        }
        at = to;
        cursor.style.left = at.x / BOARD_WIDTH * 100 + '%';
        cursor.style.top = at.y / BOARD_HEIGHT * 100 + '%';
    }

    function put(nowDown) {
        down = nowDown;
        cursor.dataset.pen = down ? 'down' : 'up';
    }

    canvas.addEventListener('blur', () => put(false));
    canvas.addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }
        if (event.key in ARROWS) {
            move(ARROWS[event.key], event.shiftKey ? LARGE_STEP : STEP);
        } else if (event.key === ' ') {
            put(!down);
        } else if (event.key.toLowerCase() === 'c') {
            pen.circle(at, RADIUS);
        } else {
            return;
        }
        event.preventDefault();
    });
}
