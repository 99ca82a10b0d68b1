import type { ResourceCrl } from '../x509/crl.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import type { AspaContent } from './aspa.js';
import type { AsraContent } from './asra.js';
import type { ManifestContent } from './manifest.js';
import type { UnreadKind } from './object-kinds.js';
import type { PrefixListContent } from './prefix-list.js';
import type { RoaContent } from './roa.js';
import type { SignedObject } from './signed-object.js';

/** What an RPKI file turned out to be; content members are absent when the content could not be decoded. */
export type ExaminedObject =
  | { readonly type: 'aspa'; readonly envelope: SignedObject; readonly content?: AspaContent }
  | { readonly type: 'asra'; readonly envelope: SignedObject; readonly content?: AsraContent }
  | { readonly type: 'roa'; readonly envelope: SignedObject; readonly content?: RoaContent }
  | { readonly type: 'manifest'; readonly envelope: SignedObject; readonly content?: ManifestContent }
  | { readonly type: 'prefix-list'; readonly envelope: SignedObject; readonly content?: PrefixListContent }
  | { readonly type: UnreadKind; readonly envelope: SignedObject }
  | { readonly type: 'certificate' | 'router-certificate'; readonly certificate: ResourceCertificate }
  | { readonly type: 'crl'; readonly crl: ResourceCrl };
