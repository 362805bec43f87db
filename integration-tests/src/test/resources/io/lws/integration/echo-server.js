// A ws server that echoes, on any free port, which it prints.
const { WebSocketServer } = require('ws');
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true }, () =>
  console.log('ready ws://localhost:' + server.address().port));
server.on('connection', socket => socket.on('message', (data, binary) => socket.send(data, { binary })));
