"""Results as files to take away: tables, one document of them, a workbook, and a report for people."""
