"""The part of the upload page that takes a file."""

import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mmm.data.v1.data_pb2 import Dataset, ReadingOptions
from mmm_client.errors import InvalidRequest
from mmm_ui.access import client, showing_errors
from mmm_ui.reading_questions import ask, forget_questions, questions_of, remember_questions
from mmm_ui.state import remember_dataset

_TYPES = ["csv", "xlsx", "parquet"]


def upload_form() -> None:
    """Let the user choose a file, say how to read it where that is not clear, and store it."""
    file = st.file_uploader("CSV, Excel or Parquet file", type=_TYPES)
    if file is None:
        return
    with showing_errors():
        target = _target()
        questions = questions_of(file.file_id)
        reading = ask(file.file_id, questions) if questions else ReadingOptions()
        if not st.button("Upload", type="primary", icon=":material/upload:"):
            return
        try:
            dataset = _upload(file, target, reading)
        except InvalidRequest as error:
            if not remember_questions(file.file_id, error):
                raise
            st.rerun()
        forget_questions()
        remember_dataset(dataset.name.partition("/versions/")[0])
        what = f"{dataset.row_count} rows and {len(dataset.columns)} columns"
        stored = f"Stored {what}." if dataset.version == 1 else f"Stored {what} as version {dataset.version}."
        st.success(stored, icon=":material/check:")


def _target() -> str:
    """Id of the dataset the file becomes the next version of; empty for a dataset of its own."""
    names = {"": "a dataset of its own"}
    for dataset in client().list_datasets():
        names[dataset.name] = f"the next version of {dataset.display_name}"
    if len(names) == 1:
        return ""
    chosen = st.selectbox("Store as", list(names), format_func=names.__getitem__)
    return chosen.rpartition("/")[2]


def _upload(file: UploadedFile, target: str, reading: ReadingOptions) -> Dataset:
    with tempfile.TemporaryDirectory() as folder, st.spinner("Uploading"):
        # Only the ending of the name is used, so no name can lead out of the folder.
        path = Path(folder) / f"upload{Path(file.name).suffix}"
        path.write_bytes(file.getbuffer())
        return client().upload(
            path, dataset_id=target, new_version=bool(target), display_name=file.name, reading=reading
        )
