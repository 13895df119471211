"use strict";
/* The guard's page: asks for the order every few seconds, shows it, and sends what is pressed until it has
   arrived. Everything that came from outside is put in as text, never as markup. */

const LOOK_MS = 3000;
const LOOK_HIDDEN_MS = 10000;
const ANSWER_MS = 8000;
const ARMED_MS = 5000;
const POSITION_MS = 10000;
const POSITION_GOOD_MS = 30000;
const LOST_MS = 12000;
const SVG = "http://www.w3.org/2000/svg";
const STEPS = ["sent", "signed", "en_route", "on_scene", "done"];

const WORDS = {
  zh: {
    title: "守望 派警", next: { signed: "签收", en_route: "出发", on_scene: "到场", done: "完毕" },
    steps: { sent: "派出", signed: "签收", en_route: "出发", on_scene: "到场", done: "完毕" },
    kinds: { panic: "一键报警", intrusion: "入侵", fire: "火灾", medical: "急救", face: "人脸", vehicle: "车辆",
      access: "门禁", video: "视频", device: "设备", tamper: "防拆", comms: "通信", duty: "查岗", test: "测试", "": "警情" },
    status: { off: "未上岗", available: "在岗", on_post: "在岗位", patrolling: "巡逻", dispatched: "已派警", en_route: "途中",
      on_scene: "在现场", break: "休息", out_of_service: "停勤", duress: "遇险" },
    giveBack: "退单", safe: "报平安", safeSaid: "已报平安", help: "遇险", helpAgain: "再按一次：呼救", helped: "已呼救，中控室已收到",
    reason: "退单原因", back: "返回", sendBack: "退单", reasons: ["正在处理其他警情", "身体不适", "距离太远", "装备不足"],
    free: "待命", freeText: "没有派给您的任务。有新任务时本页会自动显示，请保持页面打开。",
    way: (m, min) => `步行约 ${m} 米，${min} 分钟`, there: "您已到场", noWay: "没有标明地点，请看指令",
    whole: "全校", near: "路线", me: "我", picture: "报警时的现场画面", locate: "把我的位置告诉中控室",
    locateRefused: "手机没有允许定位，步骤照样可以发出", until: (t) => `本页有效至 ${t}`, leave: "退出",
    leaveAgain: "再按一次：退出",
    live: (t) => `已连接 ${t}`, lost: (s) => `连接中断 ${s} 秒，正在重连`, sending: "正在发送…",
    waiting: "没有发出，正在重试…", tooMany: "请求太多，稍候自动再试",
    signBy: (s) => `请在 ${s}内签收`, signLate: (s) => `签收已超时 ${s}`,
    arriveBy: (s) => `请在 ${s}内到场`, arriveLate: (s) => `到场已超时 ${s}`,
    ended: { returned: "已退单", cancelled: "中控室已取消这张派警单", done: "已完毕，辛苦了", feedback: "已完毕，辛苦了", closed: "已完毕，辛苦了" },
    moved: "派警单已有变化，请看最新状态", sec: "秒", min: "分", drill: "演练", by: "派警人",
    outside: "请扫码进入", outsideText: "请在中控室扫描自己的二维码，或打开发给您的链接。链接只能用一次，过期后请中控室重新出示。",
    used: "这个链接已经用过。如果不是您本人打开的，请立即告诉中控室。", unknown: "这个链接已过期或已收回。", wrong: "没有成功，请再试一次",
  },
  en: {
    title: "Shouwang order", next: { signed: "Sign", en_route: "Set out", on_scene: "On scene", done: "Done" },
    steps: { sent: "Sent", signed: "Signed", en_route: "Set out", on_scene: "On scene", done: "Done" },
    kinds: { panic: "Panic", intrusion: "Intrusion", fire: "Fire", medical: "Medical", face: "Face", vehicle: "Vehicle",
      access: "Access", video: "Video", device: "Device", tamper: "Tamper", comms: "Line", duty: "Duty check", test: "Test", "": "Incident" },
    status: { off: "Off duty", available: "Available", on_post: "On post", patrolling: "On patrol", dispatched: "Dispatched",
      en_route: "On the way", on_scene: "On scene", break: "Break", out_of_service: "Out of service", duress: "In distress" },
    giveBack: "Return order", safe: "I am well", safeSaid: "The control room knows that you are well", help: "Help me", helpAgain: "Press again: call for help", helped: "Help called: the control room has it",
    reason: "Why the order is returned", back: "Back", sendBack: "Return it",
    reasons: ["Busy with another incident", "Not well", "Too far away", "Not equipped"],
    free: "Standing by", freeText: "No order for you now. A new one appears here by itself: keep this page open.",
    way: (m, min) => `About ${m} m on foot, ${min} min`, there: "You are on the scene", noWay: "No place on the map, see the order",
    whole: "Whole campus", near: "The way", me: "Me", picture: "The scene when the alarm came", locate: "Tell the control room where I am",
    locateRefused: "The phone does not allow it; steps still go through", until: (t) => `This page is good until ${t}`, leave: "Leave",
    leaveAgain: "Press again to leave",
    live: (t) => `Connected ${t}`, lost: (s) => `No connection for ${s} s, trying again`, sending: "Sending…",
    waiting: "Not sent yet, trying again…", tooMany: "Too many requests, trying again soon",
    signBy: (s) => `Sign within ${s}`, signLate: (s) => `Signing is ${s} late`,
    arriveBy: (s) => `Be there within ${s}`, arriveLate: (s) => `Arrival is ${s} late`,
    ended: { returned: "Returned", cancelled: "The control room called this order off", done: "Done. Thank you", feedback: "Done. Thank you", closed: "Done. Thank you" },
    moved: "The order has changed: see how it is now", sec: "s", min: "min", drill: "DRILL", by: "Sent by",
    outside: "Scan to come in", outsideText: "Scan your own code in the control room or open the link sent to you. A link works once; ask for a new one when it is too old.",
    used: "This link was used already. If that was not you, tell the control room at once.", unknown: "This link is too old or was taken back.", wrong: "That did not work, please try again",
  },
};

const $ = (id) => document.getElementById(id);
let language = kept("language") || ((navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en");
let present = null;
let plan = null;
let tag = "";
let heardAt = 0;
let isOut = false;
let isWhole = false;
let isBusy = false;
let seenOrder = "";
let helpUntil = 0;
let leaveUntil = 0;
let outCode = "";
let lookTimer = 0;
let watching = null;
let position = null;
let positionAt = 0;
let positionSentAt = 0;
let pictureOf = "";

const words = () => WORDS[language];
const inLanguage = (thing, field) => (language === "en" && thing[field + "_en"]) || thing[field] || "";

function kept(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function keep(key, value) {
  try { localStorage.setItem(key, value); } catch { /* a private window keeps nothing */ }
}

/* asking and sending */

async function ask(method, path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (path === "/order" && tag) headers["If-None-Match"] = tag;
  try {
    const answer = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal,
    });
    const found = answer.status === 304 ? null : await answer.json();
    return { status: answer.status, body: found, tag: answer.headers.get("ETag") || "" };
  } finally {
    clearTimeout(timer);
  }
}

async function enter() {
  const link = location.hash.slice(1);
  if (!link) return;
  history.replaceState(null, "", "/");
  /* By the nonce the hub knows this phone again when its answer was lost: the link opens once. */
  const nonce = [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      const answer = await ask("POST", "/enter", { link, nonce });
      if (answer.status !== 429 && answer.status !== 503) {
        if (answer.status !== 200) outCode = answer.body.code;
        return;
      }
    } catch { /* once more */ }
    await pause(1500);
  }
}

async function look() {
  clearTimeout(lookTimer);
  try {
    const answer = await ask("GET", "/order");
    if (answer.status === 401) { goOut(answer.body.code); return; }
    if (answer.status === 200) take(answer);
    if (answer.status === 200 || answer.status === 304) heardAt = Date.now();
    else say(answer.status === 429 ? words().tooMany : words().wrong);
    if (!plan && !isOut) await fetchPlan();
  } catch { /* the line below the name says since when nothing was heard */ }
  showLine();
  lookTimer = setTimeout(look, document.hidden ? LOOK_HIDDEN_MS : LOOK_MS);
}

async function fetchPlan() {
  const answer = await ask("GET", "/plan");
  if (answer.status === 200) { plan = answer.body; show(); }
}

function take(answer) {
  present = answer.body;
  tag = answer.tag;
  heardAt = Date.now();
  show();
  const order = present.order;
  if (order && order.state === "sent") send("/step", { order: order.id, to: "delivered" }, true);
}

/* What is pressed is sent until somebody has answered: a guard on a staircase has no line for a minute. */
async function send(path, body, isQuiet) {
  if (isBusy && !isQuiet && path !== "/help") return;
  if (!isQuiet) { isBusy = true; say(words().sending, true); show(); }
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await ask("POST", path, { ...body, position: freshPosition() });
      if (answer.status !== 429 && answer.status !== 503) { settle(answer, path, isQuiet); break; }
    } catch { /* once more */ }
    if (isQuiet) break;
    say(words().waiting);
    await pause(Math.min(1000 * (tries + 1), 5000));
  }
  if (!isQuiet) { isBusy = false; show(); }
}

function settle(answer, path, isQuiet) {
  if (answer.status === 401) { goOut(answer.body.code); return; }
  if (answer.status === 200) {
    say("");
    take({ body: answer.body, tag: "" });
    if (path === "/help") say(words().helped, true);
    if (path === "/checkin") say(words().safeSaid, true);
  } else if (!isQuiet) {
    say(answer.status === 409 || answer.status === 404 ? words().moved : words().wrong);
    look();
  }
}

function goOut(code) {
  isOut = true;
  outCode = outCode || code;
  present = null;
  stopWatching();
  show();
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* showing */

function say(text, isGood) {
  $("said").hidden = !text;
  $("said").textContent = text;
  $("said").classList.toggle("good", !!isGood);
}

function show() {
  const t = words();
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = t.title;
  $("language").textContent = language === "zh" ? "EN" : "中文";
  $("outside").hidden = !isOut;
  $("page").hidden = $("bar").hidden = !present;
  $("outside-title").textContent = t.outside;
  $("outside-text").textContent =
    (outCode === "dispatch.link_used" ? t.used + " " : outCode === "dispatch.link_unknown" ? t.unknown + " " : "") + t.outsideText;
  $("guard").textContent = present ? `${inLanguage(present.guard, "name")} ${present.guard.no}` : "";
  $("status").textContent = present ? t.status[present.status] || "" : "";
  showLine();
  if (!present) return;
  showOrder();
  showBar();
  showMap();
  showPicture();
  $("locate-box").hidden = !present.takes_position;
  $("locate-text").textContent = t.locate;
  $("until").textContent = t.until(clock(present.ends_at));
  $("leave").textContent = Date.now() < leaveUntil ? t.leaveAgain : t.leave;
}

function showLine() {
  const t = words();
  const quiet = Date.now() - heardAt;
  const isLost = !isOut && heardAt > 0 && quiet > LOST_MS;
  $("line").classList.toggle("lost", isLost);
  $("line").textContent = isOut || !heardAt ? "" : isLost ? t.lost(Math.round(quiet / 1000)) : t.live(clock(heardAt));
}

function showOrder() {
  const t = words();
  const order = present.order;
  $("order").hidden = !order;
  $("free").hidden = !!order;
  $("free-title").textContent = t.free;
  $("free-text").textContent = t.freeText;
  if (!order) return;
  if (order.id !== seenOrder) {
    seenOrder = order.id;
    isWhole = false;
    if (navigator.vibrate && navigator.userActivation && navigator.userActivation.hasBeenActive) navigator.vibrate([300, 150, 300, 150, 300]);
  }
  $("kind").textContent = t.kinds[order.kind] || t.kinds[""];
  $("kind").classList.toggle("p1", order.priority === 1);
  $("drill").hidden = !order.is_drill;
  $("drill").textContent = t.drill;
  $("no").textContent = order.no;
  $("title").textContent = inLanguage(order, "title");
  $("place").textContent = `${inLanguage(order, "place")} · ${t.by} ${order.sender}`;
  $("text").textContent = order.text;
  const list = $("steps");
  list.replaceChildren(...STEPS.map((step) => {
    const item = document.createElement("li");
    const at = document.createElement("small");
    item.append(t.steps[step], at);
    at.textContent = order.times[step] ? clock(order.times[step]) : "";
    item.classList.toggle("met", !!order.times[step]);
    return item;
  }));
  showDue();
}

function showDue() {
  const t = words();
  const order = present && present.order;
  if (!order) return;
  const ended = t.ended[order.state];
  let text = ended ? ended + (order.end_reason ? `：${order.end_reason}` : "") : "";
  let isLate = order.state === "cancelled";
  const [due, by, late] = order.next === "signed" ? [order.sign_due_at, t.signBy, t.signLate]
    : order.next === "en_route" || order.next === "on_scene" ? [order.arrive_due_at, t.arriveBy, t.arriveLate] : [null];
  if (due) {
    const left = Math.round((Date.parse(due) - Date.now()) / 1000);
    isLate = left < 0;
    text = isLate ? late(span(-left)) : by(span(left));
  }
  $("due").textContent = text;
  $("due").classList.toggle("late", isLate);
}

function showBar() {
  const t = words();
  const order = present.order;
  const next = order && order.next;
  $("next").hidden = !next;
  $("next").textContent = next ? t.next[next] : "";
  $("return").hidden = !(order && order.may_return);
  $("return").textContent = t.giveBack;
  $("safe").hidden = !present.is_working || !$("return").hidden;
  $("safe").textContent = t.safe;
  $("safe").classList.toggle("warn", present.overdue > 0);
  const isArmed = Date.now() < helpUntil;
  $("help").textContent = present.in_distress ? t.helped : isArmed ? t.helpAgain : t.help;
  $("help").classList.toggle("armed", isArmed || present.in_distress);
  for (const id of ["next", "return", "reason-send", "safe"]) $(id).disabled = isBusy;
  if (!(order && order.may_return)) showReasons(false);
  $("reason").placeholder = t.reason;
  $("reason").setAttribute("aria-label", t.reason);
  $("reason-back").textContent = t.back;
  $("reason-send").textContent = t.sendBack;
}

function showReasons(isOpen) {
  $("reason-box").hidden = !isOpen;
  $("press-box").hidden = isOpen;
  if (!isOpen) return;
  $("reasons").replaceChildren(...words().reasons.map((reason) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = reason;
    button.addEventListener("click", () => { $("reason").value = reason; });
    return button;
  }));
}

function showPicture() {
  const order = present.order;
  const has = !!(order && order.has_picture);
  $("picture-box").hidden = !has;
  $("picture-text").textContent = words().picture;
  $("picture").alt = words().picture;
  if (has && pictureOf !== order.id) {
    pictureOf = order.id;
    $("picture").src = `/picture?${encodeURIComponent(order.id)}`;
  }
}

/* the map: metres on the plan, y to the north, so it is drawn with y turned over */

function showMap() {
  const t = words();
  const order = present.order;
  $("map-zoom").textContent = isWhole ? t.near : t.whole;
  $("map-zoom").hidden = !order || !order.goal;
  $("way").textContent = !order ? "" : !order.goal ? t.noWay
    : order.way.length ? t.way(order.way_m, Math.max(1, Math.round(order.way_m / 90))) : order.next === "done" ? t.there : "";
  if (!plan) return;
  const map = $("map");
  const box = viewOf(map, order);
  const scale = box.width / (map.clientWidth || 360);
  map.setAttribute("viewBox", `${box.x} ${-box.y - box.height} ${box.width} ${box.height}`);
  map.setAttribute("aria-label", order ? `${inLanguage(order, "place")} ${$("way").textContent}` : inLanguage(plan, "name"));
  map.replaceChildren(...groundOf(scale), ...namesOf(scale, box), ...marksOf(order, scale, box));
}

function viewOf(map, order) {
  const points = isWhole || !order || !order.goal ? [[0, 0], [plan.width, plan.height]]
    : [order.goal, present.at, ...order.way];
  const margin = isWhole || !order ? 4 : 34;
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  let x = Math.min(...xs) - margin, y = Math.min(...ys) - margin;
  let width = Math.max(...xs) + margin - x, height = Math.max(...ys) + margin - y;
  const shape = (map.clientWidth || 360) / (map.clientHeight || 300);
  if (width / height < shape) { x -= (height * shape - width) / 2; width = height * shape; }
  else { y -= (width / shape - height) / 2; height = width / shape; }
  return { x, y, width, height };
}

function drawn(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

const joined = (points) => points.map(([x, y]) => `${x},${-y}`).join(" ");

function groundOf(scale) {
  const order = ["green", "water", "plaza", "sports", "road", "building", "dormitory"];
  const areas = [...plan.areas].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return [
    drawn("rect", { class: "ground", x: 0, y: -plan.height, width: plan.width, height: plan.height }),
    ...areas.map((area) => drawn("polygon", { class: area.kind, points: joined(area.outline), "stroke-width": scale })),
    ...plan.paths.map((line) => drawn("polyline", { class: "path", points: joined(line), "stroke-width": 1.2 })),
    ...plan.walls.map((line) => drawn("polyline", { class: "wall", points: joined(line), "stroke-width": 2 * scale })),
  ];
}

/* A name stands where its house has room for it and no other name stands. */
function namesOf(scale, box) {
  const size = 12 * scale;
  const taken = [];
  const names = plan.areas.filter((area) => area.kind !== "road").map((area) => {
    const xs = area.outline.map((p) => p[0]), ys = area.outline.map((p) => p[1]);
    const x = (Math.min(...xs) + Math.max(...xs)) / 2, y = (Math.min(...ys) + Math.max(...ys)) / 2;
    const text = inLanguage(area, "name");
    const width = text.length * size * (language === "zh" ? 1 : 0.56);
    const hasRoom = width < (Math.max(...xs) - Math.min(...xs)) * 1.15 && size < Math.max(...ys) - Math.min(...ys);
    const isSeen = x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
    const isFree = taken.every(([ox, oy, half]) => Math.abs(ox - x) > half + width / 2 || Math.abs(oy - y) > size * 1.2);
    if (!hasRoom || !isSeen || !isFree) return null;
    taken.push([x, y, width / 2]);
    return label(text, x, y - size * 0.35, size, "");
  });
  return names.filter(Boolean);
}

function label(text, x, y, size, kind) {
  return drawn("text", { class: kind, x, y: -y, "font-size": size, "stroke-width": size / 4 }, text);
}

function marksOf(order, scale, box) {
  const marks = [];
  if (order && order.way.length > 1) {
    marks.push(drawn("polyline", { class: "way-under", points: joined(order.way), "stroke-width": 9 * scale }));
    marks.push(drawn("polyline", { class: "way-line", points: joined(order.way), "stroke-width": 5 * scale }));
  }
  const [x, y] = present.at;
  marks.push(drawn("circle", { class: "me", cx: x, cy: -y, r: 8 * scale, "stroke-width": 2.5 * scale }));
  marks.push(label(words().me, x, y - 22 * scale, 13 * scale, ""));
  if (order && order.goal) {
    const [gx, gy] = order.goal;
    const s = 10 * scale;
    marks.push(drawn("polygon", { class: "goal", "stroke-width": 2.5 * scale,
      points: joined([[gx, gy], [gx - s, gy + s * 1.7], [gx, gy + s * 2.6], [gx + s, gy + s * 1.7]]) }));
    const place = inLanguage(order, "place");
    const half = place.length * 14 * scale * (language === "zh" ? 0.5 : 0.3) + 4 * scale;
    const at = Math.min(Math.max(gx, box.x + half), box.x + box.width - half);
    marks.push(label(place, at, gy - 18 * scale, 14 * scale, "goal-name"));
  }
  return marks;
}

/* times */

function clock(at) {
  return new Date(at).toLocaleTimeString("zh-CN", { hour12: false });
}

function span(seconds) {
  const t = words();
  return seconds < 100 ? `${seconds} ${t.sec}` : `${Math.floor(seconds / 60)} ${t.min} ${seconds % 60} ${t.sec}`;
}

/* where the guard is: only when they said so, and never older than the step it goes with */

function freshPosition() {
  return position && Date.now() - positionAt < POSITION_GOOD_MS ? position : null;
}

function startWatching() {
  if (!navigator.geolocation || watching !== null) return;
  watching = navigator.geolocation.watchPosition((found) => {
    positionAt = Date.now();
    position = { latitude: found.coords.latitude, longitude: found.coords.longitude, accuracy_m: found.coords.accuracy };
    if (Date.now() - positionSentAt >= POSITION_MS && present && !isOut) {
      positionSentAt = Date.now();
      send("/position", {}, true);
    }
  }, () => {
    stopWatching();
    $("locate").checked = false;
    keep("locate", "");
    say(words().locateRefused);
  }, { enableHighAccuracy: true, maximumAge: 5000, timeout: 30000 });
}

function stopWatching() {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
  position = null;
}

/* pressing */

$("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  keep("language", language);
  showReasons(false);
  show();
});
$("next").addEventListener("click", () => {
  const order = present && present.order;
  if (order && order.next) send("/step", { order: order.id, to: order.next });
});
$("return").addEventListener("click", () => { $("reason").value = ""; showReasons(true); });
$("reason-back").addEventListener("click", () => showReasons(false));
$("reason-send").addEventListener("click", () => {
  const order = present && present.order;
  const reason = $("reason").value.trim();
  if (!order || !reason) { $("reason").focus(); return; }
  send("/return", { order: order.id, reason });
});
$("safe").addEventListener("click", () => send("/checkin", {}));
$("help").addEventListener("click", () => {
  if (present.in_distress) return;
  if (Date.now() < helpUntil) { helpUntil = 0; send("/help", {}); return; }
  helpUntil = Date.now() + ARMED_MS;
  show();
  setTimeout(show, ARMED_MS + 50);
});
$("leave").addEventListener("click", async () => {
  if (Date.now() >= leaveUntil) {
    leaveUntil = Date.now() + ARMED_MS;
    show();
    setTimeout(show, ARMED_MS + 50);
    return;
  }
  try { await ask("POST", "/leave", {}); } catch { /* it ends by itself */ }
  goOut("");
});
$("map-zoom").addEventListener("click", () => { isWhole = !isWhole; show(); });
$("locate").addEventListener("change", () => {
  keep("locate", $("locate").checked ? "yes" : "");
  if ($("locate").checked) startWatching(); else stopWatching();
});
window.addEventListener("hashchange", () => location.reload());
document.addEventListener("visibilitychange", () => { if (!document.hidden && !isOut) look(); });
window.addEventListener("resize", () => { if (present) showMap(); });
setInterval(() => { showLine(); showDue(); }, 1000);

(async () => {
  show();
  await enter();
  if (kept("locate")) { $("locate").checked = true; startWatching(); }
  await look();
})();
