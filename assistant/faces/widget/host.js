/** Messages to and from the page that holds the panel in a frame.
 *
 * Which pages may do so the server decides (Content-Security-Policy: frame-ancestors). Here the page is pinned: only
 * messages of the parent window, and only of the origin that greeted first, are taken; answers go to that origin alone.
 */

const NAME = "policy-assistant";

/** Listen for the holding page. `focus()` and `ask(question)` are called for it; `tell(type, content)` writes to it. */
export function connect({ focus, ask }) {
  const framed = window.parent !== window;
  let origin = null;
  const tell = (type, content = {}) => {
    if (origin !== null) window.parent.postMessage({ from: NAME, type, ...content }, origin);
  };
  window.addEventListener("message", (event) => {
    if (!framed || event.source !== window.parent || event.data?.to !== NAME) return;
    const { type, question } = event.data;
    if (origin === null && type === "init" && holds(event.origin)) origin = event.origin;
    if (event.origin !== origin) return;
    if (type === "init") tell("ready");
    else if (type === "focus") focus();
    else if (type === "ask" && typeof question === "string" && question.trim()) ask(question.trim().slice(0, 2000));
  });
  return { framed, tell };
}

/** Whether the browser names this origin as the one around the frame (Firefox did not always say). */
function holds(origin) {
  const around = window.location.ancestorOrigins?.[0];
  return origin !== "null" && (around === undefined || around === origin);
}
