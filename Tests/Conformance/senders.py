"""What monitoring programs post to ntfy: the fields of each one's own source, with values of ours."""

VIEW = {"action": "view", "label": "Open shop", "url": "https://shop.example.org/"}


def sender_posts(secret):
    """The program, where it posts, headers, the body, and parts of what the chat gets."""
    yield (
        "Uptime Kuma", "", {"Authorization": "Bearer tk_none"},
        {
            "topic": secret, "message": "timeout of 48000ms exceeded", "priority": 5, "title": "shop Down [Uptime-Kuma]",
            "tags": ["red_circle", "region: eu"], "actions": [VIEW], "icon": "https://shop.example.org/icon.png",
        },
        ["timeout of 48000ms exceeded", "shop Down", "🔴", "region: eu", "Open shop", "‼️"],
    )
    yield (
        "Gatus", "", {"Firebase": "no", "Cache": "no"},
        {"topic": secret, "title": "Gatus: core/api", "message": "triggered 3 time(s) in a row", "tags": ["x"], "priority": 3},
        ["triggered 3 time(s) in a row", "Gatus: core/api", "❌"],
    )
    yield (
        "Healthchecks", "", {},
        {
            "topic": secret, "priority": 4, "title": "nightly is DOWN", "message": "grace time passed",
            "tags": ["red_circle"], "actions": [VIEW | {"label": "View on Healthchecks"}],
        },
        ["grace time passed", "nightly is DOWN", "View on Healthchecks", "❗️"],
    )
    yield (
        "alertmanager-ntfy", f"/{secret}", {"X-Title": "InstanceDown", "X-Tags": "rotating_light,severity = page", "X-Priority": "urgent"},
        "node-3 has been down for five minutes",
        ["node-3 has been down for five minutes", "InstanceDown", "🚨", "severity = page"],
    )
    alert = {"status": "firing", "labels": {"alertname": "HighLoad", "instance": "node-4"}, "annotations": {"summary": "load 12"}}
    group = {"receiver": "okai", "status": "firing", "alerts": [alert], "groupLabels": {}, "commonLabels": {}, "version": "1"}
    yield (
        "Grafana", f"/{secret}", {},
        group | {"title": "[FIRING:1] HighLoad", "state": "alerting", "message": "**Firing** load is 12", "orgId": 1},
        ["load is 12", "[FIRING:1] HighLoad"],
    )
    yield "Alertmanager", f"/{secret}", {}, group | {"externalURL": "http://alerts", "truncatedAlerts": 0}, ["load 12", "node-4"]
