/* The portal widget: a button and a chat panel on any page.
 *
 *   <script src="https://HOST/widget.js" data-lang="zh" async></script>
 *
 * This file runs in the portal's page. It holds no policy text and no answer: those stay in the panel, an
 * <iframe> of HOST. The two talk by postMessage, each naming the other's origin and checking it.
 */
(function () {
  "use strict";

  var NAME = "policy-assistant";
  var script = document.currentScript || document.querySelector('script[src*="widget.js"]');
  if (!script || (window.PolicyAssistant && window.PolicyAssistant.version)) return; // included twice: the first stays

  var panelAddress = new URL("widget", script.src); // relative to this file: a path prefix is kept
  var pageAddress = new URL("./", script.src);
  var HANDSHAKE_MS = 6000; // a panel that has not answered by then was refused or is away
  var LOADING_MS = 20000;
  var EVENTS = ["ready", "open", "close", "question", "answer", "error"];

  var WORDS = {
    zh: {
      label: "政策问答",
      close: "关闭",
      retry: "重试",
      page: "打开完整页面",
      failed: "问答面板打不开：服务暂时连不上，或者没有允许本网站嵌入。",
    },
    "zh-Hant": {
      label: "政策問答",
      close: "關閉",
      retry: "重試",
      page: "打開完整頁面",
      failed: "問答面板打不開：服務暫時連不上，或者沒有允許本網站嵌入。",
    },
    en: {
      label: "Policy answers",
      close: "Close",
      retry: "Try again",
      page: "Open the full page",
      failed: "The panel cannot be opened: the service is away, or it does not allow this site to embed it.",
    },
  };

  var options = readOptions(script.dataset);
  var words = WORDS[options.lang];
  var listeners = {};
  var state = { open: false, connected: false, ready: false, firstQuestion: options.question, returnTo: null };
  var waiting = []; // messages for the panel until it has answered
  var timer = 0;
  var view = null;

  function readOptions(data) {
    return {
      lang: language(data.lang),
      region: data.region || "",
      position: data.position === "left" ? "left" : "right",
      color: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(data.color || "") ? data.color : "",
      label: data.label || "",
      theme: data.theme === "light" || data.theme === "dark" ? data.theme : "auto",
      question: data.question || "",
    };
  }

  function language(wanted) {
    if (WORDS[wanted]) return wanted;
    var tags = wanted && wanted !== "auto" ? [wanted] : navigator.languages || [navigator.language || ""];
    for (var i = 0; i < tags.length; i += 1) {
      if (/^zh-(hant|tw|hk|mo)/i.test(tags[i])) return "zh-Hant";
      if (/^zh/i.test(tags[i])) return "zh";
      if (/^en/i.test(tags[i])) return "en";
    }
    return "en";
  }

  /* Black or white, whichever stands out more from a colour (relative luminance of WCAG 2). */
  function readableOn(color) {
    var hex = color.slice(1);
    if (hex.length === 3) hex = hex.replace(/./g, "$&$&");
    var channels = [0, 2, 4].map(function (at) {
      var value = parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    });
    var luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
    return luminance > 0.179 ? "#10151c" : "#ffffff";
  }

  // ── what is on the page ──

  /* Everything is !important and starts from "initial": a portal's `* { … !important }` reaches the host element. */
  var STYLE = [
    ":host { all: initial !important; display: block !important; position: static !important; }",
    "* { box-sizing: border-box; }",
    ".root { --accent: #1f4e8c; --on-accent: #fff; --paper: #fff; --ink: #1b2430; --line: #c9d1dc;",
    "  font: 400 15px/1.5 system-ui, -apple-system, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;",
    "  color: var(--ink); text-align: left; direction: ltr; }",
    ".button, .panel { position: fixed; z-index: 2147483000; }",
    ".button { bottom: 20px; display: inline-flex; align-items: center; gap: 8px; min-height: 48px; max-width: calc(100vw - 40px);",
    "  padding: 10px 18px; border: 0; border-radius: 24px; background: var(--accent); color: var(--on-accent);",
    "  font: inherit; font-weight: 600; cursor: pointer; box-shadow: 0 0 0 1px rgba(255, 255, 255, .35), 0 4px 16px rgba(10, 20, 40, .3); }",
    ".button:hover { filter: brightness(1.12); }",
    ".button:focus-visible, .failure button:focus-visible, .failure a:focus-visible { outline: 3px solid #fff; outline-offset: 1px; box-shadow: 0 0 0 6px #10151c; }",
    ".button svg { flex: none; width: 22px; height: 22px; }",
    ".button span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }",
    ".right .button { right: 20px; } .left .button { left: 20px; }",
    ".panel { bottom: 80px; width: 420px; height: 660px; max-width: calc(100vw - 40px); max-height: calc(100vh - 100px);",
    "  overflow: hidden; border: 1px solid var(--line); border-radius: 12px; background: var(--paper); box-shadow: 0 10px 40px rgba(10, 20, 40, .28); }",
    ".right .panel { right: 20px; } .left .panel { left: 20px; }",
    ".panel[hidden], .panel [hidden] { display: none; }",
    "iframe { display: block; width: 100%; height: 100%; border: 0; background: transparent; color-scheme: normal; }",
    ".failure { position: absolute; inset: 0; display: flex; flex-direction: column; justify-content: center; gap: 14px; padding: 28px; background: var(--paper); }",
    ".failure p { margin: 0; font-size: 16px; }",
    ".failure div { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; }",
    ".failure button { font: inherit; min-height: 40px; padding: 6px 16px; border: 1px solid var(--ink); border-radius: 6px; background: transparent; color: inherit; cursor: pointer; }",
    ".failure a { color: inherit; padding: 8px 4px; }",
    ".dark { --paper: #151b23; --ink: #e6ebf2; --line: #3a4552; --accent: #2f66ad; }",
    "@media (prefers-color-scheme: dark) { .auto { --paper: #151b23; --ink: #e6ebf2; --line: #3a4552; --accent: #2f66ad; } }",
    // Full screen on a phone, upright or lying.
    "@media (max-width: 479.98px), (max-height: 419.98px) {",
    "  .panel, .left .panel, .right .panel { inset: 0; width: 100%; height: 100vh; height: 100dvh; max-width: none; max-height: none; border: 0; border-radius: 0; }",
    "  .open .button { display: none; } .button { bottom: 14px; } .right .button { right: 14px; } .left .button { left: 14px; } }",
    "@media (forced-colors: active) { .button { border: 1px solid; } }",
    "@media print { .root { display: none; } }",
  ].join("\n");

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) {
      made.append(child);
    });
    return made;
  }

  function icon() {
    var namespace = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(namespace, "svg");
    var path = document.createElementNS(namespace, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("fill", "currentColor");
    path.setAttribute("d", "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5c0-1.1.9-2 2-2zm3 5v2h10V8zm0 4v2h7v-2z");
    svg.append(path);
    return svg;
  }

  function build() {
    var label = options.label || words.label;
    var host = element("div", { "data-policy-assistant": "" });
    var shadow = host.attachShadow({ mode: "open" });
    // A sheet made by script is not an inline style: it also works where the portal's own CSP forbids those.
    if ("adoptedStyleSheets" in shadow && "replaceSync" in CSSStyleSheet.prototype) {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
    } else {
      shadow.append(element("style", {}, [STYLE]));
    }
    var button = element(
      "button",
      { type: "button", class: "button", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" },
      [icon(), element("span", {}, [label])]
    );
    var panel = element("div", { id: "panel", class: "panel", role: "dialog", "aria-label": label, hidden: "" });
    var root = element(
      "section",
      { class: "root " + options.position + " " + options.theme, lang: options.lang, "aria-label": label },
      [button, panel]
    );
    if (options.color) {
      root.style.setProperty("--accent", options.color);
      root.style.setProperty("--on-accent", readableOn(options.color));
    }
    shadow.append(root);
    button.addEventListener("click", function () {
      if (state.open) close();
      else open();
    });
    button.addEventListener("pointerenter", load, { once: true }); // the panel is there when the click comes
    root.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && state.open && !event.isComposing) close();
    });
    document.body.append(host);
    view = { root: root, button: button, panel: panel, frame: null, failure: null };
    fullScreen.addEventListener("change", fit);
  }

  var fullScreen = window.matchMedia("(max-width: 479.98px), (max-height: 419.98px)");

  /* Full screen the panel hides the page, so the keyboard must not wander behind it. */
  function fit() {
    var modal = fullScreen.matches && state.open;
    view.panel.setAttribute("aria-modal", String(modal));
    view.panel.querySelectorAll(".edge").forEach(function (edge) {
      if (modal) edge.setAttribute("tabindex", "0");
      else edge.removeAttribute("tabindex");
    });
  }

  function edge() {
    var made = element("span", { class: "edge" });
    made.addEventListener("focus", focusPanel);
    return made;
  }

  // ── the panel ──

  function load() {
    if (view.frame) return;
    var known = new URLSearchParams({ lang: options.lang, theme: options.theme });
    if (options.region) known.set("region", options.region);
    if (options.color) {
      known.set("color", options.color);
      known.set("on", readableOn(options.color) === "#ffffff" ? "light" : "dark");
    }
    var address = new URL(panelAddress);
    address.hash = known.toString(); // after "#": nothing of it reaches a server's log
    var frame = element("iframe", { src: address.href, title: options.label || words.label, allow: "clipboard-write" });
    frame.addEventListener("load", function () {
      if (frame !== view.frame) return;
      if (!state.connected) watch(HANDSHAKE_MS);
      frame.contentWindow.postMessage({ to: NAME, type: "init" }, panelAddress.origin);
    });
    view.frame = frame;
    view.panel.append(edge(), frame, edge());
    fit();
    watch(LOADING_MS);
  }

  function watch(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(fail, milliseconds);
  }

  function fail() {
    unload();
    var retry = element("button", { type: "button" }, [words.retry]);
    var leave = element("button", { type: "button" }, [words.close]);
    var page = element("a", { href: pageAddress.href, target: "_blank", rel: "noopener" }, [words.page]);
    view.failure = element("div", { class: "failure" }, [
      element("p", { role: "alert" }, [words.failed]),
      element("div", {}, [retry, page, leave]),
    ]);
    retry.addEventListener("click", function () {
      unload();
      load();
      focusPanel();
    });
    leave.addEventListener("click", close);
    view.panel.append(view.failure);
    if (state.open) retry.focus();
    tell("error", { code: "unavailable" });
  }

  function unload() {
    clearTimeout(timer);
    state.connected = false;
    view.frame = view.failure = null;
    view.panel.replaceChildren();
  }

  function send(type, content) {
    var message = Object.assign({ to: NAME, type: type }, content);
    if (state.connected) view.frame.contentWindow.postMessage(message, panelAddress.origin);
    else waiting.push(message);
  }

  function focusPanel() {
    if (view.failure) view.failure.querySelector("button").focus();
    if (!view.frame) return;
    view.frame.focus();
    send("focus");
  }

  window.addEventListener("message", function (event) {
    if (!view || !view.frame || event.source !== view.frame.contentWindow) return;
    if (event.origin !== panelAddress.origin || !event.data || event.data.from !== NAME) return;
    var data = event.data;
    if (data.type === "ready") {
      clearTimeout(timer);
      state.connected = true;
      waiting.splice(0).forEach(function (message) {
        if (message.type !== "focus" || state.open) send(message.type, message);
      });
    } else if (data.type === "close") {
      close();
    } else if (data.type === "question" || data.type === "error") {
      tell(data.type, data.type === "error" ? { code: String(data.code) } : {});
    } else if (data.type === "answer") {
      tell("answer", { status: String(data.status) });
    }
  });

  // ── what the portal's page may call ──

  function open(wanted) {
    if (!state.open) {
      state.open = true;
      state.returnTo = document.activeElement;
      if (view.failure) unload();
      load();
      view.panel.hidden = false;
      view.root.classList.add("open");
      view.button.setAttribute("aria-expanded", "true");
      fit();
      focusPanel();
      tell("open", {});
    }
    var question = (wanted && wanted.question) || state.firstQuestion;
    state.firstQuestion = "";
    if (question) send("ask", { question: String(question) });
  }

  function close() {
    if (!state.open) return;
    state.open = false;
    view.panel.hidden = true;
    view.root.classList.remove("open");
    view.button.setAttribute("aria-expanded", "false");
    var back = state.returnTo;
    var usable = back && back.isConnected && back !== document.body && back !== view.root.getRootNode().host;
    (usable ? back : view.button).focus();
    tell("close", {});
  }

  function ask(question) {
    if (question) open({ question: question });
  }

  function on(name, listener) {
    if (EVENTS.indexOf(name) < 0) throw new TypeError('PolicyAssistant.on: "' + name + '" is none of ' + EVENTS.join(", ") + ".");
    (listeners[name] = listeners[name] || []).push(listener);
    if (name === "ready" && state.ready) listener({});
    return function off() {
      listeners[name] = listeners[name].filter(function (kept) {
        return kept !== listener;
      });
    };
  }

  function tell(name, detail) {
    (listeners[name] || []).slice().forEach(function (listener) {
      guarded(listener, [detail]);
    });
    document.dispatchEvent(new CustomEvent(NAME + ":" + name, { detail: detail }));
  }

  /* A fault of the portal's own code shows in its console and does not stop the widget. */
  function guarded(call, values) {
    try {
      call.apply(null, values);
    } catch (error) {
      setTimeout(function () {
        throw error;
      });
    }
  }

  /* One call as it was queued: ["open", { question: "…" }]. */
  function run(call) {
    guarded(function () {
      var known = { open: open, close: close, ask: ask, on: on };
      if (!Object.prototype.hasOwnProperty.call(known, call[0])) throw new TypeError('PolicyAssistant has no "' + call[0] + '".');
      known[call[0]].apply(null, Array.prototype.slice.call(call, 1));
    });
  }

  function push() {
    Array.prototype.forEach.call(arguments, run);
  }

  var api = { version: 1, open: open, close: close, ask: ask, on: on, push: push };

  function start() {
    var queue = Array.isArray(window.PolicyAssistant) ? window.PolicyAssistant : [];
    var listens = function (call) {
      return call[0] === "on";
    };
    build();
    window.PolicyAssistant = api;
    queue.filter(listens).forEach(run); // listeners first: they hear the events of the calls beside them
    state.ready = true;
    tell("ready", {});
    queue.filter(function (call) {
      return !listens(call);
    }).forEach(run);
  }

  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
