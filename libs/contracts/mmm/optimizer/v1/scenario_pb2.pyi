from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class DrawComparison(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DRAW_COMPARISON_UNSPECIFIED: _ClassVar[DrawComparison]
    DRAW_COMPARISON_JOINT: _ClassVar[DrawComparison]
    DRAW_COMPARISON_OTHER_FIT: _ClassVar[DrawComparison]
    DRAW_COMPARISON_FIT_DELETED: _ClassVar[DrawComparison]
    DRAW_COMPARISON_FIT_CHANGED: _ClassVar[DrawComparison]
DRAW_COMPARISON_UNSPECIFIED: DrawComparison
DRAW_COMPARISON_JOINT: DrawComparison
DRAW_COMPARISON_OTHER_FIT: DrawComparison
DRAW_COMPARISON_FIT_DELETED: DrawComparison
DRAW_COMPARISON_FIT_CHANGED: DrawComparison

class TargetResult(_message.Message):
    __slots__ = ("reached", "reached_level", "reached_probability")
    REACHED_FIELD_NUMBER: _ClassVar[int]
    REACHED_LEVEL_FIELD_NUMBER: _ClassVar[int]
    REACHED_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    reached: bool
    reached_level: float
    reached_probability: float
    def __init__(self, reached: _Optional[bool] = ..., reached_level: _Optional[float] = ..., reached_probability: _Optional[float] = ...) -> None: ...

class SettingDifference(_message.Message):
    __slots__ = ("field", "values")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    field: str
    values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, field: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...

class ScenarioSpend(_message.Message):
    __slots__ = ("name", "display_name", "spend")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    spend: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., spend: _Optional[_Iterable[float]] = ...) -> None: ...
