"""The commands that tiktoklive adds to twistd, and the parts it brings: one line each."""

from twisted.application.service import ServiceMaker

from tiktoklive.plugins import OutputMaker, SourceMaker

tiktoklive = ServiceMaker(
    "tiktoklive",
    "tiktoklive.tap",
    "Receive what happens in TikTok LIVE broadcasts.",
    "tiktoklive",
)
simulator = ServiceMaker(
    "tiktoklive simulator",
    "tiktoklive.simulator.tap",
    "A small TikTok of random broadcasts, to try tiktoklive without TikTok.",
    "tiktoklive-simulator",
)

direct = SourceMaker("direct", "TikTok alone is asked", "tiktoklive.standard_sources.make_direct")
signed = SourceMaker(
    "signed", "a sign server makes the tickets", "tiktoklive.standard_sources.make_signed"
)
browser_environment = {
    "TIKTOKLIVE_BROWSER_TOKEN": "allows pushing; ..._FILE names a file that holds it",
    "TIKTOKLIVE_BROWSER_HOSTS": "names by which the endpoint may be called",
    "TIKTOKLIVE_BROWSER_ORIGINS": "what may push beside our extension",
}
browser = SourceMaker(
    "browser",
    "PORT or HOST:PORT: what your own browser receives and pushes there, by our extension",
    "tiktoklive.ownbrowser.source.make",
    browser_environment,
)
classic = SourceMaker(
    "classic",
    "as the Node library 1.x: signed addresses, and polling",
    "tiktoklive.standard_sources.make_classic",
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
redis_environment = {
    "TIKTOKLIVE_REDIS_PASSWORD": "the password of Redis; ..._FILE names a file that holds it",
    "TIKTOKLIVE_REDIS_CA_FILE": "names a file of the certificates that rediss:// trusts",
}
redis = OutputMaker(
    "redis",
    "redis://HOST:PORT/DB[?OPTIONS]: a stream in Redis, for programs on other machines",
    "tiktoklive.fleet.output.make",
    redis_environment,
)
webhook = OutputMaker(
    "webhook",
    "URL[#OPTIONS]: signed deliveries to a web server, kept until it takes them",
    "tiktoklive.outputs.webhook.argument.make",
    {"TIKTOKLIVE_WEBHOOK_SECRET": "what deliveries are signed with"},
)
metrics = OutputMaker(
    "metrics",
    "PORT or HOST:PORT[?rooms=1]: figures for Prometheus",
    "tiktoklive.outputs.metrics.argument.make",
)
web_environment = {
    "TIKTOKLIVE_WEB_TOKEN": "allows everything; ..._FILE names a file that holds it; with "
    "?tokens=NAME the name stands for WEB",
    "TIKTOKLIVE_WEB_MODERATOR_TOKEN": "allows deciding what overlays show; likewise",
    "TIKTOKLIVE_WEB_READ_TOKEN": "allows reading; likewise",
    "TIKTOKLIVE_WEB_OVERLAY_TOKEN": "allows what an overlay shows; likewise",
    "TIKTOKLIVE_WEB_HOSTS": "names by which the site may be called",
    "TIKTOKLIVE_WEB_ORIGINS": "whose pages may talk to it beside its own",
    "TIKTOKLIVE_WEB_FILES": "a folder of sounds, pictures and style sheets for overlays",
    "TIKTOKLIVE_WEB_PICTURES": "of which hosts pages show pictures; TikTok's if left out",
    "TIKTOKLIVE_WEB_PROXIES": "addresses of proxies, which may have all connections",
    "TIKTOKLIVE_WEB_BUFFER": "how much may wait for all clients together: 64M",
}
web = OutputMaker(
    "web",
    "PORT or HOST:PORT[?tokens=NAME&moderation=FILE&numbers=FILE]: pages to read along and for "
    "OBS, events and an API for other programs",
    "tiktoklive.outputs.web.output.make",
    web_environment,
)
feed = OutputMaker(
    "feed",
    "PORT or HOST:PORT[?tokens=NAME]: a WebSocket of events, at every path",
    "tiktoklive.outputs.web.output.make_feed",
    web_environment,
)
