"""A fake Telegram with one person: it delivers her messages by long poll and keeps the messages of the bot."""

import email.parser
import email.policy
import http.server
import json
import threading
import time

TOKEN = "123456:AAproof"


def fields(kind, body):
    """The fields of a request, from JSON or from a form; files of a form are left out."""
    if kind.startswith("multipart/form-data"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        parts = [part for part in form.iter_parts() if not part.get_filename()]
        return {part.get_param("name", header="content-disposition"): part.get_content().strip() for part in parts}
    return json.loads(body) if body[:1] == b"{" else {}


class Telegram:
    def __init__(self):
        self.condition = threading.Condition()
        self.updates = []
        self.messages = {}  # by id: the current text
        self.last_message = 100
        telegram = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                method = self.path.rsplit("/", 1)[-1]
                answer = telegram.answer(method, fields(self.headers.get("Content-Type", ""), body))
                data = json.dumps({"ok": True, "result": answer}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *arguments: None  # a bot that ends closes its connections
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, method, body):
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Proof", "username": "proof_bot"}
        if method == "getUpdates":
            return self.poll(body.get("offset", 0), min(body.get("timeout", 0), 5))
        if method in ("sendMessage", "sendPhoto", "sendDocument", "editMessageText"):
            text = body.get("text") or body.get("caption", "")
            with self.condition:
                if method == "editMessageText":
                    number = body["message_id"]
                else:
                    self.last_message += 1
                    number = self.last_message
                self.messages[number] = text
                self.condition.notify_all()
            chat = {"id": 42, "type": "private"}
            return {"message_id": number, "date": int(time.time()), "chat": chat, "text": text}
        return True

    def poll(self, offset, timeout):
        with self.condition:
            self.condition.wait_for(lambda: any(u["update_id"] >= offset for u in self.updates), timeout)
            return [u for u in self.updates if u["update_id"] >= offset]

    def say(self, text):
        with self.condition:
            self.last_message += 1
            person = {"id": 42, "is_bot": False, "first_name": "Ada"}
            message = {
                "message_id": self.last_message,
                "date": int(time.time()),
                "chat": {"id": 42, "type": "private", "first_name": "Ada"},
                "from": person,
                "text": text,
            }
            self.updates.append({"update_id": len(self.updates) + 1, "message": message})
            self.condition.notify_all()

    def hear(self, words, seconds, check=lambda: None):
        """Waits for a message that holds one of `words`, and returns it; `check` runs meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self.condition:
                for text in reversed(list(self.messages.values())):
                    if any(word in text for word in words):
                        return text
                self.condition.wait(0.5)
            check()
        with self.condition:
            said = "\n---\n".join(self.messages.values())
        raise SystemExit(f"proof failed: no message with {words} within {seconds} s; the messages:\n{said}")
