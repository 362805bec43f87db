/* The surface everyone draws on: 800 x 600 units however large it is shown, two pixels to the unit. */
export const BOARD_WIDTH = 800;
export const BOARD_HEIGHT = 600;
export const DEFAULT_WIDTH = 3;

export class Board {
    #context;

    constructor(canvas) {
        this.#context = canvas.getContext('2d');
        this.#context.scale(canvas.width / BOARD_WIDTH, canvas.height / BOARD_HEIGHT);
        this.#context.lineCap = 'round';
    }

    segment(colour, x1, y1, x2, y2, width) {
        this.#begin(colour, width);
        this.#context.moveTo(x1, y1);
        this.#context.lineTo(x2, y2);
        this.#context.stroke();
    }

    circle(colour, x, y, radius, width) {
        this.#begin(colour, width);
        this.#context.arc(x, y, radius, 0, 2 * Math.PI);
        this.#context.stroke();
    }

    clear() {
        this.#context.clearRect(0, 0, BOARD_WIDTH, BOARD_HEIGHT);
    }

    #begin(colour, width) {
        this.#context.strokeStyle = colour;
        this.#context.lineWidth = width;
        this.#context.beginPath();
    }
}
