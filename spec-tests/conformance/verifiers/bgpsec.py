"""RFC 8205 §4.2 and §5.2 on parsed values, for the adapter for BGPsec of docs/conformance-adapters.md. Suite 1 alone."""

import hashlib
import ipaddress
import secrets

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")


def add(one, other):
    """The sum of two points; None is the one at infinity."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and one[1] != other[1]:
        return None
    slope = (
        (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, P) if one == other else (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    )
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def multiply(factor, point):
    result = None
    for bit in bin(factor)[2:]:
        result = add(result, result) if result else None
        if bit == "1":
            result = add(result, point)
    return result


def public_point(spki):
    """The point of a SubjectPublicKeyInfo of RFC 8608 §3.1."""
    if len(spki) != 91 or not spki.startswith(SPKI):
        return None
    x, y = int.from_bytes(spki[27:59], "big"), int.from_bytes(spki[59:], "big")
    return (x, y) if x < P and y < P and (y * y - x * x * x + 3 * x - B) % P == 0 else None


def integer(value):
    octets = value.to_bytes(value.bit_length() // 8 + 1, "big")
    return bytes([2, len(octets)]) + octets


def der(r, s):
    body = integer(r) + integer(s)
    return bytes([0x30, len(body)]) + body


def read_der(signature):
    """r and s of a signature in strict DER: the one that they are written as."""
    if len(signature) < 8 or 5 + signature[3] >= len(signature):
        return None
    middle = 4 + signature[3]
    r, s = int.from_bytes(signature[4:middle], "big"), int.from_bytes(signature[middle + 2 :], "big")
    return (r, s) if 0 < r < N and 0 < s < N and der(r, s) == signature else None


def digest(octets):
    return int.from_bytes(hashlib.sha256(octets).digest(), "big")


def fits(point, octets, value):
    r, s = value
    inverse = pow(s, -1, N)
    sum_ = add(multiply(digest(octets) * inverse % N, G), multiply(r * inverse % N, point))
    return sum_ is not None and sum_[0] % N == r


def to_hash(path, signatures, target, prefix, safi):
    """Figure 8 and Figure 9, for the newest hop of the path; `signatures` are those of the others."""
    octets = target.to_bytes(4, "big")
    for i, segment in enumerate(path):
        if i < len(signatures):
            signature = bytes.fromhex(signatures[i]["signature"])
            octets += bytes.fromhex(signatures[i]["ski"]) + len(signature).to_bytes(2, "big") + signature
        octets += bytes([segment.get("pCount", 1), segment.get("flags", 0)]) + segment["asn"].to_bytes(4, "big")
    network = ipaddress.ip_network(prefix)
    significant = network.network_address.packed[: (network.prefixlen + 7) // 8]
    afi = 1 if network.version == 4 else 2
    return octets + bytes([1, 0, afi, safi, network.prefixlen]) + significant


def verify(path, blocks, target, prefix, safi, keys, verify_members):
    suites = [block["algorithmSuite"] for block in blocks]
    uneven = any(len(block["signatures"]) != len(path) for block in blocks)
    if not path or uneven or len(blocks) not in (1, 2) or len(set(suites)) < len(suites) or {0, 255} & set(suites):
        return "treat-as-withdraw"
    if 1 not in suites:
        return "unsigned"
    signatures = blocks[suites.index(1)]["signatures"]
    for i, segment in enumerate(path):
        if segment["flags"] & 0x80 and not verify_members:
            continue
        to = path[i - 1]["asn"] if i > 0 else target
        octets = to_hash(path[i:], signatures[i + 1 :], to, prefix, safi)
        value = read_der(bytes.fromhex(signatures[i]["signature"]))
        found = [key for key in keys if (key["asn"], key["ski"]) == (segment["asn"], signatures[i]["ski"])]
        points = [public_point(bytes.fromhex(key["spki"])) for key in found]
        if value is None or not any(point and fits(point, octets, value) for point in points):
            return "not-valid"
    return "valid"


def sign(path, signatures, segment, target, suite, prefix, safi, key):
    """SKI and signature; ValueError for what is not signed."""
    if len(path) != len(signatures) or target == 0 or suite != 1:
        raise ValueError("nothing that can be signed")
    if key["asn"] != segment["asn"] or segment["asn"] not in key.get("certifiedAsns", [segment["asn"]]):
        raise ValueError("a key of another AS")
    octets, scalar = to_hash([segment, *path], signatures, target, prefix, safi), int(key["scalar"], 16)
    nonce = 1 + secrets.randbelow(N - 1)
    r = multiply(nonce, G)[0] % N
    s = pow(nonce, -1, N) * (digest(octets) + r * scalar) % N
    point = b"\x04" + b"".join(part.to_bytes(32, "big") for part in multiply(scalar, G))
    return hashlib.sha1(point).hexdigest(), der(r, s).hex()
