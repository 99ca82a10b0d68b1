import type { RouterProfile } from './profile.js';
import { bird } from './profile-bird.js';
import { frr } from './profile-frr.js';
import { genericRouter, USUAL_MARKS } from './profile-generic.js';
import { gobgp } from './profile-gobgp.js';
import { openbgpd } from './profile-openbgpd.js';
import { pathsec } from './profile-pathsec.js';

/** The routers that can be tested, by the names of `conformance router --profile`. */
export const ROUTER_PROFILES = {
  bird,
  openbgpd,
  gobgp,
  frr,
  pathsec,
  generic: genericRouter(USUAL_MARKS),
} as const satisfies Readonly<Record<string, RouterProfile>>;

export type RouterProfileName = keyof typeof ROUTER_PROFILES;
