"""What people say in improvement; each form knows what it is about, and refuses in words."""
