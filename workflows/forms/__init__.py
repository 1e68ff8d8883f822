"""What each act takes. Pages, REST and commands are checked by the same forms."""
