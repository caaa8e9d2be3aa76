"""What moderators and TikTok's rules do: deleted comments, warnings, restrictions, checks."""

from __future__ import annotations

from typing import ClassVar

from tiktoklive.events.base import MessageEvent
from tiktoklive.events.displaytext import filled
from tiktoklive.events.numbers import in_ms
from tiktoklive.interfaces import IObserver
from tiktoklive.wire import notices_pb2 as wire
from tiktoklive.wire.room_pb2 import WebcastMsgDetectMessage
from tiktoklive.wire.speech_pb2 import WebcastImDeleteMessage
from tiktoklive.wire.text import text


class Punishment:
    """
    Why and for how long a restriction holds.

    :ivar message: the protobuf message ``PunishEventInfo``.
    """

    __slots__ = ("message",)

    def __init__(self, message: wire.PunishEventInfo) -> None:
        self.message = message

    @property
    def kind(self) -> str:
        """What is done: ``muting_cancel``, ``risk_notice``, ``all_nr``; often empty."""
        return text(self.message.punish_type)

    @property
    def reason(self) -> str:
        """Why, as it is shown or as TikTok calls it; often empty."""
        return text(self.message.show_reason) or text(self.message.punish_reason)

    @property
    def punish_id(self) -> str:
        """Its id, decimal text; may be empty."""
        return text(self.message.punish_id)

    @property
    def user_id(self) -> str:
        """The user id of who broke a rule, decimal text; ``"0"`` when not said."""
        return text(self.message.violation_uid_str) or str(self.message.violation_uid)

    @property
    def duration(self) -> int:
        """For how long, most likely in seconds; 0 when not said."""
        return self.message.duration

    def __repr__(self) -> str:
        return f"<Punishment {self.kind or '?'} of {self.user_id}>"


class ImDelete(MessageEvent):
    """Comments were deleted: some, or all of some users."""

    __slots__ = ()
    name: ClassVar[str] = "imDelete"
    method: ClassVar[str] = "WebcastImDeleteMessage"
    message: WebcastImDeleteMessage

    @property
    def deleted_msg_ids(self) -> list[str]:
        """The ids of the deleted messages, decimal text."""
        return [str(number) for number in self.message.delete_msg_ids]

    @property
    def deleted_user_ids(self) -> list[str]:
        """The user ids of those whose messages were all deleted, decimal text."""
        return [str(number) for number in self.message.delete_user_ids]

    def _about(self) -> str:
        return f"{len(self.deleted_msg_ids)} messages, {len(self.deleted_user_ids)} users"


class BottomMessage(MessageEvent):
    """A warning stands below the video, for example that it is pre-recorded."""

    __slots__ = ()
    name: ClassVar[str] = "bottomMessage"
    method: ClassVar[str] = "WebcastBottomMessage"
    message: wire.WebcastBottomMessage

    @property
    def text(self) -> str:
        """The warning."""
        return super().text or text(self.message.content)

    @property
    def duration(self) -> int:
        """For how long it stands, in milliseconds; 0 when not said."""
        return self.message.duration * 1000

    @property
    def punishment(self) -> Punishment | None:
        """What it is part of."""
        message = self.message
        return Punishment(message.punish_info) if message.HasField("punish_info") else None

    def _about(self) -> str:
        return repr(self.text)


class Perception(MessageEvent):
    """A warning to the host or a guest, most often without words."""

    __slots__ = ()
    name: ClassVar[str] = "perception"
    method: ClassVar[str] = "WebcastPerceptionMessage"
    message: wire.WebcastPerceptionMessage

    @property
    def title(self) -> str:
        """The line above it."""
        return filled(self.message.dialog.title) or filled(self.message.sheet.title)

    @property
    def text(self) -> str:
        """What it says."""
        message = self.message
        texts = message.dialog.sub_title, message.sheet.sub_title, message.toast, message.float_text
        return next(filter(None, map(filled, texts)), "") or super().text

    @property
    def end_time(self) -> int:
        """Until when it holds, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.end_time)

    @property
    def punishment(self) -> Punishment | None:
        """What it is part of."""
        message = self.message
        return Punishment(message.punish_info) if message.HasField("punish_info") else None

    def _about(self) -> str:
        return repr(self.punishment or self.text)


class AccessRecall(MessageEvent):
    """A right of the host is taken away or given back."""

    __slots__ = ()
    name: ClassVar[str] = "accessRecall"
    method: ClassVar[str] = "WebcastAccessRecallMessage"
    message: wire.WebcastAccessRecallMessage

    @property
    def status(self) -> int:
        """A number that nobody described; 1 in all recordings."""
        return self.message.status

    @property
    def scene(self) -> str:
        """Which right: ``CONTENT_CLASSIFICATION``."""
        return text(self.message.scene)

    @property
    def text(self) -> str:
        """What it says; often empty."""
        return filled(self.message.notice) or filled(self.message.content) or super().text

    @property
    def end_time(self) -> int:
        """Until when, in milliseconds since 1970; 0 when not said."""
        return in_ms(self.message.end_time)

    @property
    def punishment(self) -> Punishment | None:
        """What it is part of."""
        message = self.message
        return Punishment(message.punish_info) if message.HasField("punish_info") else None

    def _about(self) -> str:
        return self.scene


class AccessControl(MessageEvent):
    """TikTok wants the viewer to solve a captcha."""

    __slots__ = ()
    name: ClassVar[str] = "accessControl"
    method: ClassVar[str] = "WebcastAccessControlMessage"
    message: wire.WebcastAccessControlMessage

    @property
    def captcha_id(self) -> str:
        """Which one, decimal text."""
        return str(self.message.captcha.captcha_record_id)

    @property
    def duration(self) -> int:
        """How much time there is for it, in milliseconds; 0 when not said."""
        return self.message.captcha.verify_duration_in_sec * 1000


class RoomVerify(MessageEvent):
    """TikTok checks the room, and may close it."""

    __slots__ = ()
    name: ClassVar[str] = "roomVerify"
    method: ClassVar[str] = "WebcastRoomVerifyMessage"
    message: wire.WebcastRoomVerifyMessage

    @property
    def action(self) -> int:
        """A number that nobody described."""
        return self.message.action

    @property
    def text(self) -> str:
        """What it says; often empty."""
        return text(self.message.content) or super().text

    @property
    def closes_room(self) -> bool:
        """Whether the room is closed."""
        return self.message.close_room

    def _about(self) -> str:
        return f"{self.action} {self.text!r}"


class Audited:
    """
    One picture, text or sound of an alert box, and what became of it.

    :ivar message: the protobuf message ``AlertImage``, ``AlertText`` or ``AlertAudio``.
    """

    __slots__ = ("message",)

    def __init__(self, message: wire.AlertImage | wire.AlertText | wire.AlertAudio) -> None:
        self.message = message

    @property
    def audit_id(self) -> str:
        """Its id, decimal text."""
        return str(self.message.id)

    @property
    def content(self) -> str:
        """The text itself, or where the picture or the sound is kept."""
        message = self.message
        return text(message.text if isinstance(message, wire.AlertText) else message.tos_url)

    @property
    def audit_status(self) -> int:
        """What became of it (``AuditStatus``)."""
        return self.message.audit_status

    def __repr__(self) -> str:
        return f"<Audited {self.content!r} {self.audit_status}>"


class AlertBoxAuditResult(MessageEvent):
    """What the host wants to show at gifts or follows was looked at by TikTok."""

    __slots__ = ()
    name: ClassVar[str] = "alertBoxAuditResult"
    method: ClassVar[str] = "WebcastAlertBoxAuditResultMessage"
    message: wire.WebcastAlertBoxAuditResultMessage

    @property
    def user_id(self) -> str:
        """The host's user id, decimal text."""
        return str(self.message.user_id)

    @property
    def images(self) -> list[Audited]:
        """The pictures."""
        return [Audited(each) for each in self.message.image_list]

    @property
    def texts(self) -> list[Audited]:
        """The texts."""
        return [Audited(each) for each in self.message.text_list]

    @property
    def sounds(self) -> list[Audited]:
        """The sounds."""
        return [Audited(each) for each in self.message.audio_list]


class MsgDetect(MessageEvent):
    """TikTok measures the connection; no one's doing."""

    __slots__ = ()
    name: ClassVar[str] = "msgDetect"
    method: ClassVar[str] = "WebcastMsgDetectMessage"
    message: WebcastMsgDetectMessage

    @property
    def detect_type(self) -> int:
        """A number that nobody described."""
        return self.message.detect_type

    @property
    def from_region(self) -> str:
        """A country: ``SA``."""
        return text(self.message.from_region)

    @property
    def sent_at(self) -> int:
        """When TikTok's server sent it, in milliseconds since 1970; 0 when not said."""
        return self.message.time_info.api_send_to_goim_ms


class IModerationObserver(IObserver):
    """For observers of moderation, warnings and restrictions."""

    def im_delete(event: ImDelete) -> object:
        """Deleted comments."""

    def bottom_message(event: BottomMessage) -> object:
        """A warning below the video."""

    def perception(event: Perception) -> object:
        """A warning to the host or a guest."""

    def access_recall(event: AccessRecall) -> object:
        """A right is taken away or given back."""

    def room_verify(event: RoomVerify) -> object:
        """The room is checked."""


class ICheckObserver(IObserver):
    """For observers of TikTok's checks of viewers, connections and pictures."""

    def access_control(event: AccessControl) -> object:
        """A captcha."""

    def alert_box_audit_result(event: AlertBoxAuditResult) -> object:
        """Pictures, texts and sounds were looked at."""

    def msg_detect(event: MsgDetect) -> object:
        """The connection is measured."""
