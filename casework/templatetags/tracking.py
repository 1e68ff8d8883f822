"""The address of the tracking page, on whatever is printed."""

from django import template

from casework import tracking

register = template.Library()
register.simple_tag(tracking.address, name="tracking_address")
