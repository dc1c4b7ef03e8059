"""What went wrong, as problem JSON (RFC 9457) in Chinese: one sentence of what happened, one of what to do; nothing of the inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse

from service.catalogue import BadCursor, NoSuchPage, NotHeld
from store.errors import MingzhangError, StoreBusy, StoreError, StoreMissing, StoreTooNew, UnreadableFile, UsageError


@dataclass(frozen=True, slots=True)
class Problem:
    name: str
    status: int
    title: str
    detail: str


TOO_MANY = Problem("too-many-requests", 429, "请求过多", "此来源的请求超过了限额，请按 Retry-After 所示的秒数稍后再试。")
TOO_LARGE = Problem("too-large", 413, "请求体过大", "请求体超过了上限，请缩短问题或减少历史问题。")
TOO_SLOW = Problem("too-slow", 408, "请求发送过慢", "请求体没有在时限内发完，连接已关闭，请重新发送。")
TIMED_OUT = Problem("timed-out", 503, "处理超时", "这个请求没有在时限内完成，请缩小范围或稍后再试。")
FAILED = Problem("failed", 500, "服务内部错误", "服务出错，已记入日志；请稍后再试，并把响应头 X-Request-ID 告知管理员。")
INVALID = Problem("invalid", 422, "请求参数不合要求", "请按 errors 所列逐项改正；各参数的要求见 /v1/openapi.json。")
NOT_READY = Problem("not-ready", 503, "服务未就绪", "资料库中没有能答出的自检问题：请先收录文档，或检查资料库。")

# The nearest class in an error's ancestry counts.
_OF_ERRORS: Mapping[type[MingzhangError], Problem] = {
    NotHeld: Problem("no-such-document", 404, "没有这份文档", "资料库中没有这个文件名的文档；文件名见 /v1/documents。"),
    NoSuchPage: Problem("no-such-page", 404, "没有这一页", "这份文档没有这一页，或不是可以显示页面的 PDF；可下载原文件查看。"),
    BadCursor: Problem("bad-cursor", 400, "游标无效", "cursor 应取自上一次响应的 next，请从头读取。"),
    UsageError: Problem("not-found", 404, "没有找到", "资料库中没有所请求的内容。"),
    UnreadableFile: Problem("unreadable-file", 404, "页面无法显示", "原文件打不开，无法显示这一页；请下载原文件查看。"),
    StoreMissing: Problem("no-store", 503, "资料库尚未建立", "还没有收录任何文档，请管理员先收录。"),
    StoreBusy: Problem("store-busy", 503, "资料库正忙", "资料库正在写入，请稍后再试。"),
    StoreTooNew: Problem("store-too-new", 503, "资料库版本较新", "资料库由更新版本的程序写成，请管理员升级本程序。"),
    StoreError: Problem("store-unusable", 503, "资料库暂不可用", "资料库暂时不能读取，请稍后再试。"),
    MingzhangError: FAILED,
}
_OF_STATUS: Mapping[int, Problem] = {
    400: Problem("bad-request", 400, "请求无法理解", "请求体不是有效的 JSON，请检查后重发。"),
    404: Problem("no-such-address", 404, "没有这个地址", "可用的地址见 /v1/openapi.json。"),
    405: Problem("method-not-allowed", 405, "不支持这种方法", "本服务只读；各地址可用的方法见 /v1/openapi.json。"),
}
_REASONS: Mapping[str, str] = {
    "missing": "缺少此项",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "greater_than_equal": "过小",
    "less_than_equal": "过大",
    "too_long": "项数过多",
    "list_type": "应为列表",
    "literal_error": "不在可选值之内",
    "extra_forbidden": "没有这个参数",
    "json_invalid": "不是有效的 JSON",
    "string_pattern_mismatch": "格式不对",
}


def problem_of_error(error: MingzhangError) -> Problem:
    """What an error of ours is to a caller."""
    return next(_OF_ERRORS[kind] for kind in type(error).__mro__ if kind in _OF_ERRORS)


def problem_of_status(status: int) -> Problem:
    return _OF_STATUS.get(status) or Problem("unfinished", status, "请求未能完成", "请检查请求后再试。")


def faults(errors: Sequence[Any]) -> Iterator[dict[str, str]]:
    """Pydantic's errors, each as the parameter and the reason."""
    for error in errors:
        told = error["type"] != "json_invalid"  # else the place is a number of characters
        name = ".".join(str(part) for part in error["loc"][1:] if told) or "请求体"
        yield {"name": name, "reason": _REASONS.get(error["type"], "不合要求")}


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None, errors: Sequence[dict[str, str]] = ()) -> JSONResponse:
    content = {
        "type": f"urn:mingzhang:problem:{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "errors": list(errors),
    }
    return JSONResponse(content, problem.status, headers, media_type="application/problem+json")
