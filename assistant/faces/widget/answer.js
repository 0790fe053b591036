/** An Answer of the API as elements. What comes from documents or people goes in as text, never as markup. */

import { citationCard } from "./citation.js";
import { button, element } from "./dom.js";
import { amountText, factText, readable } from "./format.js";
import { fill, wordsFor } from "./words.js";

/** The answer's article. `ask(text)` is called for follow-ups and given facts, `rate(useful)` for the thumbs (null: none). */
export function answerCard(answer, { ask, rate }) {
  const language = answer.language;
  const words = wordsFor(language);
  const cards = new Map(answer.citations.map((citation, rank) => [citation.marker, citationCard(citation, words, language, rank === 0)]));
  const marker = (number) => (cards.has(number) ? markerButton(number, cards.get(number), words) : `[${number}]`);
  return element(
    "article.answer",
    { lang: words.code },
    element(`p.status.${answer.status}`, {}, words.statuses[answer.status] ?? answer.status),
    answer.figures.map((figure, rank) => figureBlock(figure, rank === 0 ? answer.facts : [], words, language, marker, rank === 0, answer.citations.find((one) => one.marker === figure.citation))),
    conditionList(answer, words),
    answer.warnings.map((warning) => element("p.warning", {}, warning.message)),
    element("p.text", {}, withMarkers(answer.text, marker)),
    missingForm(answer.missing, words, language, ask),
    comparisonTable(answer.comparison, words, marker),
    cards.size ? element("section.sources", { "aria-label": words.sources }, element("h2", {}, words.sources), [...cards.values()]) : null,
    answer.nearest ? element("section.sources", { "aria-label": words.nearest }, element("h2", {}, words.nearest), citationCard(answer.nearest, words, language, true)) : null,
    followUps(answer.follow_ups, words, ask),
    rate ? thumbs(words, rate) : null,
  );
}

/** What a screen reader says of an answer: its kind, the main figure, the text. */
export function spoken(answer) {
  const words = wordsFor(answer.language);
  const figure = answer.figures[0];
  const sum = figure ? `${amountText(figure, answer.language)} (${boundWords(figure, words)})` : "";
  return [words.statuses[answer.status], sum, readable(answer.text)].filter(Boolean).join(" — ");
}

/** What the sum is: owed, a ceiling, or owed if what was not said is so. */
function boundWords(figure, words) {
  return figure.bound === "exact" && figure.conditional ? words.conditional : words[figure.bound];
}

/** What the main figure rests on, each met, failed or not said. */
function conditionList(answer, words) {
  if (!answer.figures.length || !answer.conditions?.length) return null;
  const entries = answer.conditions.map(({ state, text }) => element(`li.${state}`, {}, `${words.conditions[state]} `, element("span", { lang: "zh" }, readable(text))));
  return element("section.conditions", { "aria-label": words.restsOn }, element("h2", {}, words.restsOn), element("ul", {}, entries));
}

function figureBlock(figure, facts, words, language, marker, main, cited) {
  const over = cited?.in_force === false;
  const exact = figure.bound === "exact" && !figure.conditional && !over;
  return element(
    `section.figure.${over ? "ceiling.ended" : exact ? "exact" : "ceiling"}${main ? ".main" : ""}`,
    { "aria-label": figure.label || boundWords(figure, words) },
    figure.label ? element("p.label", {}, figure.label) : null,
    over && cited.valid_to ? element("p.ended-note", {}, fill(words.expired, { day: cited.valid_to })) : null,
    element("p.amount", {}, amountText(figure, language)),
    element("p.bound", {}, over && figure.bound === "exact" ? words.noLonger : boundWords(figure, words), " ", marker(figure.citation)),
    (figure.assumed ?? []).map((assumed) => element("p.facts", {}, readable(assumed))),
    facts.length
      ? element("p.facts", {}, `${words.facts}: `, facts.map((fact) => `${fact.fact} ${factText(fact, language)}`).join(words.names))
      : null,
    figure.steps.length
      ? element(
          "details.steps",
          { open: main },
          element("summary", {}, words.steps),
          element("ol", {}, figure.steps.map((step) => element("li", {}, readable(step)))),
        )
      : null,
  );
}

/** The text with its `[1]` turned into buttons that lead to the citation. */
function withMarkers(text, marker) {
  return readable(text)
    .split(/(\[\d+\])/)
    .map((part) => (/^\[\d+\]$/.test(part) ? marker(Number(part.slice(1, -1))) : part));
}

function markerButton(number, card, words) {
  return button(".marker", String(number), () => {
    card.open = true;
    card.querySelector("summary").focus();
  }, { "aria-label": `${words.sources} ${number}` });
}

function missingForm(missing, words, language, ask) {
  if (!missing.length) return null;
  const hint = element("p.hint", { "aria-live": "polite" });
  const inputs = missing.map(() => element("input", { type: "text", maxlength: 60, autocomplete: "off" }));
  const send = (event) => {
    event.preventDefault();
    const given = missing.map(({ fact }, rank) => ({ fact, value: inputs[rank].value.trim(), input: inputs[rank] })).filter(({ value }) => value);
    // A bare number would have to be guessed: 1800 is not 1800万.
    const bare = given.find(({ value }) => /^[\d.,，\s]+$/.test(value));
    if (bare || !given.length) {
      hint.textContent = words.missingHint;
      (bare?.input ?? inputs[0]).focus();
      return;
    }
    ask(given.map((one) => fill(words.given, one)).join(words.between));
  };
  return element(
    "form.missing.next",
    { onsubmit: send },
    element("h2", {}, words.missing),
    missing.map(({ question }, rank) => element("label", {}, element("span", {}, question), inputs[rank])),
    element("div.row", {}, element("button.solid", { type: "submit" }, words.calculate), hint),
  );
}

/** Regions side by side: a column for each, so that two or three fit a narrow panel. */
function comparisonTable(rows, words, marker) {
  if (!rows.length) return null;
  const cells = {
    what: (row) => row.what,
    sum: (row) => row.sum,
    rate: (row) => row.rate,
    cap: (row) => row.cap,
    conditions: (row) => (row.conditions.length ? element("ul", {}, row.conditions.map((condition) => element("li", {}, readable(condition)))) : ""),
    validity: (row) => row.validity && element(`span.${row.in_force === false ? "over" : "good"}`, {}, row.validity),
    document: (row) => row.document,
    source: (row) => (row.citation === null ? "" : marker(row.citation)),
  };
  const lines = Object.entries(cells)
    .map(([name, cell]) => [name, rows.map(cell)])
    .filter(([, values]) => values.some((value) => value !== "" && value !== null))
    .map(([name, values]) =>
      element("tr", {}, element("th", { scope: "row" }, words.columns[name]), values.map((value) => element("td", {}, typeof value === "string" ? readable(value) || "—" : value))),
    );
  return element(
    "div.comparison",
    { role: "region", tabindex: "0", "aria-label": words.comparison },
    element(
      "table",
      {},
      element("caption.unseen", {}, words.comparison),
      element("thead", {}, element("tr", {}, element("td"), rows.map((row) => element("th", { scope: "col" }, row.region)))),
      element("tbody", {}, lines),
    ),
  );
}

function followUps(questions, words, ask) {
  if (!questions.length) return null;
  return element("section.follow-ups.next", { "aria-label": words.followUps }, element("h2", {}, words.followUps), questions.map((question) => button(".chip", question, () => ask(question))));
}

function thumbs(words, rate) {
  const said = element("span", { role: "status" });
  const send = async (useful) => {
    for (const one of [up, down]) one.disabled = true;
    const done = await rate(useful);
    said.textContent = done ? words.thanks : words.errors.feedback;
    (useful ? up : down).setAttribute("aria-pressed", String(done));
    if (!done) for (const one of [up, down]) one.disabled = false;
  };
  const up = button(".thumb", thumb(), () => send(true), { "aria-label": words.up, title: words.up, "aria-pressed": "false" });
  const down = button(".thumb.down", thumb(), () => send(false), { "aria-label": words.down, title: words.down, "aria-pressed": "false" });
  return element("p.thumbs", {}, element("span", {}, words.useful), up, down, said);
}

/** A thumb pointing up, drawn: not every system has the emoji. */
function thumb() {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const path = document.createElementNS(namespace, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M2 10h4v11H2zm6 0 4-8c1.7 0 3 1.3 3 3l-.7 4H20c1.2 0 2.1 1.1 1.8 2.3l-1.8 8c-.2.9-1 1.7-2 1.7H8z");
  svg.append(path);
  return svg;
}
