"""Looking at results: charts, documents, workbooks."""
