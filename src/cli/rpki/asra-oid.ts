import { InvalidArgumentError } from 'commander';

/** Dotted numbers: a first one of 0 to 2, a second below 40 except under 2 (X.660); none of IANA's for S/MIME is ASRA's yet. */
const OID = /^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]{0,8}))(?:\.(?:0|[1-9][0-9]{0,8})){1,20}$/;

/** `--asra-oid`: docs/decisions/rpki-objects.md D-asra-oid. */
export const ASRA_OID_OPTION = [
  '--asra-oid <oid>',
  'content type of ASRA objects, for which none is assigned yet: 1.3.6.1.4.1.99999.1',
  parseOid,
] as const satisfies readonly [string, string, (text: string) => string];

function parseOid(text: string): string {
  if (OID.test(text)) return text;
  throw new InvalidArgumentError('An object identifier, such as 1.3.6.1.4.1.99999.1.');
}
