"""The object storage is killed under load: nothing that was acknowledged is lost."""

import threading

from mmm_core.errors import MmmError
from mmm_store.s3 import S3Store
from tests.object_store import running_object_store

WRITERS, BEFORE_KILL = 4, 120


def test_acknowledged_records_survive_a_kill_under_load(tmp_path):
    acknowledged: dict[str, dict] = {}
    enough, ended = threading.Event(), threading.Event()

    def write(store, writer):
        number = 0
        while not ended.is_set():
            key, value = f"load/{writer}/{number}", {"writer": writer, "number": number}
            try:
                store.create_record(key, value)
            except MmmError:
                return
            acknowledged[key] = value
            number += 1
            if len(acknowledged) >= BEFORE_KILL:
                enough.set()

    with running_object_store(tmp_path) as (embedded, process):
        store = S3Store(embedded.s3, retry_seconds=0.5)
        threads = [threading.Thread(target=write, args=(store, writer)) for writer in range(WRITERS)]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        process.kill()
        process.wait()
        ended.set()
        for thread in threads:
            thread.join()

    assert len(acknowledged) >= BEFORE_KILL
    with running_object_store(tmp_path) as (embedded, _):
        store = S3Store(embedded.s3)
        found = {key: store.get_record(key) for key in acknowledged}
    assert {key: record and record.value for key, record in found.items()} == acknowledged
