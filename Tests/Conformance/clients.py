"""Posts of clients from PyPI, each with its own words of success."""

import contextlib
import datetime
import io
import pathlib


def by_apprise(bot, server):
    """As `ntfy://`: JSON to the root of the host, and a file to the topic where no proxy hides it."""
    import apprise

    since = bot.telegram.count()
    sender = apprise.Apprise()
    host = server.removeprefix("http://")
    sender.add(f"ntfy://{host}/{bot.secret}?priority=high&tags=tada&click=https://example.org/a")
    if not sender.notify(title="Apprise says", body="that a backup is done"):
        raise AssertionError("Apprise says that its post failed")
    bot.telegram.expect(["that a backup is done", "Apprise says", "🎉", "https://example.org/a"], since)
    if server != bot.url:
        return
    since = bot.telegram.count()
    file = pathlib.Path(bot.folder.name) / "blob.bin"
    if not sender.notify(title="with a file", body="see below", attach=str(file)):
        raise AssertionError("Apprise says that its post with a file failed")
    bot.telegram.expect(["blob.bin", "with a file", "sendDocument"], since)


def by_python_ntfy(bot, server):
    """A message with all that it can have, a file, and a message for later."""
    from python_ntfy import NtfyClient

    client = NtfyClient(topic=bot.secret, server=server)
    since = bot.telegram.count()
    actions = [
        client.ViewAction(label="Look", url="https://example.org/look"),
        client.HttpAction(label="Restart", url="https://example.org/restart"),
    ]
    priority = client.MessagePriority.HIGH
    with contextlib.redirect_stdout(io.StringIO()):  # It prints headers of actions.
        client.send("**hello** of Python", "Python", priority, ["snake"], actions, format_as_markdown=True)
    bot.telegram.expect(["<b>hello</b> of Python", "Python", "🐍", "Look", "Restart", "❗️"], since)
    since = bot.telegram.count()
    client.send_file(pathlib.Path(bot.folder.name) / "notes.txt", title="A file of Python")
    bot.telegram.expect(["notes.txt", "A file of Python", "sendDocument"], since)
    since = bot.telegram.count()
    client.send("much later", schedule=datetime.datetime.now() + datetime.timedelta(hours=2))
    bot.telegram.say("/list")
    bot.telegram.expect(["/register makes a new one", "much later"], since)
