// node http2-origin.js DIRECTORY KEY.pem : serves the files of a directory, and at /echo what was sent, over HTTP/2 and TLS
'use strict';
const fs = require('fs');
const http2 = require('http2');
const path = require('path');

const [directory, key] = process.argv.slice(2);
const pem = fs.readFileSync(key);
const server = http2.createSecureServer({key: pem, cert: pem});
server.on('session', () => console.log('session'));
server.on('sessionError', (e) => console.log('session error: ' + e));
server.on('stream', (stream, headers) => {
  stream.on('error', (e) => console.log('stream error: ' + e));
  if (headers[':path'] !== '/echo') {
    stream.respondWithFile(path.join(directory, path.basename(headers[':path'])));
    return;
  }
  let length = 0;
  stream.respond({':status': 200, 'content-type': 'text/plain'}, {waitForTrailers: true});
  stream.on('data', (piece) => { length += piece.length; });
  stream.on('wantTrailers', () => stream.sendTrailers({'x-length': String(length)}));
  stream.pipe(stream);
});
server.listen(0, '127.0.0.1', () => console.log('ready https://localhost:' + server.address().port));
