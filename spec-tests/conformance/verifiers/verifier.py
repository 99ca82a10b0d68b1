"""draft-ietf-sidrops-aspa-verification-28 for one path, for the adapter in Python of docs/conformance-adapters.md."""


def verify(aspas, max_providers, as_path, neighbor_as, neighbor_role):
    table = {}
    for aspa in aspas:
        # AS 0 attests that there is no provider, and is none.
        table.setdefault(aspa["customer"], set()).update(asn for asn in aspa["providers"] if asn != 0)

    def authorized(customer, provider):  # section 5.3; above the limit there is no entry (aspa-profile section 5.5)
        providers = table.get(customer)
        if providers is None or len(providers) > max_providers:
            return None
        return provider in providers

    wire = [asn for segment in as_path for asn in segment["asns"]]
    if not wire:
        return "invalid"  # step 1
    if neighbor_role != "rs" and neighbor_as is not None and wire[0] != neighbor_as:
        return "invalid"  # step 2; a leading set is invalid anyway
    if any(segment["type"] != "AS_SEQUENCE" for segment in as_path):
        return "invalid"  # step 3
    path = [asn for i, asn in enumerate(wire) if i == 0 or wire[i - 1] != asn]

    def ramp(ases, ends):  # section 5.4, from a foot of the mountain
        hops = [authorized(*hop) for hop in zip(ases, ases[1:])]
        return next((i + 1 for i, hop in enumerate(hops) if hop in ends), len(ases))

    up = path[::-1]
    down = path if neighbor_role == "provider" else []
    if ramp(up, [False]) + ramp(down, [False]) < len(path):
        return "invalid"  # step 4
    return "unknown" if ramp(up, [False, None]) + ramp(down, [False, None]) < len(path) else "valid"
