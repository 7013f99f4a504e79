"""What the pages ask, one file a page. Each question costs a constant number of queries."""
