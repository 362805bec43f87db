/** Plots on canvases: what happened over time, and how values are spread. */
const LEFT = 54, BOTTOM = 18, TOP = 6;
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function sheet(id) {
  const it = document.getElementById(id);
  const scale = window.devicePixelRatio || 1;
  const width = it.clientWidth, height = it.clientHeight;
  it.width = width * scale;
  it.height = height * scale;
  const pen = it.getContext("2d");
  pen.scale(scale, scale);
  pen.font = "11px system-ui, sans-serif";
  pen.fillStyle = color("--faint");
  return { pen, width, height, floor: height - BOTTOM };
}

/** The least of 1, 2, 2.5 and 5 times a power of ten (or of two, for bytes) that is not below value. */
export function roundUp(value, base = 10) {
  if (value <= 0) return 1;
  if (base === 2) return 2 ** Math.ceil(Math.log2(value));
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].find(each => each * power >= value) * power;
}

function grid({ pen, width, floor }, top, format) {
  pen.strokeStyle = color("--line");
  pen.lineWidth = 1;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const part of [0, .5, 1]) {
    const y = Math.round(floor - (floor - TOP) * part) + .5;
    pen.beginPath();
    pen.moveTo(LEFT, y);
    pen.lineTo(width, y);
    pen.stroke();
    pen.fillText(format(top * part), LEFT - 6, Math.max(y, 7));
  }
}

function timeAxis({ pen, width, height }, kept, stepMs) {
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  const seconds = Math.round(kept * stepMs / 1000);
  pen.fillText(seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`, LEFT, height - 3);
  pen.textAlign = "right";
  pen.fillText("now", width, height - 3);
}

function trace(pen, points) {
  points.forEach(([x, y], index) => index ? pen.lineTo(x, y) : pen.moveTo(x, y));
}

/**
 * Several curves, one upon the other where stacked, else each from the floor.
 * series: [{ color, values }], the newest value last, kept: how many values fill the width.
 */
export function curves(id, series, { kept, stepMs, format, top, stacked = false }) {
  const at = sheet(id), { pen, width, floor } = at;
  grid(at, top, format);
  timeAxis(at, kept, stepMs);
  const y = value => floor - (floor - TOP) * Math.min(1, value / top);
  const length = Math.max(0, ...series.map(each => each.values.length));
  const x = index => width - (length - 1 - index) * (width - LEFT) / (kept - 1);
  let below = new Array(length).fill(0);
  for (const each of series) {
    const sums = each.values.map((value, index) => value + (stacked ? below[index] : 0));
    const line = sums.map((value, index) => [x(index), y(value)]);
    const hue = color(each.color);
    pen.beginPath();
    trace(pen, [...line, ...below.map((value, index) => [x(index), y(stacked ? value : 0)]).reverse()]);
    pen.fillStyle = hue;
    pen.globalAlpha = stacked ? .38 : .14;
    pen.fill();
    pen.globalAlpha = 1;
    pen.beginPath();
    trace(pen, line);
    pen.strokeStyle = hue;
    pen.lineWidth = 1.75;
    pen.lineJoin = "round";
    pen.stroke();
    if (stacked) below = sums;
  }
}

/** One bar for each value; marks: [{ at, label }] with at in bars from the left. */
export function bars(id, values, labels, marks, format) {
  const at = sheet(id), { pen, width, height, floor } = at;
  const top = roundUp(Math.max(4, ...values)), step = (width - LEFT) / values.length;
  grid(at, top, format);
  pen.textBaseline = "alphabetic";
  pen.textAlign = "center";
  const skip = Math.max(1, Math.ceil(values.length * 46 / (width - LEFT)));
  values.forEach((value, index) => {
    const tall = value ? Math.max(2, (floor - TOP) * value / top) : 0;
    pen.fillStyle = color("--c0");
    pen.beginPath();
    pen.roundRect(LEFT + index * step + 2, floor - tall, Math.max(1, step - 4), tall, [3, 3, 0, 0]);
    pen.fill();
    pen.fillStyle = color("--faint");
    if (index % skip === 0) pen.fillText(labels[index], LEFT + (index + .5) * step, height - 3);
  });
  pen.strokeStyle = color("--c2");
  pen.fillStyle = color("--c2");
  pen.lineWidth = 1.5;
  marks.forEach(({ at: bar, label }, index) => {
    const x = LEFT + bar * step;
    pen.beginPath();
    pen.moveTo(x, TOP);
    pen.lineTo(x, floor);
    pen.stroke();
    pen.textAlign = x > width - 40 ? "right" : "left";
    pen.fillText(label, x + (x > width - 40 ? -4 : 4), TOP + 9 + 13 * index);
  });
}

/** What the colours mean: [{ name, color, text }]. */
export function legend(id, entries) {
  document.getElementById(id).replaceChildren(...entries.map(each => {
    const item = document.createElement("li"), mark = document.createElement("i"), value = document.createElement("b");
    mark.style.background = `var(${each.color})`;
    value.textContent = each.text;
    item.append(mark, each.name, value);
    return item;
  }));
}
