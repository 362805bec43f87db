/* A canvas that is as sharp as the display and drawn at most once a frame, when something has changed. */

/** draw(context, width, height) works in CSS pixels; the returned function asks for a redraw. */
export function screen(canvas, draw) {
    const context = canvas.getContext('2d');
    let pending = false;

    function paint() {
        pending = false;
        const {clientWidth: width, clientHeight: height} = canvas;
        context.clearRect(0, 0, width, height);
        draw(context, width, height);
    }

    function redraw() {
        if (!pending) {
            pending = true;
            requestAnimationFrame(paint);
        }
    }

    new ResizeObserver(() => {
        const scale = devicePixelRatio || 1;
        canvas.width = Math.round(canvas.clientWidth * scale);
        canvas.height = Math.round(canvas.clientHeight * scale);
        context.setTransform(scale, 0, 0, scale, 0, 0);
        paint();
    }).observe(canvas);
    return redraw;
}

const root = getComputedStyle(document.documentElement);

/** A colour of the style sheet, e.g. colour('chat'). */
export function colour(name) {
    return root.getPropertyValue(`--${name}`).trim();
}

export const SMALL_FONT = `11px ${root.getPropertyValue('--mono')}`;
