"""Whose address a request comes from: what every limit on guesses counts by.

Behind a proxy all requests come from the proxy, so the address stands in `X-Forwarded-For`. That header is believed
only as far as our own proxies wrote it (settings.ALLAUTH_TRUSTED_PROXY_COUNT); anybody can invent what stands before.
"""

import ipaddress
import re

from django.conf import settings

IPV6_NAT = 64  # the bits that name a subscriber, who may change the rest at will
MED_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](?::\d+)?|(?P<v4>[\d.]+):\d+")


def klientadress(request):
    """The client's address as text; an IPv6 address as its /64 network. "okand" when the server does not know."""
    proxyer = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    vidare = request.headers.get("X-Forwarded-For", "").split(",") if proxyer else []
    # Fewer than our proxies: the request has not passed them all, so only who is connected is known.
    kandidater = [vidare[-proxyer]] if 0 < proxyer <= len(vidare) else []
    for text in (*kandidater, request.META.get("REMOTE_ADDR", "")):
        if adress := plats(text):
            return adress
    return "okand"


def plats(text):
    """The place that an address names: itself, or its /64 network. None when it is no address."""
    text = text.strip()
    if med_port := MED_PORT.fullmatch(text):
        text = med_port["v6"] or med_port["v4"]
    try:
        adress = ipaddress.ip_address(text)
    except ValueError:
        return None
    if adress.version == 4:
        return str(adress)
    if adress.ipv4_mapped:
        return str(adress.ipv4_mapped)
    return str(ipaddress.ip_network((int(adress), IPV6_NAT), strict=False).network_address)
