"""A mail server and a mail reader that share no code with ours: Python's own.

Listens on a free port of the loopback interface and says it in its first line. Each message that it takes becomes a line
of JSON: what Python's parser makes of it, under its strict rules, every defect that it finds included. With file names as
arguments it reads those instead, and ends.
"""

import email
import email.policy
import json
import sys
import warnings

warnings.simplefilter("ignore")


def defects_of(part):
    found = [repr(defect) for defect in part.defects]
    for name, value in part.items():
        found += [f"{name}: {defect!r}" for defect in getattr(value, "defects", ())]
    return found


def read(raw, sender=None, recipients=()):
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    parts = list(message.walk())
    text = {part.get_content_type(): part.get_content() for part in parts if part.get_content_maintype() == "text"}
    return {
        "sender": sender,
        "recipients": list(recipients),
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "names": [name.lower() for name in message.keys()],
        "from": [[address.display_name, address.addr_spec] for address in message["from"].addresses],
        "types": [part.get_content_type() for part in parts],
        "text": text,
        "longestLine": max(len(line) for line in raw.splitlines()),
        "defects": [defect for part in parts for defect in defects_of(part)],
    }


def say(value):
    print(json.dumps(value), flush=True)


def serve_with_aiosmtpd():
    import asyncio

    from aiosmtpd.smtp import SMTP

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            say(read(envelope.original_content, envelope.mail_from, envelope.rcpt_tos))
            return "250 2.0.0 taken"

    async def main():
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler()), "127.0.0.1", 0)
        say({"port": server.sockets[0].getsockname()[1], "server": "aiosmtpd"})
        await server.serve_forever()

    serve()


def serve_with_smtpd():
    import asyncore
    import smtpd

    class Server(smtpd.SMTPServer):
        def process_message(self, peer, mailfrom, rcpttos, data, **options):
            say(read(data.replace(b"\n", b"\r\n"), mailfrom, rcpttos))

    server = Server(("127.0.0.1", 0), None, decode_data=False)
    say({"port": server.socket.getsockname()[1], "server": "smtpd"})
    asyncore.loop()


def serve():
    """aiosmtpd where it is installed; else the server that came with Python until 3.11."""
    try:
        import aiosmtpd  # noqa: F401
    except ImportError:
        return serve_with_smtpd()
    return serve_with_aiosmtpd()


if len(sys.argv) > 1:
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            say(read(file.read()))
else:
    serve()
