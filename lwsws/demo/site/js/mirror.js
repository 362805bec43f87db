/*
 * The drawing board: rooms, tools, and the wire format of lws-mirror-protocol.
 *
 *   connect   ws(s)://host/?mirror=ROOM       ROOM = 1*32( ALPHA / DIGIT / "-" / "_" ); no query means a default room
 *   message   one text message of one or more commands, at most 1024 characters from this page:
 *
 *     message = 1*( command ";" )             a command never continues in the next message
 *     command = segment / circle / clear
 *     segment = "d" SP colour SP x SP y SP x SP y [ SP width ]     from the first point to the second, round ends
 *     circle  = "c" SP colour SP x SP y SP r [ SP width ]          outline around x y
 *     clear   = "clear"                                            empties the board
 *     colour  = "#" 6HEXDIG
 *     x, y    = [ "-" ] 1*4DIGIT              in units of a board 800 wide and 600 high, y downwards
 *     r       = 1*4DIGIT
 *     width   = 1*2DIGIT                      in the same units; 3 when absent, and this page leaves a 3 out
 *
 * The server need not read any of it: it gives each message to every client in the room, the sender included, in
 * one order, and to a newcomer the room's history first. A client paints its own strokes at once and again when they
 * come back, which changes nothing, and so all boards end up alike even where strokes and a clear crossed each other.
 * A client drops commands it does not understand.
 */
import {card} from './card.js';
import {Board, DEFAULT_WIDTH} from './board.js';
import {followPointer} from './pointer.js';
import {followKeys} from './keys.js';

const LONGEST_MESSAGE = 1024;
const SEGMENT = /^d (#[0-9a-f]{6}) (-?\d{1,4}) (-?\d{1,4}) (-?\d{1,4}) (-?\d{1,4})(?: (\d{1,2}))?$/i;
const CIRCLE = /^c (#[0-9a-f]{6}) (-?\d{1,4}) (-?\d{1,4}) (\d{1,4})(?: (\d{1,2}))?$/i;
const ROOM = /^[A-Za-z0-9_-]{1,32}$/;

/** Paints one message and returns how many commands it held that were understood. */
function paint(board, message) {
    return message.split(';').filter(command => apply(board, command.trim())).length;
}

function apply(board, command) {
    let part;
    if ((part = SEGMENT.exec(command))) {
        board.segment(part[1], +part[2], +part[3], +part[4], +part[5], +(part[6] ?? DEFAULT_WIDTH));
    } else if ((part = CIRCLE.exec(command))) {
        board.circle(part[1], +part[2], +part[3], +part[4], +(part[5] ?? DEFAULT_WIDTH));
    } else if (command === 'clear') {
        board.clear();
    } else {
        return false;
    }
    return true;
}

/** Gathers the commands of one frame into few messages. */
function outbox(send) {
    let commands = '';
    let scheduled = false;
    const flush = () => {
        scheduled = false;
        if (commands) {
            send(commands);
        }
        commands = '';
    };
    return command => {
        if (commands.length + command.length > LONGEST_MESSAGE) {
            flush();
        }
        commands += command;
        if (!scheduled) {
            scheduled = true;
            requestAnimationFrame(flush);
        }
    };
}

/** The chosen ink: a swatch, or the custom colour once it has been touched. */
function inkChoice() {
    const own = document.getElementById('mirror-colour');
    const swatches = document.querySelectorAll('input[name=mirror-ink]');
    const choose = chosen => {
        own.dataset.chosen = chosen === own;
        swatches.forEach(swatch => swatch.checked = swatch === chosen);
    };
    swatches.forEach(swatch => swatch.addEventListener('change', () => choose(swatch)));
    ['click', 'input'].forEach(type => own.addEventListener(type, () => choose(own)));
    return () => (document.querySelector('input[name=mirror-ink]:checked') ?? own).value;
}

export function start() {
    const canvas = document.getElementById('mirror-canvas');
    const room = document.getElementById('mirror-room');
    const width = document.getElementById('mirror-width');
    const board = new Board(canvas);
    const ink = inkChoice();

    const socket = card('mirror', {
        onOpen() {
            board.clear();
            canvas.dataset.commands = 0;
        },
        onText: text => canvas.dataset.commands = +canvas.dataset.commands + paint(board, text),
    });
    const queue = outbox(commands => socket.send(commands));
    const issue = command => {
        if (socket.isOpen) {
            apply(board, command);
            queue(command + ';');
        }
    };
    const suffix = () => +width.value === DEFAULT_WIDTH ? '' : ' ' + width.value;
    const pen = {
        tool: () => document.querySelector('input[name=mirror-tool]:checked').value,
        segment: (from, to) => issue(`d ${ink()} ${from.x} ${from.y} ${to.x} ${to.y}${suffix()}`),
        circle: (centre, radius) => issue(`c ${ink()} ${centre.x} ${centre.y} ${radius}${suffix()}`),
    };
    followPointer(canvas, document.getElementById('mirror-preview'), pen);
    followKeys(canvas, document.getElementById('mirror-cursor'), pen);

    const join = () => socket.connect('?mirror=' + room.value);
    document.getElementById('mirror-clear').addEventListener('click', () => issue('clear'));
    document.getElementById('mirror-form').addEventListener('submit', event => {
        event.preventDefault();
        const address = new URL(location.href);
        address.searchParams.set('mirror', room.value);
        history.replaceState(null, '', address);
        join();
    });
    const invited = new URLSearchParams(location.search).get('mirror');
    if (invited !== null && ROOM.test(invited)) {
        room.value = invited;
    }
    join();
}
