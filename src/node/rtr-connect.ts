import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  type ConnectionOptions,
  checkServerIdentity,
  connect as connectTls,
  type PeerCertificate,
} from 'node:tls';
import type { ClientEvent, ClientOutput, RtrClient } from '../rtr/index.js';
import { tlsCause } from './tls-cause.js';

/** Where a cache listens. */
export interface RtrEndpoint {
  readonly host: string;
  /** Usually 323, over TLS 324. */
  readonly port: number;
  /**
   * TLS with these settings; absent: plain TCP. The certificate of the cache must have `servername`, or else `host`, as
   * dNSName: its Common Name and addresses do not count (8210bis §9.2). Whether the router shows a certificate of its
   * own is up to the caller (docs/decisions/rtr.md D-rtr-tls-client-certificate).
   */
  readonly tls?: ConnectionOptions;
  /** Seconds for the connection to be ready, the TLS handshake included; default 60. */
  readonly connectSeconds?: number;
}

/** `127.0.0.1:323`, `cache.example:323`, and an IPv6 address in brackets (RFC 3986 §3.2.2): `[::1]:323`. */
export function formatEndpoint({ host, port }: Pick<RtrEndpoint, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Takes the events of a session, one after the other. One that gives a promise holds the session until it is done: nothing
 * more is read from the cache meanwhile, so that a slow consumer slows the cache down instead of filling memory. The clock
 * of the session stands still as long, since the cache is not to be blamed (docs/decisions/rtr.md D-rtr-slow-consumer).
 */
export type OnClientEvent = ((event: ClientEvent) => void) | ((event: ClientEvent) => Promise<void>);

/** A client session that is being driven over sockets. */
export interface RtrConnection {
  /** Ends it for good. */
  close(): void;
}

/** Longest timer that is set, in seconds; longer waits are taken in pieces. */
const LONGEST_WAIT = 86_400;

/**
 * Drives `client` over TCP or TLS: connects, reconnects when the session says so, and hands every event to `onEvent`.
 * TCP-AO and TCP MD5 (8210bis §9.3, §9.4) are not reachable from Node (docs/decisions/rtr.md D-rtr-transports).
 */
export function connectRtr(client: RtrClient, endpoint: RtrEndpoint, onEvent: OnClientEvent): RtrConnection {
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  /** Consumers at work, since when, and seconds for which there were any before. */
  let holds = 0;
  let heldSince = 0;
  let lost = 0;
  const clock = (): number => performance.now() / 1000;
  const now = (): number => (holds > 0 ? heldSince : clock()) - lost;
  const hold = (done: Promise<void>): void => {
    if (holds === 0) {
      heldSince = clock();
      socket?.pause();
    }
    holds++;
    const release = (): void => {
      if (holds === 1) lost += clock() - heldSince;
      holds--;
      if (holds > 0 || closed) return;
      socket?.resume();
      wake();
    };
    done.then(release, release);
  };
  const perform = (outputs: readonly ClientOutput[]): void => {
    for (const output of outputs) {
      if (closed) return;
      if (output.kind === 'connect') open();
      else if (output.kind === 'send') socket?.write(output.octets);
      else if (output.kind === 'disconnect') drop();
      else {
        const done = onEvent(output);
        if (done instanceof Promise) hold(done);
      }
    }
    wake();
  };
  const wake = (): void => {
    clearTimeout(timer);
    const wait = client.nextWake() - now();
    if (closed || holds > 0 || wait === Number.POSITIVE_INFINITY) return;
    const milliseconds = Math.ceil(1000 * Math.min(Math.max(wait, 0), LONGEST_WAIT));
    timer = setTimeout(() => perform(client.tick(now())), milliseconds);
  };
  const drop = (): void => {
    const old = socket;
    socket = undefined;
    old?.destroySoon();
  };
  const open = (): void => {
    const { host, port, tls, connectSeconds = 60 } = endpoint;
    const fresh = tls
      ? connectTls({ checkServerIdentity: dnsIdentityFault, ...tls, host, port })
      : connectTcp({ host, port });
    socket = fresh;
    let cause: string | undefined;
    let silent = false;
    const patience = setTimeout(() => {
      cause = `not ready within ${connectSeconds} s`;
      fresh.destroy();
    }, 1000 * connectSeconds);
    if (holds > 0) fresh.pause();
    fresh.setNoDelay(true);
    fresh.setKeepAlive(true, 60_000); // §9: keep-alives SHOULD be enabled
    fresh.once(tls ? 'secureConnect' : 'connect', () => {
      silent = tls !== undefined;
      clearTimeout(patience);
      if (socket === fresh) perform(client.opened(now()));
    });
    fresh.on('data', (octets) => {
      silent = false;
      if (socket === fresh) perform(client.received(octets, now()));
    });
    fresh.on('error', (error) => {
      if (tls) cause ??= `TLS: ${tlsCause(error)}`;
      fresh.destroy();
    });
    fresh.on('close', () => {
      clearTimeout(patience);
      if (socket !== fresh) return;
      socket = undefined;
      // A cache that rejects a certificate has finished the handshake by then (RFC 8446 §4.4.2.4).
      if (silent) cause ??= 'TLS: closed right after the handshake; the cache may not accept our certificate';
      perform(client.closed(now(), cause));
    });
  };
  perform(client.tick(now()));
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      drop();
    },
  };
}

/**
 * What is wrong with the certificate of a cache called `name`: it is looked for among the dNSNames alone (8210bis
 * §9.2; docs/decisions/rtr.md D-rtr-tls-dns-name).
 */
function dnsIdentityFault(name: string, certificate: PeerCertificate): Error | undefined {
  if (isIP(name) !== 0) return new Error(`the DNS name of the cache is needed, not ${name}`);
  const subject = { ...certificate.subject, CN: '' };
  return checkServerIdentity(name, { ...certificate, subject });
}
