"""The pages of policies: which targets a case has, and on what legal basis."""
