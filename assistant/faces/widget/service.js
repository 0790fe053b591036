/** The HTTP API, relative to the panel's own address so that a path prefix is kept. */

const TIMEOUT_MS = 20000; // an answer takes well under a second
const STARTING_MS = 60000; // a server that is starting is waited for
const PAUSE_MS = 700; // between two looks whether it is ready

/** Why there is no answer; `code` names the sentence in words.js `errors`. */
export class Failure extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * The Answer to `{question, state, region}`; Failure otherwise. `controller` stops it from outside. A server that is
 * still starting is waited for; `starting()` is called when that is so.
 */
export async function askService({ question, state, region }, controller, starting) {
  let late = false;
  let timer = 0;
  const allow = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      late = true;
      controller.abort();
    }, milliseconds);
  };
  allow(TIMEOUT_MS);
  try {
    const send = () => post("api/ask", { question, ...(state && { state }), ...(region && { region }) }, controller.signal);
    let response = await send();
    if (response.status === 503 && !(await isReady(controller.signal))) {
      starting();
      allow(STARTING_MS);
      while (!(await isReady(controller.signal))) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      allow(TIMEOUT_MS);
      response = await send();
    }
    if (!response.ok) throw new Failure(response.status === 404 && !region ? "server" : codeOf(response));
    const answer = await response.json();
    if (typeof answer?.status !== "string") throw new Failure("server");
    return answer;
  } catch (error) {
    if (late) throw new Failure("timeout");
    if (error instanceof TypeError) throw new Failure("network"); // fetch's way of saying so
    if (error instanceof SyntaxError) throw new Failure("server"); // not JSON: something between us answered
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Send thumbs up or down; false when it was not taken. */
export async function rateAnswer(question, answer, useful) {
  try {
    const content = {
      question,
      rating: useful ? "up" : "down",
      answer_id: answer.id,
      status: answer.status,
      language: answer.language,
      clause_ids: answer.citations.slice(0, 50).map((citation) => citation.clause_id),
    };
    return (await post("api/feedback", content)).ok;
  } catch {
    return false;
  }
}

/** Whether the server answers questions by now: one that is only busy is ready. */
async function isReady(signal) {
  return (await fetch("readyz", { signal, cache: "no-store" })).ok;
}

function post(path, content, signal) {
  const headers = { "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(content), signal, credentials: "same-origin" });
}

/** Problems as assistant/api/errors.py words them: 404 is a region that no document is from. */
function codeOf({ status }) {
  if (status === 404) return "region";
  if (status === 504) return "timeout";
  if (status === 429 || status === 503) return "busy";
  return status >= 400 && status < 500 ? "invalid" : "server";
}
