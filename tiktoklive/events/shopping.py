"""Shops and advertising in a broadcast."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.numbers import in_ms
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import observed_pb2
from tiktoklive.wire.commerce_pb2 import WebcastOecLiveShoppingMessage
from tiktoklive.wire.text import text


class OecLiveShopping(MessageEvent):
    """A product of the shop is shown, sold out, or gone."""

    __slots__ = ()
    name: ClassVar[str] = "oecLiveShopping"
    method: ClassVar[str] = "WebcastOecLiveShoppingMessage"
    message: WebcastOecLiveShoppingMessage

    @property
    def title(self) -> str:
        """The product."""
        return text(self.message.shop_data.title)

    @property
    def price(self) -> str:
        """Its price, as it is shown: ``Rp171.000``."""
        return text(self.message.shop_data.price_string)

    @property
    def image_url(self) -> str:
        """Its picture."""
        return text(self.message.shop_data.image_url)

    @property
    def shop_name(self) -> str:
        """The shop."""
        return text(self.message.shop_data.shop_name)

    @property
    def shop_url(self) -> str:
        """Its page."""
        return text(self.message.shop_data.shop_url)

    @property
    def product_id(self) -> str:
        """The product's id, decimal text, to judge by its address; ``"0"`` when not said."""
        return str(self.message.shop_data.data1)

    def _about(self) -> str:
        return f"{self.title!r} {self.price}"


class EcShortItemRefresh(MessageEvent):
    """A button of the shop is to be asked for anew."""

    __slots__ = ()
    name: ClassVar[str] = "ecShortItemRefresh"
    method: ClassVar[str] = "WebcastEcShortItemRefreshMessage"
    message: observed_pb2.WebcastEcShortItemRefreshMessage

    @property
    def item(self) -> str:
        """Which one: ``shortTouchEcommerceVoucher``."""
        return text(self.message.item.name)

    @property
    def delay(self) -> int:
        """In how many milliseconds, most likely."""
        return self.message.item.delay

    def _about(self) -> str:
        return self.item


class EcTaskRegister(MessageEvent):
    """A task of the shop for viewers is to be asked for."""

    __slots__ = ()
    name: ClassVar[str] = "ecTaskRegister"
    method: ClassVar[str] = "WebcastEcTaskRegisterMessage"
    message: observed_pb2.WebcastEcTaskRegisterMessage

    @property
    def task_id(self) -> str:
        """Which one, decimal text."""
        return text(self.message.task.task_id)

    @property
    def delay(self) -> int:
        """In how many milliseconds, most likely."""
        return self.message.task.delay

    def _about(self) -> str:
        return self.task_id


class PaidContentLiveShopping(MessageEvent):
    """A series that can be bought is shown, or not any more, most likely."""

    __slots__ = ()
    name: ClassVar[str] = "paidContentLiveShopping"
    method: ClassVar[str] = "WebcastPaidContentLiveShoppingMessage"
    message: observed_pb2.WebcastPaidContentLiveShoppingMessage

    @property
    def content_id(self) -> str:
        """Which one, decimal text; ``"0"`` when not said."""
        return str(self.message.content.content_id)

    @property
    def time(self) -> int:
        """When, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.time.time)

    def _about(self) -> str:
        return self.content_id


class BaLeadGen(MessageEvent):
    """A company's button is shown, to learn more."""

    __slots__ = ()
    name: ClassVar[str] = "baLeadGen"
    method: ClassVar[str] = "WebcastBALeadGenMessage"
    message: observed_pb2.WebcastBALeadGenMessage

    @property
    def key(self) -> str:
        """What the button says, by TikTok's key for it: ``cta_extension_learnmore``."""
        return text(self.message.key)

    @property
    def action(self) -> int:
        """A number that nobody described; 1 in all recordings."""
        return self.message.action

    @property
    def time(self) -> int:
        """When, in milliseconds since 1970."""
        return in_ms(self.message.time)

    @property
    def schema(self) -> str:
        """What TikTok's client opens: an address of its own kind."""
        return text(self.message.schema)

    def _about(self) -> str:
        return self.key


class AnchorToolModification(MessageEvent):
    """The host uses another effect."""

    __slots__ = ()
    name: ClassVar[str] = "anchorToolModification"
    method: ClassVar[str] = "WebcastAnchorToolModificationMessage"
    message: observed_pb2.WebcastAnchorToolModificationMessage

    @property
    def anchor_id(self) -> str:
        """The host's user id, decimal text."""
        return str(self.message.tool.anchor_id)

    @property
    def effect_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.tool.effect_id)

    @property
    def effect_name(self) -> str:
        """Its name: ``Paper Bag Head``."""
        return text(self.message.tool.effect_name)

    @property
    def update_time(self) -> int:
        """When, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.tool.update_time)

    def _about(self) -> str:
        return repr(self.effect_name)


class IShoppingObserver(IObserver):
    """For observers of shops, advertising and effects."""

    def oec_live_shopping(event: OecLiveShopping) -> object:
        """A product."""

    def ec_short_item_refresh(event: EcShortItemRefresh) -> object:
        """A button of the shop."""

    def ec_task_register(event: EcTaskRegister) -> object:
        """A task for viewers."""

    def paid_content_live_shopping(event: PaidContentLiveShopping) -> object:
        """A series that can be bought."""

    def ba_lead_gen(event: BaLeadGen) -> object:
        """A company's button."""

    def anchor_tool_modification(event: AnchorToolModification) -> object:
        """An effect."""
