"""The facts of a reading in a short form that a person can compare with the printed page."""

from sagsgang.exchange.minutes.as_json import Json, to_json
from sagsgang.exchange.minutes.parsed import ParsedDocument

ITEM_KEYS = ("no", "title", "access", "path", "case_no", "doc_no", "case_officer", "decided_by", "absent")


def outline(document: ParsedDocument) -> Json:
    plain: Json = dict(to_json(document))
    return {
        "document": {key: value for key, value in plain["document"].items() if value not in (None, [])},
        "toc": [[entry["no"], entry["title"], entry["access"]] for entry in plain["toc"]],
        "items": [_item(item) for item in plain["items"]],
        "unread": [one["text"] for one in plain["unread"]],
    }


def _item(item: Json) -> Json:
    short: Json = {key: item[key] for key in ITEM_KEYS if item.get(key) is not None}
    short["sections"] = [[one["kind"], one["text"]] for one in item["sections"]]
    short["decisions"] = [[one["body"], one["date"], one["text"]] for one in item["decisions"]]
    if item.get("attachments") is not None:
        short["attachments"] = [one["title"] for one in item["attachments"]]
    return short
