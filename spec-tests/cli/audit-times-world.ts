import { gzipSync } from 'node:zlib';
import { seq } from '../kit/objects/generator/der.js';
import { at, folderOf, member, tar } from '../node/spool-builder.js';
import { aspa, ccrFile, family, roas, TAGS } from '../rpki/ccr-builder.js';

// A spool whose payloads change, and routes of its times.

/** A state of the RPKI: who may originate 10.0.0.0/8, and the providers of AS 3. */
export interface World {
  readonly time: string;
  readonly origin: number;
  readonly providers: readonly number[];
}

export const WORLDS: readonly World[] = [
  { time: '2026-03-01T12:00:00Z', origin: 3, providers: [64_500] },
  { time: '2026-03-02T06:00:00Z', origin: 4, providers: [64_501] },
  { time: '2026-03-02T12:00:00Z', origin: 3, providers: [64_501] },
  { time: '2026-03-02T18:00:00Z', origin: 4, providers: [0] },
  { time: '2026-03-04T00:00:00Z', origin: 3, providers: [64_500, 64_501] },
];

export const stamp = (time: string): string => time.replaceAll(/[-:]/g, '');
export const ccrOf = ({ origin, providers }: World) =>
  ccrFile({
    states: [
      [TAGS.vrps, { list: seq(roas(origin, family(1, ['0a', 0, 24]))) }],
      [TAGS.aspas, { list: seq(aspa(3, ...providers)) }],
    ],
  });

/** An archive a day, members not in the order of time. */
export function spoolOf(worlds: readonly World[] = WORLDS): string {
  const days = new Map<string, World[]>();
  for (const world of [...worlds].reverse()) {
    const day = stamp(world.time).slice(0, 8);
    days.set(day, [...(days.get(day) ?? []), world]);
  }
  return folderOf(
    Object.fromEntries(
      [...days].map(([day, all], i) => {
        const members = all.map((world) => {
          const folder = `${day.slice(0, 4)}/${day.slice(4, 6)}/${day.slice(6, 8)}`;
          return member(`${folder}/${stamp(world.time)}-miso.ccr`, Buffer.from(ccrOf(world)));
        });
        const archive = tar(...members);
        return i % 2 === 0
          ? [`${day}-rpkispool.tar`, archive]
          : [`${day}-rpkispool.tar.gz`, gzipSync(archive)];
      }),
    ),
  );
}

export interface Announced {
  readonly time: number;
  readonly peer: number;
  readonly origin: number;
  readonly length: number;
}

export const lineOf = ({ time, peer, origin, length }: Announced): string =>
  `BGP4MP|${time}|A|192.0.2.${peer % 256}|${peer}|10.0.0.0/${length}|${peer} ${origin}|IGP|192.0.2.1|0|0||NAG||\n`;

export const START = at('2026-03-01T12:00:00Z');
