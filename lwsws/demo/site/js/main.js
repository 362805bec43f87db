import * as wire from './wire.js';
import * as chat from './chat.js';
import * as mirror from './mirror.js';
import * as counter from './counter.js';
import * as echo from './echo.js';

[wire, chat, mirror, counter, echo].forEach(part => part.start());
