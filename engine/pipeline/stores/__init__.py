"""Where the pipeline keeps what it knows."""
