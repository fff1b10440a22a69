"""What a reader takes out of a file."""

from dataclasses import dataclass

import pandas as pd

from mmm_core.records import RenamedColumn


@dataclass(frozen=True, slots=True)
class RawTable:
    """Columns as they stand in a file.

    Attributes
    ----------
    columns : dict of str to Series
        float64 and datetime64 where the format has types, else str as written; an empty cell is an empty
        text or missing.
    delimiter, encoding : str
        Of delimited text.
    sheet : str
        Of a workbook.
    renamed : tuple of RenamedColumn
        Columns whose name in the file is another.
    """

    columns: dict[str, pd.Series]
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    renamed: tuple[RenamedColumn, ...] = ()
