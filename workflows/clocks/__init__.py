"""The clocks of cases: kept in ledgers, wired to the flow, and what time does to them."""
