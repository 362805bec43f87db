const KEPT = 120;
const BOUNDS_MICROS = [100, 300, 1000, 3000, 10000, 30000, 100000];
const series = { connections: [], heap: [], wait: [] };
const waits = new Array(BOUNDS_MICROS.length + 1).fill(0);
const byId = id => document.getElementById(id);

function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  for (; count >= 1024 && unit < units.length - 1; unit++) count /= 1024;
  return `${count.toFixed(count < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

function micros(count) {
  return count < 1000 ? `${count} µs` : `${(count / 1000).toFixed(count < 10000 ? 1 : 0)} ms`;
}

function duration(seconds) {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

function canvas(id) {
  const it = byId(id);
  const scale = window.devicePixelRatio || 1;
  const width = it.clientWidth, height = it.clientHeight;
  it.width = width * scale;
  it.height = height * scale;
  const pen = it.getContext("2d");
  pen.scale(scale, scale);
  const style = getComputedStyle(document.documentElement);
  return { pen, width, height, mark: style.getPropertyValue("--mark"), line: style.getPropertyValue("--line"),
           faint: style.getPropertyValue("--faint") };
}

function curve(id, values, top, label) {
  const { pen, width, height, mark, line, faint } = canvas(id);
  const floor = height - 2, y = value => floor - (floor - 16) * value / (top || 1);
  const x = index => width - (values.length - 1 - index) * width / (KEPT - 1);
  pen.strokeStyle = line;
  pen.beginPath();
  pen.moveTo(0, y(top)); pen.lineTo(width, y(top));
  pen.moveTo(0, floor); pen.lineTo(width, floor);
  pen.stroke();
  pen.fillStyle = faint;
  pen.font = "11px system-ui, sans-serif";
  pen.fillText(label, 0, 11);
  pen.beginPath();
  values.forEach((value, index) => index ? pen.lineTo(x(index), y(value)) : pen.moveTo(x(0), y(value)));
  pen.strokeStyle = mark;
  pen.lineWidth = 2;
  pen.lineJoin = "round";
  pen.stroke();
  pen.lineTo(x(values.length - 1), floor);
  pen.lineTo(x(0), floor);
  pen.globalAlpha = 0.15;
  pen.fillStyle = mark;
  pen.fill();
}

function bars(id) {
  const { pen, width, height, mark, faint } = canvas(id);
  const top = Math.max(1, ...waits), step = width / waits.length;
  pen.font = "11px system-ui, sans-serif";
  pen.textAlign = "center";
  waits.forEach((count, index) => {
    const tall = (height - 18) * Math.sqrt(count / top);
    pen.fillStyle = mark;
    pen.fillRect(index * step + 2, height - 16 - tall, step - 4, tall);
    pen.fillStyle = faint;
    const bound = BOUNDS_MICROS[index];
    pen.fillText(bound === undefined ? "more" : bound < 1000 ? `${bound} µ` : `${bound / 1000} m`, (index + .5) * step, height - 4);
  });
}

function cell(row, name, text) {
  const td = row.insertCell();
  td.dataset.name = name;
  td.textContent = text;
}

function generations(all) {
  const table = document.createElement("table");
  const names = ["Generation", "State", "Age", "Connections", "Vhosts"];
  const head = table.createTHead().insertRow();
  for (const name of names) head.appendChild(Object.assign(document.createElement("th"), { textContent: name }));
  const body = table.createTBody();
  for (const one of [...all].reverse()) {
    const row = body.insertRow();
    row.dataset.state = one.state;
    cell(row, names[0], one.number);
    cell(row, names[1], one.state);
    cell(row, names[2], duration(one.seconds));
    const kinds = Object.entries(one.kinds).map(([kind, count]) => `${count} ${kind}`).join(", ");
    cell(row, names[3], kinds ? `${one.connections}: ${kinds}` : one.connections);
    cell(row, names[4], one.vhosts.map(v => `${v.name}${v.port > 0 ? ":" + v.port : ""}${v.tls ? " TLS" : ""} (${v.protocols})`).join("; "));
  }
  byId("generations").replaceChildren(table);
}

function keep(list, value) {
  list.push(value);
  if (list.length > KEPT) list.shift();
}

function show(now) {
  const sum = now.generations.reduce((total, one) => total + one.connections, 0);
  keep(series.connections, sum);
  keep(series.heap, now.heapBytes);
  keep(series.wait, now.loopWaitMicros);
  const slot = BOUNDS_MICROS.findIndex(bound => now.loopWaitMicros <= bound);
  waits[slot < 0 ? BOUNDS_MICROS.length : slot]++;
  byId("connections").textContent = sum;
  byId("heap").textContent = bytes(now.heapBytes);
  byId("wait").textContent = micros(now.loopWaitMicros);
  byId("waits").textContent = waits.reduce((a, b) => a + b);
  generations(now.generations);
  const facts = { "Up for": duration(now.upSeconds), "Heap at most": bytes(now.heapMaxBytes),
                  "Buffers outside": bytes(now.bufferBytes), "Threads": now.threads };
  byId("process").replaceChildren(...Object.entries(facts).flatMap(([name, value]) => [
    Object.assign(document.createElement("dt"), { textContent: name }),
    Object.assign(document.createElement("dd"), { textContent: value })]));
  draw();
}

function draw() {
  if (!series.heap.length) return;
  const most = Math.max(4, ...series.connections), slowest = Math.max(1000, ...series.wait);
  const heapTop = Math.max(...series.heap) * 1.1;
  curve("plot-connections", series.connections, most, String(most));
  curve("plot-heap", series.heap, heapTop, bytes(heapTop));
  curve("plot-wait", series.wait, slowest, micros(slowest));
  bars("plot-waits");
}

let pause = 500;

function connect() {
  const state = (name, text) => { byId("link").dataset.state = name; byId("link").textContent = text; };
  const at = new URL(".", location.href);
  const ws = new WebSocket(`${at.protocol === "https:" ? "wss:" : "ws:"}//${at.host}${at.pathname}`, "lws-server-status");
  ws.onopen = () => { pause = 500; state("open", "live"); };
  ws.onmessage = message => show(JSON.parse(message.data));
  ws.onclose = () => {
    state("closed", "the server does not answer; trying again");
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 10000);
  };
}

window.addEventListener("resize", draw);
connect();
