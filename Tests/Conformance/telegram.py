"""A small Bot API: it takes what people say from the test, and keeps what the bot sends."""

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "123456789:conformance_conformance_conformance"


class QuietServer(ThreadingHTTPServer):
    """A server that does not report a client that went away."""

    daemon_threads = True

    def handle_error(self, request, address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, address)


class Telegram:
    def __init__(self):
        self.updates, self.sent, self.changed = [], [], threading.Condition()
        self.last_id = 100
        telegram = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                method = self.path.rsplit("/", 1)[1]
                answer = telegram.answer(method, parameters(body, self.headers["Content-Type"] or ""))
                data = json.dumps({"ok": True, "result": answer}).encode()
                try:
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # The bot has ended meanwhile.

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, method, given):
        if method == "getMe":
            return {"id": 123456789, "is_bot": True, "first_name": "OKAI", "username": "okai_conformance_bot"}
        if method == "getUpdates":
            return self.poll(int(given.get("offset", 0)), min(int(given.get("timeout", 0)), 20))
        if not method.startswith(("send", "edit")):
            return True
        with self.changed:
            self.last_id += 1
            message = {"message_id": int(given.get("message_id", self.last_id)), "date": int(time.time())}
            message["chat"] = {"id": int(given["chat_id"]), "type": "private"}
            self.sent.append({"method": method, **given})
            self.changed.notify_all()
            return message

    def poll(self, offset, timeout):
        with self.changed:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            if not self.updates:
                self.changed.wait(timeout)
            return self.updates

    def say(self, text, person=42):
        with self.changed:
            self.last_id += 1
            message = {"message_id": self.last_id, "date": int(time.time()), "text": text}
            message["from"] = {"id": person, "is_bot": False, "first_name": "Ada"}
            message["chat"] = {"id": person, "type": "private"}
            self.updates.append({"update_id": 1000 + self.last_id, "message": message})
            self.changed.notify_all()

    def next(self, part, since=0, seconds=20):
        """The first call since `since` that has `part` in its parameters."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                for call in self.sent[since:]:
                    if part in json.dumps(call, ensure_ascii=False):
                        return call
                if not self.changed.wait(max(0, end - time.monotonic())) and time.monotonic() >= end:
                    raise AssertionError(f"nothing with {part!r} came to the chat: {self.sent[since:]}")

    def count(self):
        """How many messages were sent and edited so far."""
        with self.changed:
            return len(self.sent)

    def expect(self, parts, since):
        """Waits for a call with the first part, and checks that it has the others."""
        call = self.next(parts[0], since)
        said = json.dumps(call, ensure_ascii=False)
        missing = [part for part in parts if part not in said]
        if missing:
            raise AssertionError(f"{missing} not in {call}")

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def parameters(body, kind):
    if not kind.startswith("multipart"):
        return json.loads(body or b"{}")
    boundary = re.search("boundary=([^;]+)", kind)[1].strip('"').encode()
    fields = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, content = part.strip(b"\r\n").split(b"\r\n\r\n", 1)
        name = re.search(rb'name="([^"]+)"', head)[1].decode()
        file = re.search(rb'filename="([^"]*)"', head)
        fields[name] = content.decode("utf-8", "replace") if not file else {"file": file[1].decode(), "size": len(content)}
    return fields
