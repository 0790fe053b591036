/** The panel: one conversation with the API, and the messages to and from the page that holds it in a frame. */

import { answerCard, spoken } from "./answer.js";
import { askService, Failure, rateAnswer } from "./service.js";
import { button, element } from "./dom.js";
import { connect } from "./host.js";
import { fill, wordsFor } from "./words.js";

const options = readOptions(new URLSearchParams(location.hash.slice(1)));
const words = wordsFor(options.language);
const part = (id) => document.getElementById(id);
const [talk, said, form, input, send] = ["talk", "said", "form", "question", "send"].map(part);
const LONGEST = 2000; // characters that the service takes, as assistant/validation.py has it
let conversation = null; // the state the service handed back: it keeps none itself
let scoped = options.region !== "";
let running = null; // AbortController of the question being asked

function readOptions(given) {
  const language = given.get("lang") ?? "auto";
  return {
    language: ["zh", "zh-Hant", "en"].includes(language) ? language : languageOf(navigator.languages),
    region: (given.get("region") ?? "").slice(0, 100),
    theme: ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "auto",
    color: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(given.get("color") ?? "") ? given.get("color") : null,
    onColor: given.get("on") === "dark" ? "#10151c" : "#ffffff",
  };
}

function languageOf(tags) {
  for (const tag of tags) {
    if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return "zh-Hant";
    if (/^zh/i.test(tag)) return "zh";
    if (/^en/i.test(tag)) return "en";
  }
  return "en";
}

function dress() {
  const root = document.documentElement;
  root.lang = words.code;
  root.dataset.theme = options.theme;
  if (options.color) {
    root.style.setProperty("--accent", options.color);
    root.style.setProperty("--on-accent", options.onColor);
  }
  document.title = words.title;
  part("title").textContent = words.title;
  part("question-label").textContent = words.question;
  talk.setAttribute("aria-label", words.title);
  input.placeholder = words.placeholder;
  send.textContent = words.send;
  for (const id of ["restart", "page", "close"]) {
    part(id).setAttribute("aria-label", words[id]);
    part(id).title = words[id];
  }
  const scope = part("scope");
  scope.hidden = options.region === "";
  scope.addEventListener("click", () => showScope(!scoped));
  showScope(scoped);
}

function showScope(on) {
  scoped = on && options.region !== "";
  part("scope").textContent = scoped ? fill(words.scope, options) : words.scopeOff;
  part("scope").setAttribute("aria-pressed", String(scoped));
}

function welcome() {
  talk.replaceChildren(
    element(
      "section.welcome",
      { "aria-label": words.title },
      element("p", {}, words.welcome),
      element("p.promise", {}, words.promise),
      element("p.chips", {}, words.examples.map((example) => button(".chip", example, () => ask(example)))),
    ),
  );
}

function restart() {
  running?.abort();
  running = null;
  conversation = null;
  said.textContent = "";
  setBusy(false);
  welcome();
  talk.scrollTop = 0;
  input.focus();
}

function setBusy(busy) {
  send.setAttribute("aria-disabled", String(busy));
  talk.setAttribute("aria-busy", String(busy));
}

/** Ask and show the answer, or one sentence and a button to ask again. A newer question from outside replaces an older. */
async function ask(question) {
  running?.abort();
  talk.querySelectorAll(".pending").forEach((turn) => turn.remove());
  talk.querySelector(".welcome")?.remove();
  const working = element("p.working", {}, words.working);
  const turn = element("section.turn.pending", { tabindex: "-1" }, element("p.question", {}, element("span.unseen", {}, words.you), question), working);
  talk.append(turn);
  keepFocus(turn);
  talk.scrollTop = talk.scrollHeight;
  said.textContent = words.working;
  host.tell("question");
  await settle(question, turn, working);
}

async function settle(question, turn, placeholder) {
  const mine = new AbortController();
  running = mine;
  setBusy(true);
  let shown;
  try {
    const region = scoped ? options.region : null;
    const answer = await askService({ question, state: conversation, region }, mine, () => {
      placeholder.textContent = said.textContent = words.starting;
    });
    if (running !== mine) return;
    talk.querySelectorAll(".next").forEach((old) => old.remove()); // what an older answer offered no longer fits
    conversation = answer.state;
    shown = answerCard(answer, { ask, rate: rating(question, answer) });
    said.textContent = spoken(answer);
    host.tell("answer", { status: answer.status });
  } catch (error) {
    if (running !== mine) return;
    const code = error instanceof Failure ? error.code : "server";
    if (!(error instanceof Failure)) console.error(error); // ours to mend: not hidden behind the sentence
    shown = failure(fill(words.errors[code], options), () => {
      const again = element("p.working", {}, words.working);
      shown.replaceWith(again);
      turn.classList.add("pending");
      keepFocus(turn);
      settle(question, turn, again);
    });
    if (code === "invalid" && !input.value) input.value = question; // to be mended, not typed again
    host.tell("error", { code });
  }
  placeholder.replaceWith(shown);
  turn.classList.remove("pending");
  running = null;
  setBusy(false);
  keepFocus(turn);
  talk.scrollTop = turn.offsetTop - 12; // the question on top, the answer below it
}

/** What had the focus may be gone (a suggestion, the retry button): the keyboard goes on from the turn. */
function keepFocus(turn) {
  if (document.activeElement === document.body) turn.focus({ preventScroll: true });
}

/** The function behind the thumbs; null where the server collects no feedback. */
function rating(question, answer) {
  if (document.documentElement.dataset.feedback === "off") return null;
  return (useful) => rateAnswer(question, answer, useful);
}

function failure(sentence, retry) {
  said.textContent = ""; // the alert itself is read out
  return element("div.failure", { role: "alert" }, element("p", {}, sentence), button(".solid", words.retry, retry));
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight + 2, 132)}px`;
}

/** What is wrong with what was typed, under the box; nothing takes it away. */
function complain(sentence) {
  part("fault").textContent = sentence;
  part("fault").hidden = sentence === "";
}

function submit(event) {
  event.preventDefault();
  const question = input.value.trim();
  if (running) return; // what was typed stays
  const count = [...question.replace(/\s+/g, " ")].length;
  complain(count > LONGEST ? fill(words.tooLong, { limit: LONGEST, count }) : question ? "" : words.empty);
  if (part("fault").textContent) return;
  input.value = "";
  grow();
  ask(question);
}

const host = connect({
  focus: () => input.focus(),
  ask: (question) => {
    ask(question);
    input.focus();
  },
});

dress();
welcome();
form.addEventListener("submit", submit);
input.addEventListener("input", () => (grow(), complain("")));
input.addEventListener("keydown", (event) => {
  // Enter that ends the choice of a character must not send (229: the same in older browsers).
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
});
part("restart").addEventListener("click", restart);
part("close").addEventListener("click", () => host.tell("close"));
part("close").hidden = !host.framed;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) host.tell("close");
});
if (!host.framed) input.focus();
