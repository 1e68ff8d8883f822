"""Taking over cases from other systems' exports: a mapping file says what their columns mean."""
