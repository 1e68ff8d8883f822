"""The file of an export, whatever its kind: CSV or XLSX, chosen by content, read row by row."""
