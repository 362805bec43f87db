// Sends each row of EchoedMessages with the npm package ws, and checks what comes back.
'use strict';
const WebSocket = require('ws');
const crypto = require('crypto');

const binary = crypto.randomBytes(1000), longBinary = crypto.randomBytes(1 << 20);
const rows = [
  ['héllo, 世界 🙂', 1], ['', 1], [binary, 1], [Buffer.alloc(0), 1],
  ['0123456789abcdef'.repeat(1 << 16), 1], [longBinary, 1], ['é'.repeat(3001), 3], [crypto.randomBytes(100001), 5],
];
let next = 0;

const ws = new WebSocket(process.argv[2], 'lws-minimal-server-echo');

function send() {
  if (next === rows.length) {
    ws.close(1000, 'done');
    return;
  }
  const [payload, fragments] = rows[next];
  const isText = typeof payload === 'string';
  const step = Math.floor(payload.length / fragments);
  for (let i = 0; i < fragments; i++) {
    const last = i === fragments - 1;
    ws.send(payload.slice(i * step, last ? undefined : (i + 1) * step), { binary: !isText, fin: last });
  }
}

ws.on('open', () => {
  if (ws.protocol !== 'lws-minimal-server-echo') throw new Error('subprotocol ' + ws.protocol);
  send();
});
ws.on('message', (data, isBinary) => {
  const expected = rows[next][0];
  const isText = typeof expected === 'string';
  if (isBinary === isText || !Buffer.from(expected).equals(data)) throw new Error('row ' + next + ' came back wrong');
  next++;
  send();
});
ws.on('error', e => { throw e; });
ws.on('close', code => console.log(`echoed ${next} messages, closed ${code}`));
