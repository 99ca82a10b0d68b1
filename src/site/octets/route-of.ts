import { BgpError, decodeUpdate, formatAsPath, reconstructAsPath } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { formatPrefix } from '../../inet/index.js';

/** The route of an UPDATE, as the screen Path asks for it. */
export interface FoundRoute {
  readonly path: string;
  readonly prefix?: string;
}

const FAMILIES = [1, 2].map((afi) => ({ afi, safi: 1 }));

/** The first route that the octets announce, and whether it is signed; undefined where there is none. */
export function routeOf(
  octets: Uint8Array,
  as2: string | undefined,
  addPath: string | undefined,
): (FoundRoute & { readonly signed: boolean }) | undefined {
  try {
    const { asPath, nlri, values } = decodeUpdate(octets, {
      ...(as2 && { asnSize: 2 }),
      ...(addPath && { addPath: FAMILIES }),
    });
    const { bgpsecPath, mpReach } = values;
    const path = bgpsecPath ? reconstructAsPath(bgpsecPath.segments) : asPath;
    if (path === undefined) return undefined;
    const prefix = (mpReach?.nlri?.[0] ?? nlri[0])?.prefix;
    return {
      path: formatAsPath(path),
      ...(prefix && { prefix: formatPrefix(prefix) }),
      signed: bgpsecPath !== undefined,
    };
  } catch (error) {
    if (error instanceof BgpError || error instanceof DecodeError) return undefined;
    throw error;
  }
}
