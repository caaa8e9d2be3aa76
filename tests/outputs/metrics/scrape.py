"""What Prometheus would read, by prometheus-client's own parser."""

from __future__ import annotations

from typing import Any

from twisted.web.test.requesthelper import DummyRequest

try:
    import prometheus_client
except ImportError:
    MISSING = "prometheus-client is not installed: the extra metrics"
else:
    MISSING = ""
    del prometheus_client


class Figures:
    """The samples of one visit."""

    def __init__(self, text: str) -> None:
        from prometheus_client.parser import text_string_to_metric_families

        self.samples = [
            sample for family in text_string_to_metric_families(text) for sample in family.samples
        ]
        self.names = {sample.name.removeprefix("tiktoklive_") for sample in self.samples}

    def __call__(self, name: str, **labels: str) -> float | None:
        """One value; ``None`` if there is none."""
        found = [
            sample.value
            for sample in self.samples
            if sample.name == f"tiktoklive_{name}" and sample.labels == labels
        ]
        if len(found) > 1:
            raise AssertionError(f"{name}{labels} is there {len(found)} times")
        return found[0] if found else None


def scrape(output: Any) -> Figures:
    """Visit an output's page."""
    from tiktoklive.outputs.metrics.output import MetricsPage

    page = MetricsPage(output.registry)
    return Figures(page.render_GET(DummyRequest([b"metrics"])).decode("utf-8"))
