import { amount, bytes, duration, micros } from "./format.js";
import { bars, curves, legend, roundUp } from "./plots.js";

const KEPT = 120, COLORS = 8, MINUTE_MS = 60000;
const STATUSES = ["1xx", "2xx", "3xx", "4xx", "5xx"], STATUS_COLORS = ["--c5", "--c0", "--c1", "--c2", "--c3"];
const byId = id => document.getElementById(id);
const say = (id, text) => { byId(id).textContent = text; };
const sum = list => list.reduce((total, each) => total + each, 0);

/** Values over time by name; a name that was not there before has been 0. */
class Series {
  #values = new Map();
  #length = 0;

  add(now) {
    for (const name of Object.keys(now)) {
      if (!this.#values.has(name)) this.#values.set(name, new Array(this.#length).fill(0));
    }
    this.#length = Math.min(this.#length + 1, KEPT);
    for (const [name, values] of this.#values) {
      values.push(now[name] ?? 0);
      while (values.length > this.#length) values.shift();
      if (values.every(each => each === 0) && !(name in now)) this.#values.delete(name);
    }
  }

  of(name) { return this.#values.get(name) ?? []; }
  names() { return [...this.#values.keys()]; }

  /** The highest stack, or the highest value where they do not stand on each other. */
  highest(stacked) {
    const all = [...this.#values.values()];
    if (!stacked) return Math.max(0, ...all.flat());
    return Math.max(0, ...Array.from({ length: this.#length }, (_, index) => sum(all.map(each => each[index]))));
  }
}

const series = { rate: new Series(), kinds: new Series(), generations: new Series(), memory: new Series(), sent: new Series(), wait: new Series() };
const colors = new Map();
let history = [], last = null, stepMs = 1000;

/** The same colour for the same name for as long as the page is open. */
function colorOf(name) {
  if (!colors.has(name)) colors.set(name, `--c${colors.size % COLORS}`);
  return colors.get(name);
}

/** How much a counter of the generations has grown since the last figures; those that have gone count no more. */
function growth(now, key) {
  const before = new Map((last?.generations ?? []).map(each => [each.number, each[key]]));
  return sum(now.generations.map(each => each[key] - (before.get(each.number) ?? (last ? 0 : each[key]))));
}

/** Where in the slots, in slots from the left, and after how many µs a share of all answers was there. */
function quantile(slots, bounds, share) {
  let left = share * sum(slots);
  for (let slot = 0; slot < slots.length; slot++) {
    if (slots[slot] > 0 && left <= slots[slot]) {
      const from = slot ? bounds[slot - 1] : 0, to = bounds[slot] ?? from, part = left / slots[slot];
      return { at: slot + part, micros: from + (to - from) * part };
    }
    left -= slots[slot];
  }
  return null;
}

function recentTimes(now) {
  const from = history.find(each => now.atMs - each.atMs <= MINUTE_MS) ?? history[0];
  return now.http.slots.map((count, slot) => count - from.http.slots[slot]);
}

function show(now) {
  now.atMs = performance.now();
  const seconds = last ? Math.max(.001, (now.atMs - last.atMs) / 1000) : 1;
  const http = now.http, rates = {};
  STATUSES.forEach((name, index) => {
    const grown = http && last?.http ? http.answers[index] - last.http.answers[index] : 0;
    if (grown > 0) rates[name] = grown / seconds;
  });
  series.rate.add(rates);
  const kinds = {};
  for (const one of now.generations) {
    for (const [kind, count] of Object.entries(one.kinds)) kinds[kind] = (kinds[kind] ?? 0) + count;
  }
  series.kinds.add(kinds);
  series.generations.add(Object.fromEntries(now.generations.map(one => [`generation ${one.number}`, one.connections])));
  series.memory.add({ heap: now.heapBytes, buffers: now.bufferBytes });
  const sent = growth(now, "bytesOut") / seconds;
  series.sent.add({ sent });
  series.wait.add({ wait: now.loopWaitMicros });
  history.push(now);
  while (history.length > 1 && now.atMs - history[1].atMs > MINUTE_MS) history.shift();

  const all = sum(now.generations.map(one => one.connections)), newest = now.generations[now.generations.length - 1];
  const drains = now.generations.length - 1;
  say("rate", http ? amount(sum(Object.values(rates))) : "–");
  say("connections", amount(all));
  say("arrivals", `${amount(growth(now, "made") / seconds)} new a second`);
  say("sent", bytes(sent));
  say("heap", bytes(now.heapBytes));
  say("heap-most", `of at most ${bytes(now.heapMaxBytes)}`);
  say("generation", newest.number);
  say("drains", drains ? `${drains} ${drains === 1 ? "drains" : "drain"}` : "serves, none drains");
  say("process", `up ${duration(now.upSeconds)} · ${now.threads} threads · pid ${now.pid}`);
  if (last) stepMs = stepMs * .8 + (now.atMs - last.atMs) * .2;
  last = now;
  table(now.generations);
  document.body.dataset.samples = Number(document.body.dataset.samples) + 1;
  draw();
}

function cell(row, name, ...content) {
  const td = row.insertCell();
  td.dataset.name = name;
  td.append(...content);
}

function span(kind, text) {
  return Object.assign(document.createElement("span"), { className: kind, textContent: text });
}

function table(generations) {
  const whole = document.createElement("table"), names = ["Generation", "State", "Age", "Connections", "Vhosts"];
  const head = whole.createTHead().insertRow();
  for (const name of names) head.appendChild(Object.assign(document.createElement("th"), { textContent: name }));
  const body = whole.createTBody();
  for (const one of [...generations].reverse()) {
    const row = body.insertRow();
    row.dataset.state = one.state;
    const kinds = Object.entries(one.kinds).map(([kind, count]) => `${count} ${kind}`).join(", ");
    cell(row, names[0], one.number);
    cell(row, names[1], span("state", one.state));
    cell(row, names[2], duration(one.seconds));
    const count = document.createElement("div");
    count.append(`${one.connections} `, span("quiet", kinds));
    cell(row, names[3], count);
    const vhosts = document.createElement("div");
    for (const each of one.vhosts) {
      const line = document.createElement("div");
      line.append(`${each.name}${each.port > 0 ? ":" + each.port : ""}${each.tls ? " TLS" : ""} `, span("quiet", each.protocols));
      vhosts.append(line);
    }
    cell(row, names[4], vhosts);
  }
  byId("generations").replaceChildren(whole);
}

function stack(id, from, names, colorFor) {
  const shown = names.filter(name => from.of(name).length);
  curves(`plot-${id}`, shown.map(name => ({ color: colorFor(name), values: from.of(name) })),
    { kept: KEPT, stepMs, format: amount, top: roundUp(Math.max(4, from.highest(true))), stacked: true });
  legend(`legend-${id}`, shown.map(name => ({ name, color: colorFor(name), text: amount(from.of(name).at(-1)) })));
}

function single(id, from, name, format, least, base) {
  curves(`plot-${id}`, [{ color: "--c0", values: from.of(name) }],
    { kept: KEPT, stepMs, format, top: roundUp(Math.max(least, from.highest(false)), base) });
}

function times() {
  if (!last.http) {
    say("note-times", "this server does not count them");
    return;
  }
  const slots = recentTimes(last), bounds = last.http.boundsMicros;
  const marks = [[.5, "50 %"], [.95, "95 %"], [.99, "99 %"]].map(([share, label]) => ({ label, ...quantile(slots, bounds, share) }));
  const known = marks.filter(each => each.micros !== undefined);
  bars("plot-times", slots, [...bounds.map(each => micros(each).replace(".0", "")), "more"], known, amount);
  say("note-times", known.length ? known.map(each => `${each.label} within ${micros(each.micros)}`).join(" · ") : "no answers in this minute");
  say("median", known.length ? micros(known[0].micros) : "–");
  say("slow", known.length ? `99 % within ${micros(known[2].micros)}` : "nobody asks");
}

function draw() {
  if (!last) return;
  stack("rate", series.rate, STATUSES, name => STATUS_COLORS[STATUSES.indexOf(name)]);
  stack("connections", series.kinds, series.kinds.names().sort(), colorOf);
  stack("generations", series.generations, series.generations.names(), colorOf);
  times();
  const memory = ["heap", "buffers"].map((name, index) => ({ name, color: `--c${index}`, values: series.memory.of(name) }));
  curves("plot-heap", memory, { kept: KEPT, stepMs, format: bytes, top: roundUp(series.memory.highest(false), 2) });
  legend("legend-heap", memory.map(each => ({ ...each, text: bytes(each.values.at(-1)) })));
  single("sent", series.sent, "sent", bytes, 1024, 2);
  single("wait", series.wait, "wait", micros, 1000, 10);
}

let pause = 500;

function connect() {
  const state = (name, text) => { byId("link").dataset.state = name; say("link", text); };
  const at = new URL(".", location.href);
  const ws = new WebSocket(`${at.protocol === "https:" ? "wss:" : "ws:"}//${at.host}${at.pathname}`, "lws-server-status");
  ws.onopen = () => { pause = 500; last = null; history = []; state("open", "live"); };
  ws.onmessage = message => show(JSON.parse(message.data));
  ws.onclose = () => {
    state("closed", "the server does not answer; trying again");
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 10000);
  };
}

window.addEventListener("resize", draw);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
connect();
