// draft-ietf-sidrops-aspa-verification-28 for one path, for the adapter in Go of docs/conformance-adapters.md.
package main

const (
	notProvider = iota
	noAttestation
	provider
)

func verify(request Request) string {
	table := map[uint32]map[uint32]bool{}
	for _, aspa := range request.Aspas {
		if table[aspa.Customer] == nil {
			table[aspa.Customer] = map[uint32]bool{}
		}
		for _, asn := range aspa.Providers {
			if asn != 0 { // AS 0 attests that there is no provider, and is none.
				table[aspa.Customer][asn] = true
			}
		}
	}
	// Section 5.3; above the limit there is no entry (aspa-profile section 5.5).
	authorized := func(customer, asn uint32) int {
		providers, attested := table[customer]
		if !attested || len(providers) > request.MaxProviders {
			return noAttestation
		}
		if providers[asn] {
			return provider
		}
		return notProvider
	}
	var path []uint32
	sequences := true
	for _, segment := range request.AsPath {
		sequences = sequences && segment.Type == "AS_SEQUENCE"
		for _, asn := range segment.Asns {
			if len(path) == 0 || path[len(path)-1] != asn {
				path = append(path, asn)
			}
		}
	}
	n := len(path)
	// Steps 1 to 3.
	if n == 0 || !sequences {
		return "invalid"
	}
	if request.NeighborRole != "rs" && request.NeighborAs != nil && *request.NeighborAs != path[0] {
		return "invalid"
	}
	// Section 5.4: both ramps, each ended by a hop that is worth so much or less.
	ramps := func(end int) int {
		up, down := 1, 0
		for up < n && authorized(path[n-up], path[n-up-1]) > end {
			up++
		}
		if request.NeighborRole == "provider" {
			for down = 1; down < n && authorized(path[down-1], path[down]) > end; down++ {
			}
		}
		return up + down
	}
	if ramps(notProvider) < n {
		return "invalid"
	}
	if ramps(noAttestation) < n {
		return "unknown"
	}
	return "valid"
}
