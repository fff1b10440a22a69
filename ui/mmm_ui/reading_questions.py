"""What the platform asks about a file that can be read in more than one way, as widgets."""

import ast
import re
from collections.abc import Mapping
from typing import cast

import streamlit as st

from mmm.data.v1.data_pb2 import ReadingOptions
from mmm_client.errors import InvalidRequest
from mmm_client.reading_words import DATE_ORDERS, DECIMAL_MARKS, DELIMITERS, LAYOUTS

_FIELD = "header.reading."
_QUESTIONS = "reading_questions"
_LABELS = {
    "delimiter": "Delimiter",
    "decimal_mark": "Decimal mark",
    "date_order": "Order of dates",
    "encoding": "Encoding",
    "sheet": "Sheet",
    "layout": "Layout",
    "variable_column": "Column that names the variables",
    "value_column": "Column with the values",
    "ignored_columns": "Columns to leave out",
}
_WORDS: dict[str, Mapping[str, object]] = {
    "delimiter": DELIMITERS,
    "decimal_mark": DECIMAL_MARKS,
    "date_order": DATE_ORDERS,
    "layout": LAYOUTS,
}
_ENCODINGS = ["windows-1252", "windows-1250", "windows-1251", "shift_jis", "gb18030"]
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


def remember_questions(file_id: str, error: InvalidRequest) -> bool:
    """Keep what has to be answered about a file, with what was asked of it before.

    Returns
    -------
    bool
        False when something else is wrong with the file, so that no answer helps.
    """
    asked: dict[str, str] = {}
    for violation in error.violations:
        option = violation.field.removeprefix(_FIELD)
        if option not in _LABELS:
            return False
        asked[option] = f"{asked[option]} {violation.message}" if option in asked else violation.message
    if asked:
        st.session_state[_QUESTIONS] = (file_id, questions_of(file_id) | asked)
    return bool(asked)


def questions_of(file_id: str) -> dict[str, str]:
    """What has to be answered about a file: what the platform says of each option of the reading."""
    of, questions = st.session_state.get(_QUESTIONS, ("", {}))
    return cast(dict[str, str], questions) if of == file_id else {}


def forget_questions() -> None:
    """Forget the questions about the last file."""
    st.session_state.pop(_QUESTIONS, None)


def ask(file_id: str, questions: Mapping[str, str]) -> ReadingOptions:
    """Ask how a file is to be read."""
    st.warning(
        "The file can be read in more than one way. Say how, and upload again.", icon=":material/help:"
    )
    options = ReadingOptions()
    for option, message in questions.items():
        st.caption(f"{_LABELS[option]} {message}")
        key = f"{file_id}-{option}"
        if option in _WORDS:
            _choose_word(options, option, key)
        elif option == "ignored_columns":
            names = _named_in(message)
            options.ignored_columns.extend(
                st.multiselect(_LABELS[option], names, key=key, accept_new_options=True)
            )
        else:
            _choose_name(options, option, key, _ENCODINGS if option == "encoding" else _named_in(message))
        if option == "layout" and options.layout == LAYOUTS["long"]:
            for column in (name for name in ("variable_column", "value_column") if name not in questions):
                _choose_name(options, column, f"{file_id}-{column}", _named_in(message))
    return options


def _choose_word(options: ReadingOptions, option: str, key: str) -> None:
    words = _WORDS[option]
    word = st.radio(_LABELS[option], list(words), index=None, horizontal=True, key=key)
    if word is not None:
        setattr(options, option, words[word])


def _choose_name(options: ReadingOptions, option: str, key: str, names: list[str]) -> None:
    name = st.selectbox(_LABELS[option], names, index=None, key=key, accept_new_options=True)
    if name is not None:
        setattr(options, option, name)


def _named_in(message: str) -> list[str]:
    """What a message puts in quotation marks, in order; others can be typed."""
    return list(dict.fromkeys(str(ast.literal_eval(quoted)) for quoted in _QUOTED.findall(message)))
