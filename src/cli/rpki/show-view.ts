import { printable, toHex } from '../../bytes/index.js';
import { formatPrefix } from '../../inet/index.js';
import {
  type Examination,
  type ExaminedObject,
  formatAddressRange,
  formatName,
  type IpAddrBlocks,
  OID,
  type Range,
  type ResourceCertificate,
} from '../../rpki/index.js';
import { formatTime } from '../shared/time-option.js';

/** An object as plain JSON; the member names follow `rpki-client -j -f` where that has one. */
export function describeObject(
  file: string,
  { object, sha256, findings, path, verdict }: Examination,
): object {
  return {
    file,
    hash_id: Buffer.from(sha256).toString('base64'),
    ...(object ? describe(object) : {}),
    findings,
    ...(path ? { path: path.path.map(({ subject }) => formatName(subject)), anchored: path.anchored } : {}),
    validation: verdict,
  };
}

function describe(object: ExaminedObject): object {
  if (object.type === 'crl') {
    const { crl } = object;
    return {
      type: object.type,
      aki: hex(crl.aki?.keyIdentifier),
      crl_number: crl.number?.toString(16).toUpperCase(),
      this_update: formatTime(crl.thisUpdate),
      next_update: crl.nextUpdate === undefined ? undefined : formatTime(crl.nextUpdate),
      revoked: (crl.revoked ?? []).map(({ serial, date }) => ({
        serial: serial.toString(16),
        date: formatTime(date),
      })),
    };
  }
  if ('certificate' in object) return { type: object.type, ...describeCertificate(object.certificate) };
  const { envelope } = object;
  return {
    type: object.type,
    econtent_type: envelope.eContentType,
    ...describeCertificate(envelope.certificate),
    signing_time:
      envelope.signer.signingTime === undefined ? undefined : formatTime(envelope.signer.signingTime),
    ...describeContent(object),
  };
}

function describeContent(object: ExaminedObject): object {
  if (object.type === 'aspa' && object.content) {
    const { version, customer, providers } = object.content;
    return { version, customer_asid: customer, providers };
  }
  if (object.type === 'asra' && object.content) {
    const { version, signer, subcategory, neighbors } = object.content;
    return { version, signer_asid: signer, subcategory, relationships: neighbors };
  }
  if (object.type === 'roa' && object.content) {
    const prefixes = object.content.families.flatMap((family) => family.prefixes);
    const vrps = prefixes.map(({ prefix, maxLength }) => ({
      prefix: formatPrefix(prefix),
      asid: object.content?.asn,
      maxlen: maxLength ?? prefix.length,
    }));
    return { version: object.content.version, vrps };
  }
  if (object.type === 'prefix-list' && object.content) {
    const { asn, families, version } = object.content;
    const prefixes = families.flatMap((family) => family.prefixes.map(formatPrefix));
    return { version, asid: asn, prefixes };
  }
  if (object.type === 'manifest' && object.content) {
    const { version, number, thisUpdate, nextUpdate, files } = object.content;
    const filesandhashes = files.map(({ name, hash }) => ({
      filename: name,
      hash: Buffer.from(hash).toString('base64'),
    }));
    return {
      version,
      manifest_number: number.toString(16).toUpperCase(),
      this_update: formatTime(thisUpdate),
      next_update: formatTime(nextUpdate),
      filesandhashes,
    };
  }
  return {};
}

function describeCertificate(certificate: ResourceCertificate): object {
  const uri = (list: ResourceCertificate['aia'], method: string) =>
    list?.find((item) => item.method === method)?.uri;
  const { asIdentifiers, ipAddrBlocks } = certificate;
  return {
    ski: hex(certificate.ski),
    aki: hex(certificate.aki?.keyIdentifier),
    cert_subject: formatName(certificate.subject),
    cert_issuer: formatName(certificate.issuer),
    cert_serial: certificate.serial.toString(16).toUpperCase(),
    aia: uri(certificate.aia, OID.caIssuers),
    sia: uri(certificate.sia, OID.signedObject) ?? uri(certificate.sia, OID.caRepository),
    valid_since: formatTime(certificate.notBefore),
    valid_until: formatTime(certificate.notAfter),
    asns: asIdentifiers?.asnum === 'inherit' ? 'inherit' : asIdentifiers?.asnum?.map(asRange),
    addresses: ipAddrBlocks ? addressRanges(ipAddrBlocks) : undefined,
  };
}

/** An object for a person, in the order and with the words of `rpki-client -f`, then every finding and the verdict. */
export function formatObject(file: string, examination: Examination): string {
  const { findings, verdict } = examination;
  const rows: [string, string][] = [];
  const {
    findings: _,
    validation: __,
    path,
    file: ___,
    ...members
  } = describeObject(file, examination) as Record<string, unknown>;
  rows.push(['file', printable(file)]);
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && !Array.isArray(value)) {
      rows.push([name.replaceAll('_', ' '), printable(String(value))]);
    }
  }
  const lists = Object.entries(members).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  for (const [name, items] of lists) {
    rows.push([
      name.replaceAll('_', ' '),
      items
        .map((item) => printable(itemText(item)))
        .join(name === 'filesandhashes' ? `\n${' '.repeat(20)}` : ', ') || '-',
    ]);
  }
  if (Array.isArray(path)) rows.push(['path', printable(path.join(' < '))]);
  const text = rows.map(([name, value]) => `${name.padEnd(18)}  ${value}\n`).join('');
  const list = findings.map(
    ({ severity, code, section, message }) =>
      `${severity.padEnd(18)}  ${printable(message)} (${code}, ${section})\n`,
  );
  return `${text}${list.join('')}${'validation'.padEnd(18)}  ${verdict}\n`;
}

/** What `--payloads` leaves out or exports with a reservation, a line for each finding, then the verdict unless valid. */
export function formatFindings(file: string, { findings, verdict }: Examination): string[] {
  const said = findings.map(
    ({ severity, code, section, message }) => `${severity}: ${message} (${code}, ${section})`,
  );
  if (verdict !== 'valid') said.push(`${verdict}: nothing of it is exported`);
  return said.map((text) => `${file}: ${text}`);
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  return Object.values(item).join(' ');
}

function asRange({ min, max }: Range): string {
  return min === max ? `${min}` : `${min}-${max}`;
}

function addressRanges({ families }: IpAddrBlocks): string[] {
  return [...families].flatMap(([afi, resources]) => {
    if (resources === 'inherit') return [`inherit ${afi === 1 ? 'IPv4' : 'IPv6'}`];
    return resources.map((range) => formatAddressRange(range, afi));
  });
}

function hex(octets: Uint8Array | undefined): string | undefined {
  return octets && toHex(octets).toUpperCase();
}
