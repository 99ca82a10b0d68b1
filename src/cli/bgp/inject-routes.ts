import { otcEgress } from '../../aspa/index.js';
import {
  type AsPath,
  ATTR_ONLY_TO_CUSTOMER,
  decodeOnlyToCustomer,
  encodeOnlyToCustomer,
  type PathAttribute,
  pathAttribute,
} from '../../bgp/index.js';
import { asPathFor } from '../../bgpsec/index.js';
import {
  announcedAttributes,
  createUpdateWriter,
  type Element,
  type ElementSource,
} from '../../routes/index.js';
import type { Io } from '../shared/io.js';
import { readRouteFiles, tellInputs } from '../shared/route-files.js';
import type { Feed, Target } from './inject-target.js';

/** How routes of files are announced. */
export interface RoutesFeedOptions {
  readonly files: readonly string[];
  /** The path as it stands, in place of the own AS in front; the OTC attribute too. */
  readonly asReceived: boolean;
  readonly strict: boolean;
}

/** Routes of files in any form that is read, as UPDATEs without signatures. */
export function routesFeed({ files, asReceived, strict }: RoutesFeedOptions, io: Io): Feed {
  return async (target, outlet) => {
    const skipped = new Map<string, number>();
    const malformed = new Map<string, number>();
    const { nextHop4, nextHop6, asnSize } = target;
    const options = {
      ...{ nextHop4, nextHop6, asnSize, seed: io.seed },
      get extendedMessages() {
        return target.extendedMessages;
      },
    };
    const writer = createUpdateWriter(options, outlet.put);
    const route = createShaper(target, asReceived);
    const announce = (element: Element, source: ElementSource): string | undefined => {
      const why = notAnnounced(element, target);
      if (why !== undefined || element.kind !== 'route') return why;
      const { path, attributes, faults } = route(element.asPath, source);
      if (attributes === undefined) return 'route-leak';
      for (const code of faults) malformed.set(code, (malformed.get(code) ?? 0) + 1);
      return writer.announce(element.prefix, path, attributes);
    };
    const inputs = await readRouteFiles(
      files,
      io,
      (element, source) => {
        const why = announce(element, source);
        if (why === 'message-too-long') outlet.misguessed?.();
        if (why !== undefined) skipped.set(why, (skipped.get(why) ?? 0) + 1);
      },
      { between: outlet.drain },
    );
    writer.flush();
    await outlet.drain(true);
    return { skipped, malformed, code: await tellInputs(inputs, strict, io) };
  };
}

/** Why an element is none that is announced; state changes are not spoken of. */
export function notAnnounced(element: Element, { families }: Target): string | undefined {
  if (element.kind === 'path') return 'no-prefix';
  // docs/decisions/speaker.md D-inject-announcements
  if (element.kind === 'withdrawal') return 'withdrawal';
  if (element.kind === 'route' && element.local) return 'sent-by-collector';
  if (element.kind === 'route' && !families.includes(element.prefix.afi)) return 'family-not-negotiated';
  return undefined;
}

interface Shaped {
  readonly path: AsPath;
  /** Undefined for a route that must not be announced to the peer (RFC 9234 §5). */
  readonly attributes: readonly PathAttribute[] | undefined;
  /** What is wrong with those that the input has, each once. */
  readonly faults: ReadonlySet<string>;
}

/** Paths and attributes as they go out. Routes of one message share them. */
function createShaper(
  { localAs, peerKind, neighborRole }: Target,
  asReceived: boolean,
): (path: AsPath, source: ElementSource) => Shaped {
  const paths = new WeakMap<AsPath, AsPath>();
  let octets: Uint8Array | undefined;
  let [number, start] = [-1, -1];
  let shaped: Omit<Shaped, 'path'> | undefined;
  /** Of routes without attributes: one list, so that those of one path are written at once. */
  let bare: Omit<Shaped, 'path'> | undefined;
  const shape = (source: ElementSource): Omit<Shaped, 'path'> => {
    const faults = new Set<string>();
    const attributes = announcedAttributes(source, peerKind, (code) => void faults.add(code));
    const through = !asReceived && neighborRole !== undefined && peerKind === 'external';
    return { attributes: through ? afterEgress(attributes) : attributes, faults };
  };
  return (received, source) => {
    let path = asReceived ? received : paths.get(received);
    if (path === undefined) {
      path = asPathFor(received, peerKind, localAs);
      paths.set(received, path);
    }
    if (!source.lineAttributes && source.attributesStart === source.attributesEnd) {
      bare ??= shape(source);
      return { path, ...bare };
    }
    // The octets alone do not tell: a reader reuses its buffer.
    const same = source.octets === octets && source.number === number && source.attributesStart === start;
    if (!same || !shaped) {
      [octets, number, start] = [source.octets, source.number, source.attributesStart];
      shaped = shape(source);
    }
    return { path, ...shaped };
  };

  /** The OTC egress procedure (RFC 9234 §5). */
  function afterEgress(list: readonly PathAttribute[]): readonly PathAttribute[] | undefined {
    if (neighborRole === undefined) return list;
    const otc = list.find(({ code }) => code === ATTR_ONLY_TO_CUSTOMER);
    const value = otc?.value.length === 4 ? decodeOnlyToCustomer(otc.value) : undefined;
    const egress = otcEgress(neighborRole, localAs, value);
    if (egress.action === 'do-not-advertise') return undefined;
    if (egress.action !== 'add') return list;
    const own = pathAttribute(ATTR_ONLY_TO_CUSTOMER, encodeOnlyToCustomer(egress.otc));
    return [...list.filter((one) => one !== otc), own].sort((a, b) => a.code - b.code);
  }
}
