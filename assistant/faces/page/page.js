// The page in the browser: it sends what is typed or clicked and shows the HTML that comes back. It knows no policy.
// Gradio runs this once with `element` (where the page goes). The calls are those of assistant/page/service.py; they do
// not go through Gradio's client, which keeps to itself why a call failed.

const KEPT = "policy-assistant.conversation"; // the conversation lives in this browser tab only
const TYPED = "policy-assistant.typed"; // so does what was typed and not sent
const CHOSEN = "policy-assistant.language";
const WAIT = 40000; // ms after which a call counts as failed; the server gives up earlier
const CALLS = "gradio_api/component_server/"; // beside the page, also under a prefix
const TOO_MANY = 429; // the server's word for a client that asks too often
const UNREACHABLE = "连接不上服务器。The server cannot be reached."; // before any words have come
const NUMBER = /^\d+(\.\d+)?$/;
const PAUSE = 200; // ms without a key before a changed fact is worked out

const page = { lang: null, words: {}, turns: read(), focus: -1, busy: false, judged: null, typed: 0 };
const one = (selector, within = element) => within.querySelector(selector);
const all = (selector, within = element) => [...within.querySelectorAll(selector)];
const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    return Array.isArray(kept) && kept.every((turn) => Array.isArray(turn?.answer?.citations)) ? kept : [];
  } catch {
    return [];
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(page.turns));
  } catch {
    // a browser that keeps nothing still answers
  }
}

function chosen(value) {
  try {
    if (value) localStorage.setItem(CHOSEN, value);
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

async function call(name, payload = {}) {
  const content = { fn_name: name, data: { lang: page.lang, ...payload } };
  const headers = { "Content-Type": "application/json" };
  let told = page.words.unreachable || UNREACHABLE;
  try {
    const signal = AbortSignal.timeout(WAIT);
    const response = await fetch(CALLS, { method: "POST", headers, body: JSON.stringify(content), signal });
    if (response.ok) return await response.json();
    if (response.status === TOO_MANY) told = page.words.too_many || told;
  } catch {
    // no answer, or none that can be read
  }
  return { error: told, gone: true };
}

function say(text) {
  const notice = one(".notice");
  notice.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (notice.textContent = ""), 5000);
}

// ── the frame ──

async function open(lang) {
  const before = entered() ?? remembered();
  page.lang = lang;
  const turns = page.turns.map(({ question, answer, amended }) => ({
    question,
    text: answer.text,
    language: answer.language,
    markers: answer.citations.map((citation) => citation.marker),
    amended: amended ?? "",
  }));
  const focus = page.focus < 0 ? page.turns.length - 1 : page.focus;
  const follow_ups = page.turns.at(-1)?.answer.follow_ups ?? [];
  const reply = await call("open", { turns, seen: page.turns[focus] ? seen(focus) : null, follow_ups });
  if (reply.error && !reply.gone && page.turns.length) {
    page.turns = []; // kept by another version of the page
    page.focus = -1;
    keep();
    return open(lang);
  }
  if (reply.error) {
    if (one(".notice")) return say(reply.error);
    element.textContent = reply.error;
    return setTimeout(() => open(lang), 2000); // it may only be starting anew
  }
  page.limit = reply.limit;
  page.longest = reply.longest;
  page.lang = reply.lang;
  page.words = reply.words;
  document.documentElement.lang = reply.html_lang;
  document.title = reply.words.title;
  element.className = "policy";
  element.dataset.feedback = reply.feedback ? "on" : "off";
  element.innerHTML = reply.shell;
  one(".log").innerHTML = reply.turns.length ? reply.turns.join("") : reply.welcome;
  one(".suggestions").innerHTML = reply.suggestions;
  one(".panel-ask").classList.toggle("begun", reply.turns.length > 0);
  if (reply.evidence) showEvidence(reply.evidence, focus);
  one("details.fold").open = wide();
  if (before) putBack(before);
  bottom();
  await route();
}

// ── what was typed and not sent: it stays when the page is shown in another language or loaded again ──

function entered() {
  if (!one("form.composer")) return null;
  return {
    composer: Object.fromEntries(new FormData(one("form.composer"))),
    search: Object.fromEntries(new FormData(one("form.search"))),
    missing: all("[data-missing]").map((input) => input.value),
    profile: profileOf(one("form.profile")),
    unit: Number(one("form.profile").dataset.unit),
    reported: one(".report").childElementCount > 0,
  };
}

function remember() {
  try {
    const { composer, search } = entered() ?? {};
    if (composer) sessionStorage.setItem(TYPED, JSON.stringify({ composer, search })); // of an enterprise nothing is kept
  } catch {
    // a browser that keeps nothing still answers
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(TYPED));
  } catch {
    return null;
  }
}

function putBack({ composer, search: searched, missing = [], profile, unit, reported }) {
  for (const [form, fields] of [["composer", composer], ["search", searched]]) {
    for (const [name, value] of Object.entries(fields ?? {})) {
      const field = one(`form.${form}`).elements[name];
      if (field) field.value = value;
    }
  }
  grow(one("#question"));
  all("[data-missing]").forEach((input, n) => (input.value = missing[n] ?? ""));
  if (!profile) return;
  const form = one("form.profile");
  fillProfile(form, profile);
  const places = unit - Number(form.dataset.unit); // 万元 in one language, millions in another
  for (const input of all("[data-money]", form)) input.value = shifted(typed(input), places) ?? input.value;
  if (reported) checkup(form, false);
}

/** A number with its decimal point moved; undefined for what is none. */
function shifted(text, places) {
  if (!NUMBER.test(text)) return undefined;
  const [whole, part = ""] = text.split(".");
  const digits = whole + part;
  const padded = "0".repeat(Math.max(0, 1 - whole.length - places)) + digits;
  const point = Math.max(1, whole.length + places);
  const fraction = padded.slice(point).replace(/0+$/, "");
  const number = padded.slice(0, point).padEnd(point, "0").replace(/^0+(?=\d)/, "");
  return fraction ? `${number}.${fraction}` : number;
}

function address(changes) {
  const url = new URL(location.href);
  for (const name of ["tab", "clause", "document", "question"]) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(changes)) if (value) url.searchParams.set(name, value);
  return url;
}

async function route() {
  const wanted = new URL(location.href).searchParams;
  if (wanted.get("clause")) await openDocument({ clause: wanted.get("clause") });
  else if (wanted.get("document")) await openDocument({ document: wanted.get("document") });
  else showTab(wanted.get("tab") || "ask", false);
  const question = wanted.get("question");
  if (question) {
    history.replaceState(null, "", address({}));
    ask(question);
  }
}

function showTab(name, moved = true) {
  const tab = one(`#tab-${CSS.escape(name)}`) || one("#tab-ask");
  for (const other of all("[role=tab]")) {
    const on = other === tab;
    other.setAttribute("aria-selected", on);
    other.tabIndex = on ? 0 : -1;
    one(`#panel-${other.dataset.tab}`).hidden = !on;
  }
  if (moved) history.replaceState(null, "", address({ tab: tab.dataset.tab === "ask" ? "" : tab.dataset.tab }));
  if (tab.dataset.tab === "search" && !one(".results").childElementCount) search(1, false);
  return tab;
}

// ── the conversation ──

const wide = () => matchMedia("(min-width: 60rem)").matches;

function bottom() {
  const last = all(".turn", one(".log")).at(-1);
  if (!last) return;
  if (wide()) one(".log").scrollTop = last.offsetTop - 12;
  else last.scrollIntoView({ block: "start", behavior: calm() });
}

async function ask(text) {
  const question = text.trim();
  const box = one("#question");
  if (page.busy) return box.focus();
  const fault = one("form.composer .fault");
  fault.textContent = question ? overlong(question) : page.words.empty_question;
  if (fault.textContent) return box.focus();
  if (page.turns.length >= page.limit) return say(page.words.too_long);
  page.busy = true;
  send();
  const form = one("form.composer");
  const number = page.turns.length;
  const pending = document.createElement("article");
  pending.className = "turn pending";
  pending.innerHTML =
    '<div class="said said-user"><h3 class="sr"></h3><p></p></div><div class="said said-assistant"><p class="working"></p></div>';
  one("h3", pending).textContent = page.words.you;
  one("p", pending).textContent = question;
  one(".working", pending).textContent = page.words.working;
  one(".welcome")?.remove();
  one(".panel-ask").classList.add("begun");
  for (const failed of all(".failed", one(".log"))) failed.remove();
  one(".log").append(pending);
  if (box.value.trim() === question) box.value = ""; // what was typed beside a suggestion stays
  grow(box);
  bottom();
  const as_of = form.as_of.value;
  const reply = await call("ask", { question, number, state: conversation(), region: form.region.value, as_of });
  page.busy = false;
  if (reply.error) {
    one(".working", pending).textContent = reply.error;
    one(".working", pending).setAttribute("role", "alert");
    pending.classList.add("failed");
    if (!box.value) box.value = question;
    return;
  }
  pending.outerHTML = reply.turn;
  page.turns.push({ question, answer: reply.answer, as_of });
  keep();
  one(".suggestions").innerHTML = reply.suggestions;
  showEvidence(reply.evidence, number);
  bottom();
}

/** A turn's answer with what was changed and decided in it, for the calls that show it. */
function seen(number) {
  const { answer, as_of, edited, decided } = page.turns[number];
  return { answer, as_of: as_of ?? "", edited: edited ?? [], decided: decided ?? [] };
}

/** The conversation so far, with the facts that were changed in any of its answers. */
function conversation() {
  const state = page.turns.at(-1)?.answer.state;
  if (!state) return null;
  const exchanges = state.exchanges.map((exchange, n) => ({ ...exchange, edited: page.turns[n]?.edited ?? exchange.edited }));
  return { ...state, exchanges };
}

/** A sentence for a text that is longer than the server takes; empty for any other. */
function overlong(text) {
  const count = [...text.replace(/\s+/g, " ")].length;
  return count > page.longest ? page.words.long_text.replace("{limit}", page.longest).replace("{count}", count) : "";
}

function showEvidence(html, number) {
  page.focus = number;
  page.typed += 1; // what is still being worked out belongs to another answer
  const body = one(".evidence-body");
  body.innerHTML = html;
  one(".evidence").scrollTop = 0;
  for (const button of all("[data-action=evidence]")) button.setAttribute("aria-pressed", Number(button.dataset.turn) === number);
}

async function lookAt(number) {
  if (number === page.focus || !page.turns[number]) return;
  const reply = await call("show", { seen: seen(number) });
  if (reply.error) say(reply.error);
  else showEvidence(reply.evidence, number);
}

function pointAt(marker) {
  const card = one(`#citation-${marker}`);
  if (!card) return;
  for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  card.scrollIntoView({ block: "start", behavior: calm() });
  card.focus({ preventScroll: true });
}

function restart() {
  send();
  page.turns = [];
  page.focus = -1;
  keep();
  open(page.lang).then(() => one("#question").focus());
}

function typed(field) {
  return field.value.normalize("NFKC").replace(/[,\s]/g, "");
}

/** Work the answer out again: from the facts as typed, if it has any, and the conditions as decided. */
async function recompute(form, decided = page.turns[page.focus].decided ?? []) {
  const inputs = form ? all("[data-fact]", form) : [];
  const complain = (fault) => (form ? (one(".fault", form).textContent = fault) : fault && say(fault));
  const wrong = inputs.filter((input) => !NUMBER.test(typed(input)));
  for (const input of inputs) input.setAttribute("aria-invalid", wrong.includes(input));
  complain(wrong.length ? page.words.facts_fault : "");
  if (wrong.length) return;
  const values = inputs.map((input) => {
    const unit = one(`[data-unit="${input.dataset.fact}"]`, form);
    return { value: typed(input), unit: unit.value || unit.dataset.value };
  });
  const typing = (page.typed += 1);
  const number = page.focus;
  const { answer, as_of } = seen(number); // the values are compared with those of the answer itself
  const reply = await call("recompute", { seen: { answer, as_of, decided }, values, number });
  if (typing !== page.typed) return; // something newer was typed or asked meanwhile
  if (reply.error) {
    complain(reply.error);
    return;
  }
  Object.assign(page.turns[number], { edited: reply.edited, decided, amended: reply.amended });
  keep();
  one(`.turn[data-turn="${number}"] .amended`).innerHTML = reply.amended_html;
  for (const part of ["status", "figures", "conditions", "changed", "chart"]) {
    const place = one(`[data-part=${part}]`);
    if (place) place.innerHTML = reply[part];
  }
  say(reply.said);
}

/** Set a condition as met or not met, or leave it open again where it was set so; then work the answer out. */
async function decide(button) {
  const { text, state } = button.dataset;
  const [start, end] = [Number(button.dataset.start), Number(button.dataset.end)];
  const others = (page.turns[page.focus].decided ?? []).filter((one) => one.text !== text || one.start !== start || one.end !== end);
  const pressed = button.getAttribute("aria-pressed") === "true";
  await recompute(one("form.facts"), pressed ? others : [...others, { text, start, end, state }]);
  const again = all("[data-action=decide]").find((next) => next.dataset.text === text && next.dataset.state === state);
  again?.focus({ preventScroll: true });
}

/** Put the facts of the answer back as they were. */
function restore() {
  const form = one("form.facts");
  for (const field of all("[data-original]", form)) field.value = field.dataset.original;
  one("[data-fact]", form).focus();
  recompute(form);
}

function askMissing(form) {
  const wrong = all("[data-number]", form).filter((input) => input.value.trim() && !NUMBER.test(typed(input)));
  for (const input of all("[data-missing]", form)) input.setAttribute("aria-invalid", wrong.includes(input));
  one(".fault", form).textContent = wrong.length ? page.words.facts_fault : "";
  if (wrong.length) return wrong[0].focus();
  const said = all("[data-missing]", form)
    .filter((input) => input.value.trim())
    .map((input) => {
      const unit = input.nextElementSibling;
      const value = (unit?.value || unit?.dataset.said || "{value}").replace("{value}", () => input.value.trim());
      return form.dataset.said.replace("{fact}", () => input.dataset.missing).replace("{value}", () => value);
    });
  if (said.length) ask(said.join(form.dataset.join));
  else one("[data-missing]", form).focus();
}

// ── feedback: sent with its comment, or when the visitor goes on without one ──

function judge(button) {
  const number = Number(button.dataset.turn);
  const helpful = button.dataset.helpful === "true";
  if (page.judged && page.judged.number !== number) send();
  page.judged = { number, helpful };
  const turn = one(`.turn[data-turn="${number}"]`);
  for (const thumb of all(".thumb", turn)) thumb.setAttribute("aria-pressed", thumb === button);
  const form = one("form.comment", turn);
  form.hidden = false;
  one("textarea", form).focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest", behavior: calm() });
}

async function send() {
  const judged = page.judged;
  if (!judged) return;
  page.judged = null;
  const turn = one(`.turn[data-turn="${judged.number}"]`);
  const form = one("form.comment", turn);
  const comment = one("textarea", form).value;
  form.hidden = true;
  for (const thumb of all(".thumb", turn)) thumb.disabled = true;
  const { question, answer } = page.turns[judged.number];
  const reply = await call("thumb", { question, answer, helpful: judged.helpful, comment });
  if (reply.error) for (const thumb of all(".thumb", turn)) thumb.disabled = false;
  say(reply.error || reply.said);
}

// ── the other tabs ──

async function search(number, moved = true) {
  const results = one(".results");
  const fields = Object.fromEntries(new FormData(one("form.search")));
  results.setAttribute("aria-busy", true);
  const asked = (search.asked = (search.asked || 0) + 1);
  const fault = overlong(fields.text);
  const reply = fault ? { error: fault } : await call("search", { fields, page: number });
  if (asked !== search.asked) return;
  results.removeAttribute("aria-busy");
  if (reply.error) {
    results.innerHTML = '<p class="fault" role="alert"></p>';
    one(".fault", results).textContent = reply.error;
  } else results.innerHTML = reply.html;
  if (moved && number > 1) results.scrollIntoView({ block: "start", behavior: calm() });
}

async function openDocument(what, moved = false) {
  showTab("library", false);
  const view = one(".document-view");
  const reply = await call("document", what);
  if (reply.error) {
    view.innerHTML = '<p class="fault" role="alert"></p>';
    one(".fault", view).textContent = reply.error;
    return;
  }
  if (moved) history.pushState(null, "", address({ tab: "library", ...what }));
  view.innerHTML = reply.html;
  for (const button of all("button.document")) button.setAttribute("aria-pressed", button.dataset.document === reply.document);
  const wanted = one(".wanted", view);
  if (wanted || !wide()) (wanted || view).scrollIntoView({ block: wanted ? "center" : "start", behavior: "auto" });
  else scrollTo({ top: 0 });
  (wanted || view).focus({ preventScroll: true });
}

async function openContext(clause, focus) {
  const dialog = one("dialog.context");
  const reply = await call("context", { clause, ...focus });
  if (reply.error) return say(reply.error);
  one(".context-body").innerHTML = reply.html;
  if (!dialog.open) dialog.showModal();
  one(".context-text .wanted").scrollIntoView({ block: "nearest" });
  one(".context-text").focus({ preventScroll: true });
}

function profileOf(form) {
  const fields = {};
  for (const input of all("[name]", form)) if (!input.closest("[data-row]")) fields[input.name] = input.value;
  for (const kind of ["projects", "sales"]) {
    fields[kind] = all(`[data-row=${kind}]`, form).map((row) =>
      Object.fromEntries(all("[name]", row).map((input) => [input.name, input.value])),
    );
  }
  return fields;
}

async function checkup(form, moved = true) {
  const fields = profileOf(form);
  const report = one(".report");
  report.setAttribute("aria-busy", true);
  const reply = await call("checkup", { fields });
  report.removeAttribute("aria-busy");
  one(".fault", form).textContent = reply.error || "";
  if (reply.error) return;
  report.innerHTML = reply.html;
  if (!moved) return;
  report.scrollIntoView({ block: "start", behavior: calm() });
  report.focus({ preventScroll: true });
}

function addRow(kind) {
  const row = one(`[data-template=${kind}]`).content.firstElementChild.cloneNode(true);
  one(`.rows[data-rows=${kind}]`).append(row);
  return row;
}

function fillProfile(form, fields) {
  form.reset();
  for (const [name, value] of Object.entries(fields)) {
    if (!Array.isArray(value)) form.elements[name].value = value;
    else for (const row of value) fillRow(addRow(name), row);
  }
}

function fillRow(row, values) {
  for (const [name, value] of Object.entries(values)) one(`[name=${name}]`, row).value = value;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(page.words.copied);
  } catch {
    // a page without https may not write to the clipboard; selecting and copying still works in most browsers
    const area = document.createElement("textarea");
    area.value = text;
    (one("dialog[open]") || element).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    say(done ? page.words.copied : page.words.copy_failed);
  }
}

// ── what is clicked and typed ──

const actions = {
  skip: (_, event) => (event.preventDefault(), showTab("ask"), one("#question").focus()),
  language: (button) => (send(), open(chosen(button.dataset.lang))).then(() => one(`[data-lang="${page.lang}"]`)?.focus()),
  tab: (button) => showTab(button.dataset.tab),
  suggest: (button) => ask(button.textContent),
  restart: () => restart(),
  evidence: async (button) => {
    await lookAt(Number(button.dataset.turn));
    if (!wide()) one(".evidence").scrollIntoView({ block: "start", behavior: calm() });
    one(".evidence").focus({ preventScroll: true });
  },
  citation: async (button) => {
    if (button.dataset.turn) await lookAt(Number(button.dataset.turn));
    pointAt(button.dataset.marker);
  },
  restore: () => restore(),
  decide,
  correct: () => one("[data-fact]").focus(),
  thumb: (button) => judge(button),
  "comment-skip": (button) => ((one("textarea", button.form).value = ""), send()),
  context: (button) => openContext(button.dataset.clause, range(button)),
  close: () => one("dialog.context").close(),
  copy: (button) => copy(button.dataset.copy),
  link: (anchor, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openDocument({ clause: anchor.dataset.clause }, true);
  },
  "open-clause": (button) => (one("dialog.context").close(), openDocument({ clause: button.dataset.clause }, true)),
  document: (button) => openDocument({ document: button.dataset.document }, true),
  expand: (button) => all(".tree details").forEach((fold) => (fold.open = button.dataset.open === "true")),
  page: (button) => search(Number(button.dataset.page)),
  facet: (button) => ((one("form.search").elements[button.dataset.field].value = button.dataset.value), search(1)),
  "row-add": (button) => one("input", addRow(button.dataset.rows)).focus(),
  "row-remove": (button) => button.closest("[data-row]").remove(),
  "checkup-example": (button) => fillProfile(button.form, JSON.parse(button.form.dataset.example)),
  "checkup-then": (button) => {
    const form = one("form[data-form=checkup]");
    form.elements.as_of.value = button.dataset.day;
    checkup(form);
  },
  print: () => print(),
};

const range = ({ dataset }) => (dataset.start ? { start: Number(dataset.start), end: Number(dataset.end) } : {});

element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-action]");
  if (target && !target.disabled) actions[target.dataset.action]?.(target, event);
  else if (event.target.matches?.("dialog.context")) event.target.close(); // a click beside the dialog
});

const forms = {
  ask: (form) => ask(form.question.value),
  missing: askMissing,
  facts: recompute,
  comment: send,
  search: () => search(1),
  checkup: (form) => checkup(form),
};

element.addEventListener("submit", (event) => {
  event.preventDefault();
  forms[event.target.dataset.form]?.(event.target);
});

element.addEventListener("reset", (event) => {
  for (const row of all("[data-row]", event.target)) row.remove();
  if (event.target.dataset.form === "search") setTimeout(() => search(1, false));
});

element.addEventListener("input", (event) => {
  if (event.target.id === "question") {
    grow(event.target);
    one("form.composer .fault").textContent = "";
  }
  const form = event.target.closest("form.facts");
  if (!form) return;
  clearTimeout(recompute.timer);
  recompute.timer = setTimeout(() => form.isConnected && recompute(form), PAUSE);
});

element.addEventListener("change", (event) => {
  if (event.target.closest(".filters")) search(1, false);
});

element.addEventListener("keydown", (event) => {
  if (event.target.id === "question" && event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    ask(event.target.value);
  }
  if (event.target.matches("[role=tab]")) {
    const tabs = all("[role=tab]");
    const at = tabs.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    showTab(tabs[next % tabs.length].dataset.tab).focus();
  }
});

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

addEventListener("popstate", () => route());
addEventListener("beforeprint", () => all(".report details").forEach((fold) => (fold.open = true)));
addEventListener("pagehide", remember);
document.addEventListener("visibilitychange", () => document.hidden && (send(), remember()));

open(new URL(location.href).searchParams.get("lang") || chosen());
