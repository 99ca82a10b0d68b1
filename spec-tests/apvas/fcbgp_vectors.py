"""Makes fcbgp.json: vectors of the FC-BGP experiment, by a reading of the draft that shares no code with the package.

    python3 spec-tests/apvas/fcbgp_vectors.py > spec-tests/apvas/fcbgp.json

NON-STANDARD: draft-wang-sidrops-fcbgp-protocol with a type code and keys of our own. ECDSA P-256 with the nonces of
RFC 6979, so that equal runs give equal octets. Needs nothing but Python.
"""
import hashlib
import hmac
import ipaddress
import json
import struct

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
SPKI = bytes.fromhex('3059301306072a8648ce3d020106082a8648ce3d030107034200')


def add(a, b):
    if a is None:
        return b
    if b is None:
        return a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return (x, (slope * (a[0] - x) - a[1]) % P)


def times(k, point=G):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point = add(point, point)
        k >>= 1
    return result


def nonces(secret, digest):
    """RFC 6979 section 3.2."""
    reduced = (int.from_bytes(digest, 'big') % N).to_bytes(32, 'big')
    mac = lambda key, text: hmac.new(key, text, hashlib.sha256).digest()
    value, key = b'\1' * 32, b'\0' * 32
    for octet in (b'\0', b'\1'):
        key = mac(key, value + octet + secret.to_bytes(32, 'big') + reduced)
        value = mac(key, value)
    while True:
        value = mac(key, value)
        yield int.from_bytes(value, 'big')
        key = mac(key, value + b'\0')
        value = mac(key, value)


def integer(value):
    octets = value.to_bytes(value.bit_length() // 8 + 1, 'big')
    return bytes([2, len(octets)]) + octets


def sign(secret, octets):
    digest = hashlib.sha256(octets).digest()
    for k in nonces(secret, digest):
        if not 1 <= k < N:
            continue
        r = times(k)[0] % N
        s = pow(k, -1, N) * (int.from_bytes(digest, 'big') + r * secret) % N
        body = integer(r) + integer(s)
        return bytes([0x30, len(body)]) + body


class Key:
    def __init__(self, asn):
        self.asn = asn
        self.secret = int.from_bytes(hashlib.sha256(b'fcbgp vector key %d' % asn).digest(), 'big')
        x, y = times(self.secret)
        point = b'\4' + x.to_bytes(32, 'big') + y.to_bytes(32, 'big')
        self.spki, self.ski = SPKI + point, hashlib.sha1(point).digest()


keys = {asn: Key(asn) for asn in (65536, 65537, 65538, 65540, 64999)}


def segment(pasn, casn, nasn, prefix, flags=0, algorithm=1, signature=None):
    """Section 3, Figure 2, and the octets that are signed."""
    network = ipaddress.ip_network(prefix)
    head = struct.pack('!III', pasn, casn, nasn) + keys[casn].ski + bytes([algorithm, flags])
    octets = head + b'\0\0' + network.network_address.packed + bytes([network.prefixlen])
    signature = signature if signature is not None else sign(keys[casn].secret, octets)
    return {'octets': octets.hex(), 'segment': (head + struct.pack('!H', len(signature)) + signature).hex()}


def route(title, prefix, as_path, session, segments, verdict, reason, **more):
    """as_path, segments: newest first."""
    return {'title': title, 'prefix': prefix, 'asPath': as_path, 'session': session,
            'attribute': ''.join(s['segment'] for s in segments), 'octets': [s['octets'] for s in segments],
            'verdict': verdict, 'reason': reason, **more}


V4, V6 = '192.0.2.0/24', '2001:db8::/33'
CS, RS, ASPP, P2C, P2P = 0x80, 0x40, 0x20, 0x10, 0x08
first = segment(0, 65536, 65537, V4)
to38 = segment(65536, 65537, 65538, V4)
to39 = segment(65536, 65537, 65539, V4)
six = [segment(65537, 65538, 65540, V6), segment(65536, 65537, 65538, V6), segment(0, 65536, 65537, V6)]
ebgp = lambda local, peer, **more: {'localAs': local, 'peerAs': peer, 'kind': 'external', **more}
flipped = dict(to38, segment=to38['segment'][:-2] + '%02x' % (int(to38['segment'][-2:], 16) ^ 1))

routes = [
    route('the first hop of the example', V4, [65536], ebgp(65537, 65536), [first], 'valid', 'ok'),
    route('the example, towards AS 65538', V4, [65537, 65536], ebgp(65538, 65537), [to38, first], 'valid', 'ok'),
    route('the example, towards AS 65539', V4, [65537, 65536], ebgp(65539, 65537), [to39, first], 'valid', 'ok'),
    route('a segment for another neighbour', V4, [65537, 65536], ebgp(65538, 65537), [to39, first],
          'treat-as-withdraw', 'segment-order'),
    route('IPv6, three hops', V6, [65538, 65537, 65536], ebgp(65540, 65538), six, 'valid', 'ok'),
    route('inside the AS', V4, [65537, 65536], {'localAs': 65538, 'peerAs': 65538, 'kind': 'internal'}, [to38, first],
          'valid', 'ok'),
    route('a gap in the middle', V4, [65538, 64500, 65536], ebgp(65540, 65538),
          [segment(64500, 65538, 65540, V4), segment(0, 65536, 64500, V4)], 'valid', 'ok', gaps=[64500]),
    route('a gap at the near end', V4, [64500, 65536], ebgp(65540, 64500), [segment(0, 65536, 64500, V4)], 'valid', 'ok',
          gaps=[64500]),
    route('a gap at the origin', V4, [65537, 64500], ebgp(65538, 65537), [segment(64500, 65537, 65538, V4)], 'valid', 'ok',
          gaps=[64500]),
    route('prepending', V4, [65537, 65536, 65536, 65536], ebgp(65538, 65537),
          [to38, segment(0, 65536, 65537, V4, ASPP)], 'valid', 'ok'),
    route('prepending without its flag', V4, [65537, 65536, 65536], ebgp(65538, 65537), [to38, first],
          'treat-as-withdraw', 'aspp-flag-missing'),
    route('the flag without prepending', V4, [65537, 65536], ebgp(65538, 65537),
          [to38, segment(0, 65536, 65537, V4, ASPP)], 'treat-as-withdraw', 'aspp-flag-unexpected'),
    route('a route server that signs', V4, [65537, 65536], ebgp(65538, 65537),
          [segment(64999, 65537, 65538, V4), segment(65536, 64999, 65537, V4, RS), segment(0, 65536, 64999, V4)],
          'valid', 'ok'),
    route('received from a route server that signs', V4, [65536], ebgp(65538, 64999, expectFlagsRs=True),
          [segment(65536, 64999, 65538, V4, RS), segment(0, 65536, 64999, V4)], 'valid', 'ok'),
    route('a route server that does not sign, and is known', V4, [65537, 65536], ebgp(65538, 65537, routeServers=[64999]),
          [segment(64999, 65537, 65538, V4), segment(0, 65536, 64999, V4)], 'valid', 'ok'),
    route('a route server that does not sign, and is not known', V4, [65537, 65536], ebgp(65538, 65537),
          [segment(64999, 65537, 65538, V4), segment(0, 65536, 64999, V4)], 'treat-as-withdraw', 'segment-order'),
    route('received from a route server that should have signed', V4, [65536],
          ebgp(65538, 64999, expectFlagsRs=True, routeServers=[64999]), [segment(0, 65536, 64999, V4)],
          'treat-as-withdraw', 'rs-flag-missing'),
    route('Flags-RS of a peer that is no route server', V4, [65536], ebgp(65538, 64999, routeServers=[64999]),
          [segment(65536, 64999, 65538, V4, RS), segment(0, 65536, 64999, V4)], 'treat-as-withdraw', 'rs-flag-unexpected'),
    route('an unexpected peer', V4, [65536], ebgp(65538, 64999), [segment(0, 65536, 65538, V4)],
          'treat-as-withdraw', 'peer-as-mismatch'),
    route('the segment of an AS that takes part is gone', V4, [65537, 65536], ebgp(65538, 65537), [to38],
          'treat-as-withdraw', 'segment-missing'),
    route('a triplet that skips an AS', V4, [65538, 65537, 65536], ebgp(65540, 65538),
          [segment(65536, 65538, 65540, V4), to38, first], 'treat-as-withdraw', 'segment-order'),
    route('segments in the wrong order', V4, [65537, 65536], ebgp(65538, 65537), [first, to38],
          'treat-as-withdraw', 'segment-order'),
    route('one segment too many', V4, [65537, 65536], ebgp(65538, 65537), [to38, first, first],
          'treat-as-withdraw', 'segment-order'),
    route('Flags-CS from outside', V4, [65536], ebgp(65537, 65536), [segment(0, 65536, 65537, V4, CS)],
          'treat-as-withdraw', 'confed-flag-unexpected'),
    route('no supported algorithm', V4, [65536], ebgp(65537, 65536), [segment(0, 65536, 65537, V4, algorithm=9)],
          'unsigned', 'no-supported-algorithm'),
    route('one algorithm of two', V4, [65537, 65536], ebgp(65538, 65537),
          [to38, segment(0, 65536, 65537, V4, algorithm=9)], 'treat-as-withdraw', 'algorithm-unsupported'),
    route('unassigned flags are ignored, and signed', V4, [65536], ebgp(65537, 65536), [segment(0, 65536, 65537, V4, 0x07)],
          'valid', 'ok'),
    route('a changed signature', V4, [65537, 65536], ebgp(65538, 65537), [flipped, first], 'not-valid', 'signature-mismatch'),
    route('the segments of another prefix', '192.0.2.0/25', [65536], ebgp(65537, 65536), [first],
          'not-valid', 'signature-mismatch', signedPrefix=V4),
    route('from a provider, sent down', V4, [65536], ebgp(65537, 65536, peerRole='provider'),
          [segment(0, 65536, 65537, V4, P2C)], 'valid', 'ok'),
    route('from a provider that does not say so', V4, [65536], ebgp(65537, 65536, peerRole='provider'), [first],
          'treat-as-withdraw', 'direction-flag-missing'),
    route('from a customer, with Flags-P2C', V4, [65536], ebgp(65537, 65536, peerRole='customer'),
          [segment(0, 65536, 65537, V4, P2C)], 'treat-as-withdraw', 'direction-flag-unexpected'),
    route('from a peer', V4, [65536], ebgp(65537, 65536, peerRole='peer'), [segment(0, 65536, 65537, V4, P2P)], 'valid', 'ok'),
    route('from a customer without segments, after it was sent down', V4, [64500, 65536],
          ebgp(65537, 64500, peerRole='customer'), [segment(0, 65536, 64500, V4, P2C)], 'valid', 'ok', gaps=[64500],
          leak='p2c-flag'),
    route('twice in a row to a peer', V4, [65537, 65536], ebgp(65538, 65537, peerRole='peer'),
          [segment(65536, 65537, 65538, V4, P2P), segment(0, 65536, 65537, V4, P2P)], 'valid', 'ok', leak='p2p-flag-twice'),
    route('Flags-P2C that was dropped on the way', V4, [65537, 65536], ebgp(65538, 65537, peerRole='customer'),
          [to38, segment(0, 65536, 65537, V4, P2C)], 'valid', 'ok', leak='p2c-flag-dropped'),
]

whole = bytes.fromhex(first['segment'])
refused = [
    {'title': 'no segment', 'attribute': '', 'code': 'fc-list-empty', 'offset': 0},
    {'title': 'one octet', 'attribute': '00', 'code': 'fc-segment-truncated', 'offset': 0},
    {'title': '35 octets', 'attribute': whole[:35].hex(), 'code': 'fc-segment-truncated', 'offset': 0},
    {'title': 'no signature', 'attribute': (whole[:34] + b'\0\0').hex(), 'code': 'fc-signature-empty', 'offset': 34},
    {'title': 'a signature cut off', 'attribute': whole[:-1].hex(), 'code': 'fc-signature-overrun', 'offset': 34},
    {'title': 'octets behind the last', 'attribute': (whole + b'\0').hex(), 'code': 'fc-segment-truncated', 'offset': len(whole)},
    {'title': 'CASN 0', 'attribute': (whole[:4] + bytes(4) + whole[8:]).hex(), 'code': 'as-zero', 'offset': 4},
    {'title': 'NASN 0 in the second', 'attribute': (whole + whole[:8] + bytes(4) + whole[12:]).hex(), 'code': 'as-zero',
     'offset': len(whole) + 8},
]

print(json.dumps({
    'format': 'pathsec/fcbgp-vectors/1',
    'what': 'NON-STANDARD: draft-wang-sidrops-fcbgp-protocol, type code and keys of our own; no interoperability is claimed',
    'keys': [{'asn': k.asn, 'secret': k.secret.to_bytes(32, 'big').hex(), 'spki': k.spki.hex(), 'ski': k.ski.hex()}
             for k in keys.values()],
    'routes': routes,
    'refused': refused,
}, indent=1))
