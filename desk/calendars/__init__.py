"""The pages of calendars: when each unit is open."""
