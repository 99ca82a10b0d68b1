#!/usr/bin/env bash
# Current BIRD, OpenBGPD, rpki-client and others to compare with, in a small root of a newer Debian beside the machine's own:
#   scripts/peers.sh [make]              makes the root where it is not there yet; prints its folder
#   scripts/peers.sh run PROGRAM ARG...  runs a program in it, with a /proc of its own that ends with the program
#   scripts/peers.sh versions            the versions of what is in it
# The folder is $PATHSEC_PEERS, or ~/.cache/pathsec/peers-SUITE; $PATHSEC_PEERS_SUITE names another suite than trixie.
# Ends with 77 where it cannot be done here (not root, no debootstrap, no mirror): who needs the root then says so and goes on.
set -euo pipefail

suite=${PATHSEC_PEERS_SUITE:-trixie}
root=${PATHSEC_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/pathsec/peers-$suite}
programs=(bird3 openbgpd rpki-client stayrtr rtr-tools gobgpd exabgp frr nats-server openssl)

# Says why it cannot be done.
cannot() {
  echo "peers: $1" >&2
  exit 77
}

# A root is whole when the last step of `make` has written its mark.
whole() { [ -f "$root/.pathsec-peers" ]; }

# The mirrors to try: debootstrap's own (an empty word), then those of this system.
mirrors() {
  echo
  grep -rhoE 'https?://[^ ]+' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | grep -v security | sort -u || true
}

# Devices of its own: the machine's /dev is never mounted into a folder that somebody may remove.
devices() {
  local dev=$1/dev
  rm -rf "${dev:?}"/{null,zero,random,urandom}
  mknod -m 666 "$dev/null" c 1 3
  mknod -m 666 "$dev/zero" c 1 5
  mknod -m 666 "$dev/random" c 1 8
  mknod -m 666 "$dev/urandom" c 1 9
}

# What runs a command in the root that is named first, in a mount namespace of its own: the /proc in it is gone with the command.
inside=(unshare --mount sh -c 'mount -t proc proc "$1/proc" && root=$1 && shift && exec chroot "$root" "$@"' sh)

make() {
  whole && return
  [ "$(id -u)" = 0 ] || cannot 'root rights are needed to make the root'
  command -v debootstrap >/dev/null || cannot 'debootstrap is not installed'
  mkdir -p "$(dirname "$root")"
  # Two that make it at once: the second waits and finds it.
  exec 9>"$root.lock"
  flock 9
  whole && return
  local new=$root.new mirror made=
  rm -rf --one-file-system "$new" "$root"
  while read -r mirror; do
    if debootstrap --variant=minbase "$suite" "$new" ${mirror:+"$mirror"} >"$root.log" 2>&1; then
      made=1
      break
    fi
    rm -rf --one-file-system "$new"
  done < <(mirrors)
  [ -n "$made" ] || cannot "debootstrap of $suite did not work, see $root.log"
  devices "$new"
  # No service starts by being installed.
  printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d"
  chmod 755 "$new/usr/sbin/policy-rc.d"
  cp /etc/resolv.conf "$new/etc/resolv.conf"
  cp /etc/apt/apt.conf.d/*proxy* "$new/etc/apt/apt.conf.d/" 2>/dev/null || true
  # A mirror may be a snapshot, whose lists have run out.
  "${inside[@]}" "$new" env DEBIAN_FRONTEND=noninteractive sh -c \
    'expired=Acquire::Check-Valid-Until=false; apt-get -o $expired update -qq && apt-get -o $expired install -y -qq --no-install-recommends "$@"' sh "${programs[@]}" >>"$root.log" 2>&1 ||
    cannot "the packages could not be installed, see $root.log"
  rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/*
  echo "$suite" >"$new/.pathsec-peers"
  mv "$new" "$root"
}

case ${1:-make} in
make)
  make
  echo "$root"
  ;;
run)
  shift
  whole || cannot "no root in $root: make it first"
  [ $# -gt 0 ] || { echo 'peers: run needs a program' >&2; exit 2; }
  exec "${inside[@]}" "$root" "$@"
  ;;
versions)
  whole || cannot "no root in $root: make it first"
  "${inside[@]}" "$root" dpkg-query -W -f '${Package} ${Version}\n' "${programs[@]}"
  ;;
*)
  echo "peers: unknown command $1; there are make, run, versions" >&2
  exit 2
  ;;
esac
