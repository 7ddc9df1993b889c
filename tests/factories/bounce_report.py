"""Reports of delivery as mail servers write them."""

from __future__ import annotations

__all__ = ["bounce_report", "recipient_block"]


def recipient_block(
    recipient: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "smtp; 550 5.1.1 No such user",
    original: str | None = None,
) -> str:
    """Return what a report says of one recipient."""
    lines = [f"Original-Recipient: rfc822;{original}"] if original else []
    lines += [
        f"Final-Recipient: rfc822; {recipient}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: {diagnostic}",
    ]
    return "\n".join(lines)


def bounce_report(
    message_id: str,
    *blocks: str,
    head_only: bool = False,
    key: str | None = None,
    type_words: str = "report-type=delivery-status; ",
) -> bytes:
    """Return a report of one mail, with the mail after it or only its head.

    It says `auto-replied` of itself, as Postfix and Exim do.
    """
    quoted = "text/rfc822-headers" if head_only else "message/rfc822"
    head = f"Message-ID: {message_id}\nSubject: =?utf-8?q?P=C3=A5minnelse?="
    if key is not None:
        head += f"\nX-Idempotency-Key: {key}"
    status = "\n\n".join(("Reporting-MTA: dns; mx.example", *blocks))
    return (
        "Return-Path: <>\n"
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\n"
        "To: arshjul@sor-fron.example\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\n"
        "MIME-Version: 1.0\n"
        f'Content-Type: multipart/report; {type_words}boundary="grense"\n'
        "\n"
        "--grense\n"
        "Content-Type: text/plain; charset=us-ascii\n\n"
        "I'm sorry to have to inform you that it did not arrive.\n"
        "--grense\n"
        "Content-Type: message/delivery-status\n\n"
        f"{status}\n\n"
        "--grense\n"
        f"Content-Type: {quoted}\n\n"
        f"{head}\n\n{'' if head_only else 'Hei'}\n"
        "--grense--\n"
    ).encode()
