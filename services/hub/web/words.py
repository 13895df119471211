"""What the web server answers, with a code for programs and a sentence for whoever builds the sender."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aiohttp import web

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Words:
    status: int
    zh: str
    en: str


WORDS: dict[str, Words] = {
    "http.stored": Words(200, "已收到并保存。", "Received and stored."),
    "http.alive": Words(200, "已收到。", "Heard."),
    "http.bad_report": Words(
        400,
        "报文有误，没有收下。请对照手册中的格式。",
        "The report is wrong and was not taken. See the manual.",
    ),
    "http.bad_token": Words(
        401,
        "令牌不对或没有令牌，没有收下。请在 Authorization 头写 Bearer 和令牌。",
        "The token is wrong or missing, nothing was taken. Send it as Authorization: Bearer TOKEN.",
    ),
    "http.foreign": Words(403, "不接受其他网页发来的请求。", "Requests of other pages are not taken."),
    "http.not_found": Words(404, "没有这个地址。", "There is nothing at this address."),
    "http.wrong_method": Words(405, "这个地址不接受这种方法。", "This address does not take this method."),
    "http.too_slow": Words(408, "报文没有及时到齐，没有收下。", "The report did not arrive in time."),
    "http.too_large": Words(413, "报文太长，没有收下。", "The report is too long and was not taken."),
    "http.not_json": Words(
        415, "只接受不压缩的 application/json。", "Only application/json, not compressed, is taken."
    ),
    "http.too_many": Words(
        429, "请求太多，没有收下。请稍后再发。", "Too many requests, nothing was taken. Send it again later."
    ),
    "http.failed": Words(500, "服务器出错，没有收下。请再发一次。", "An error of ours; send it again."),
    "http.not_stored": Words(
        503, "暂时无法保存，没有收下。请再发一次。", "It could not be stored now. Send it again."
    ),
}


def answer(code: str, **more: object) -> web.Response:
    """more: parts of the body beside the words, such as the field that is wrong."""
    words = WORDS[code]
    body = {"code": code, "zh": words.zh, "en": words.en, **more}
    response = web.Response(
        status=words.status,
        text=json.dumps(body, ensure_ascii=False),
        content_type="application/json",
        charset="utf-8",
    )
    if words.status in (429, 503):
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    if words.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
