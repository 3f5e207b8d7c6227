"""A plain aiohttp handler for posts to a topic: looks the topic up, stores the post with sqlite3, answers.

usage: webhook.py FULL|NORMAL|none    prints the topic's address; none: nothing is stored, as in the old script
"""

import json
import sqlite3
import sys

from aiohttp import web

durability = sys.argv[1]
topics = {"secret": 42}
database = sqlite3.connect("peer.sqlite")
database.execute("PRAGMA journal_mode = WAL")
if durability != "none":
    database.execute(f"PRAGMA synchronous = {durability}")
database.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, chat INTEGER, body TEXT, state TEXT)")


async def post(request):
    chat = topics.get(request.match_info["topic"])
    if chat is None:
        return web.Response(status=404, text="Topic not found")
    body = await request.text()
    try:
        message = json.loads(body)["message"]
    except (ValueError, KeyError, TypeError):
        message = body
    if durability != "none":
        with database:
            database.execute("INSERT INTO outbox (chat, body, state) VALUES (?, ?, 'new')", (chat, message))
    return web.Response(text="Notification sent")


application = web.Application()
application.router.add_post("/{topic}", post)



def main():
    import asyncio

    async def serve():
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        print(f"http://127.0.0.1:{port}/secret", flush=True)
        await asyncio.Event().wait()

    asyncio.run(serve())


main()
