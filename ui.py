"""The chat page: the only module that imports gradio. It turns an Answer into widgets and holds no logic."""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response

from assistant.answer import Answer
from assistant.listening import open_listener
from assistant.rendering import evidence_html, shelf_html
from assistant.settings import Settings
from assistant.validation import MAX_QUESTION_LENGTH, InputError

if TYPE_CHECKING:
    import gradio as gr

    from assistant.service import PolicyAssistant

TITLE = "政策问答"
EXAMPLES = (
    "智能工厂改造能补多少?",
    "哪些政策支持企业引进人才?",
    "贷款贴息的比例是多少?",
    "What subsidy is there for smart factory retrofit?",
)
SUGGESTIONS = 4  # buttons for examples and follow-ups
ALL_REGIONS = "全部地区"

_HEADER = f"""
<header class="masthead">
  <h1>{TITLE}</h1>
  <p>答案只来自政策原文：逐字引用条款，列出计算过程，注明是否现行有效。</p>
</header>"""
_WELCOME = "请用一句话提问，例如补助金额、申请条件、期限或责任单位；可以接着追问。"
_UNUSABLE = f"无法处理这个问题：请用文字提问，最多 {MAX_QUESTION_LENGTH} 字。"

# System fonts only: nothing is fetched from another host.
_FONTS = (
    "system-ui",
    "-apple-system",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
)
# Holds the browser to that. Gradio's own scripts are inline and evaluated; the page may be framed by a portal.
_CONTENT_SECURITY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:"
)
_SHARING_TAGS = re.compile(r"<meta\s[^>]*(?:property|name)=\"(?:og|twitter):[^>]*>\s*")


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered in one browser session."""

    questions: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()

    def with_turn(self, question: str, answer: Answer) -> "Conversation":
        """The conversation with one more turn."""
        return replace(self, questions=(*self.questions, question), answers=(*self.answers, answer))

    def messages(self) -> list[dict[str, str]]:
        """The turns as the chat widget takes them."""
        turns = zip(self.questions, self.answers, strict=True)
        return [
            message
            for question, answer in turns
            for message in (_said("user", question), _said("assistant", answer.text))
        ]


def _said(role: str, text: str) -> dict[str, str]:
    return {"role": role, "content": escape(text, quote=False)}  # the widget reads it as HTML


def create_app(assistant: "PolicyAssistant") -> FastAPI:
    """The ASGI application with the page at ``/``."""
    import gradio as gr

    # The page answers every path that no route before it takes: further routes are added before it is mounted.
    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(_keep_to_this_host)
    style = resources.files("assistant").joinpath("page.css").read_text(encoding="utf-8")
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
    )
    mounted: FastAPI = gr.mount_gradio_app(
        app, _build_page(assistant), path="/", theme=theme, css=style, footer_links=[], show_error=False, ssr_mode=False
    )
    return mounted


async def _keep_to_this_host(request: Request, call_next: Callable[[Request], Awaitable[Any]]) -> Response:
    """Take the links to gradio's own site out of the page and forbid the browser to load from elsewhere."""
    response: Any = await call_next(request)
    if not response.headers.get("content-type", "").startswith("text/html"):
        return response  # type: ignore[no-any-return]
    body = b"".join([chunk async for chunk in response.body_iterator]).decode("utf-8")
    page = _SHARING_TAGS.sub("", body).replace('lang="en"', 'lang="zh-CN"', 1)
    return Response(
        page,
        response.status_code,
        {"Content-Security-Policy": _CONTENT_SECURITY},
        media_type="text/html; charset=utf-8",
    )


def _build_page(assistant: "PolicyAssistant") -> "gr.Blocks":
    import gradio as gr

    page: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        conversation = gr.State(Conversation())
        shelf = shelf_html(assistant.documents(), date.today())
        gr.HTML(_HEADER)
        with gr.Row(elem_classes="columns"):
            with gr.Column(scale=5, min_width=300, elem_classes="conversation"):
                chat = gr.Chatbot(
                    show_label=False,
                    height=None,
                    placeholder=_WELCOME,
                    render_markdown=False,
                    buttons=[],
                    layout="bubble",
                    elem_classes="chat",
                )
                with gr.Row(elem_classes="suggestions"):
                    buttons = [gr.Button(text, size="sm", elem_classes="suggestion") for text in EXAMPLES]
                with gr.Row(elem_classes="ask"):
                    region = gr.Dropdown(
                        [ALL_REGIONS, *assistant.regions],
                        value=ALL_REGIONS,
                        show_label=False,
                        container=False,
                        filterable=False,
                        min_width=110,
                        scale=0,
                        elem_classes="region",
                    )
                    question = gr.Textbox(
                        show_label=False,
                        container=False,
                        placeholder="输入问题",
                        max_length=MAX_QUESTION_LENGTH,
                        submit_btn="提问",
                        autofocus=True,
                        scale=1,
                        min_width=180,
                        elem_classes="question",
                    )
            with gr.Column(scale=6, min_width=300):
                evidence = gr.HTML(shelf)

        def respond(text: str, place: str, past: Conversation) -> tuple[Any, ...]:
            if not text.strip():
                return (*_unchanged(), past)
            try:
                answer = assistant.ask(text, history=past.questions, region=None if place == ALL_REGIONS else place)
            except InputError:
                gr.Warning(_UNUSABLE, title="提示")
                return (*_unchanged(), past)
            grown = past.with_turn(text.strip(), answer)
            shown = evidence_html(answer, date.today())
            return ("", grown.messages(), shown, *_suggest(answer.follow_ups), grown)

        def focus(past: Conversation, event: gr.SelectData) -> str:
            """The evidence of the turn that was clicked; two messages make a turn."""
            turn = int(event.index if isinstance(event.index, int) else event.index[0]) // 2
            return evidence_html(past.answers[turn], date.today())

        def restart() -> tuple[Any, ...]:
            return ("", [], shelf, *_suggest(EXAMPLES), Conversation())

        outputs = [question, chat, evidence, *buttons, conversation]
        question.submit(respond, [question, region, conversation], outputs, api_name="ask", show_progress="minimal")
        for button in buttons:
            button.click(
                respond, [button, region, conversation], outputs, api_visibility="private", show_progress="minimal"
            )
        chat.clear(restart, None, outputs, api_visibility="private", show_progress="hidden")
        chat.select(focus, conversation, evidence, api_visibility="private", show_progress="hidden")
    return page


def _suggest(texts: tuple[str, ...]) -> list[Any]:
    """Updates of the suggestion buttons: as many shown as there are texts."""
    import gradio as gr

    padded = [*texts[:SUGGESTIONS], *[""] * (SUGGESTIONS - len(texts))]
    return [gr.update(value=text, visible=bool(text)) for text in padded]


def _unchanged() -> list[Any]:
    import gradio as gr

    return [gr.skip() for _ in range(3 + SUGGESTIONS)]


def serve(settings: Settings) -> None:
    """Serve the page until interrupted. SettingsError when the address is not free, SnapshotError without an index."""
    listener = open_listener(settings.host, settings.port)  # before the model is loaded: a wrong port is told at once
    with listener:
        import uvicorn

        from assistant.service import PolicyAssistant

        assistant = PolicyAssistant.open(settings)
        assistant.ask(EXAMPLES[0])  # dictionaries and model are loaded now and not while the first visitor waits
        app = create_app(assistant)
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        print(f"{TITLE}: http://{host}:{settings.port}  (stop with Ctrl+C)", flush=True)
        with suppress(KeyboardInterrupt):
            config = uvicorn.Config(
                app, log_level="warning", timeout_graceful_shutdown=2
            )  # s; open pages never hang up
            uvicorn.Server(config).run(sockets=[listener])


def main() -> None:
    """Serve the page with the settings of the environment."""
    from assistant.cli import reported_errors

    with reported_errors():
        serve(Settings.load())


if __name__ == "__main__":
    main()
