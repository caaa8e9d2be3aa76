"""Build ``txtiktoklive``: the package ``tiktoklive`` and its twistd plugin."""

from pathlib import Path

from setuptools import find_packages, setup

__version__ = "0.1.0.dev0"

# Where libdeflate can be installed without a compiler; elsewhere isal may do its work.
WITH_LIBDEFLATE = (
    'platform_python_implementation == "CPython" and sys_platform in "linux darwin win32"'
    ' and platform_machine in "x86_64 aarch64 arm64 AMD64 ARM64"'
)
WITHOUT_LIBDEFLATE = (
    'platform_python_implementation != "CPython" or sys_platform not in "linux darwin win32"'
    ' or platform_machine not in "x86_64 aarch64 arm64 AMD64 ARM64"'
)

FAST = [f"isal>=1.7; {WITHOUT_LIBDEFLATE}", "orjson>=3.9"]
METRICS = ["prometheus-client>=0.21"]
PLOT = ["matplotlib>=3.8"]
# Without hiredis, txredisapi takes replies apart in Python, one piece in a turn of the reactor.
REDIS = ["txredisapi>=1.6", "hiredis>=2.4"]
PROGRESS = ["rich>=13.9.4"]
TESTS = [
    "hypothesis>=6.108",
    "standardwebhooks>=1.0",
    "schemathesis>=4.0",
    "isal>=1.7",  # wherever the tests run, next to libdeflate
    "websockets>=13.0",  # the client that the benchmarks compare with
    *FAST,
    *METRICS,
    *PLOT,
    *PROGRESS,
    *REDIS,
    "redis>=5.0",  # the other client of the documentation
]
TYPES = ["mypy>=1.15", "mypy-zope>=1.0.11", "types-protobuf>=6.32"]
LINT = ["ruff>=0.9"]
DOCS = ["sphinx>=8.1"]
NEWS = ["towncrier>=24.8"]

setup(
    name="txtiktoklive",
    version=__version__,
    description="TikTok LIVE events for Twisted: a daemon, a library and a simulator",
    long_description=Path(__file__).with_name("README.rst").read_text("utf-8"),
    long_description_content_type="text/x-rst",
    author="the tiktoklive authors",
    license="MIT",
    license_files=["LICENSE"],
    keywords=["twisted", "tiktok", "live", "webcast", "websocket"],
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Framework :: Twisted",
        "Intended Audience :: Developers",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3 :: Only",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Programming Language :: Python :: 3.14",
        "Topic :: Internet :: WWW/HTTP",
        "Typing :: Typed",
    ],
    python_requires=">=3.11",
    # "twisted.plugins" adds our one plugin file to Twisted's own package of
    # plugins. Neither folder has an __init__.py: those belong to Twisted.
    packages=[*find_packages(include=["tiktoklive", "tiktoklive.*"]), "twisted.plugins"],
    package_data={
        "": ["*.pyi", "*.proto"],
        "tiktoklive": ["py.typed"],
        "tiktoklive.outputs.web": [f"pages/*.{kind}" for kind in ("html", "css", "js", "svg")],
        "tiktoklive.simulator": ["live.js"],
        "tiktoklive.ownbrowser": [f"extension/*.{kind}" for kind in ("json", "html", "css", "js")],
    },
    zip_safe=False,
    # In setuptools' default mode, Twisted does not find the plugin of an editable install.
    options={"editable_wheel": {"mode": "compat"}},
    install_requires=[
        "twisted[tls]>=24.11",
        "pyopenssl>=22.1",  # has Connection.set_verify
        "cryptography>=38.0.4",
        "treq>=24.9",  # its addresses are hyperlink's, which it brings
        "certifi>=2024.7.4",  # root certificates where the system has none
        "autobahn>=24.4.2",
        "automat>=24.8.1",
        "zope.interface>=7.0.1",  # 7.0 was yanked
        # Generated code refuses runtimes older than its compiler (6.31) and
        # promises to work up to the next major version.
        "protobuf>=6.31.1,<8",
        f"deflate>=0.9; {WITH_LIBDEFLATE}",  # unpacks frames in less than half of zlib's time
    ],
    entry_points={"console_scripts": ["tiktoklive = tiktoklive.command.__main__:main"]},
    extras_require={
        "fast": FAST,
        "metrics": METRICS,
        "plot": PLOT,
        "progress": PROGRESS,
        "redis": REDIS,
        "test": TESTS,
        "types": [*TYPES, *TESTS],
        "lint": LINT,
        "docs": DOCS,
        "news": NEWS,
        "dev": [*TESTS, *TYPES, *LINT, *DOCS, *NEWS, "tox>=4.11", "build>=1.2"],
    },
)
