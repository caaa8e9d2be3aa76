"""The commands that tiktoklive adds to twistd, and the parts it brings: one line each."""

from twisted.application.service import ServiceMaker

from tiktoklive.plugins import OutputMaker

tiktoklive = ServiceMaker(  # type: ignore[no-untyped-call]  # Twisted's
    "tiktoklive",
    "tiktoklive.tap",
    "Receive what happens in TikTok LIVE broadcasts.",
    "tiktoklive",
)
simulator = ServiceMaker(  # type: ignore[no-untyped-call]  # Twisted's
    "tiktoklive simulator",
    "tiktoklive.simulator.tap",
    "A small TikTok of random broadcasts, to try tiktoklive without TikTok.",
    "tiktoklive-simulator",
)

console = OutputMaker(
    "console", "lines for people, on standard output", "tiktoklive.outputs.console.make"
)
jsonl = OutputMaker(
    "jsonl",
    "FILE[?OPTIONS] or -: one JSON object per line and event",
    "tiktoklive.outputs.jsonl.make",
)
sqlite = OutputMaker(
    "sqlite",
    "FILE[?OPTIONS]: an archive of tables that can be asked",
    "tiktoklive.outputs.sqlite.make",
)
webhook = OutputMaker(
    "webhook",
    "URL[#OPTIONS]: signed deliveries to a web server, kept until it takes them",
    "tiktoklive.outputs.webhook.argument.make",
)
metrics = OutputMaker(
    "metrics",
    "ENDPOINT[?rooms=1]: figures for Prometheus",
    "tiktoklive.outputs.metrics.argument.make",
)
web = OutputMaker(
    "web",
    "tcp:PORT: pages to read along and for OBS, events and an API for other programs",
    "tiktoklive.outputs.web.output.make",
)
feed = OutputMaker(
    "feed",
    "tcp:PORT: a WebSocket of all events, at every path",
    "tiktoklive.outputs.web.output.make_feed",
)
