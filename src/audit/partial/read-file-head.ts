import type { AddPathFinding, AuditProblem } from '../report.js';
import { MOST_PROBLEMS } from './join-facts.js';
import type { JudgedFile } from './judged-file.js';
import { hashOf, listOf, numberOf, objectOf, textOf, wordOf } from './values.js';

/** What stands in the first line of a judged file. */
export interface FileHead {
  readonly head: Pick<JudgedFile, 'name' | 'sha256' | 'facts'>;
  readonly counts: Pick<JudgedFile['part'], 'notVerified' | 'signedRov'>;
}

/** Words that a reader can have for what it passed over, and findings of ADD-PATH, of one file that are believed. */
const MOST = { skipped: 64, addPath: 4_096 };

const FILE = ['name', 'sha256', 'unreadable', 'skipped', 'addPath', 'problems', 'notVerified', 'signed'];

/** The first line of a judged file. @throws {DecodeError} `partial-syntax`, `partial-limit`. */
export function readFileHead(value: unknown): FileHead {
  const file = objectOf(value, 'file', FILE);
  const name = textOf(file.name, 'file.name');
  const problems = objectOf(file.problems, 'file.problems', ['count', 'listed']);
  const notVerified = objectOf(file.notVerified, 'file.notVerified', [
    'local',
    'sentByCollector',
    'pathOnly',
  ]);
  const signed = objectOf(file.signed, 'file.signed', ['valid', 'invalid', 'notFound']);
  return {
    head: {
      name,
      sha256: file.sha256 === null ? null : hashOf(file.sha256, 'file.sha256'),
      facts: {
        unreadable: problemsOf(file.unreadable, 'file.unreadable', name),
        skipped: listOf(file.skipped, 'file.skipped', MOST.skipped).map((entry) => {
          const { what, count } = objectOf(entry, 'file.skipped', ['what', 'count']);
          return { what: textOf(what, 'file.skipped'), count: numberOf(count, 'file.skipped') };
        }),
        addPath: listOf(file.addPath, 'file.addPath', MOST.addPath).map(addPathOf),
        problems: {
          count: numberOf(problems.count, 'file.problems.count'),
          listed: problemsOf(problems.listed, 'file.problems.listed', name),
        },
      },
    },
    counts: {
      notVerified: {
        local: numberOf(notVerified.local, 'file.notVerified'),
        sentByCollector: numberOf(notVerified.sentByCollector, 'file.notVerified'),
        pathOnly: numberOf(notVerified.pathOnly, 'file.notVerified'),
      },
      signedRov: {
        valid: numberOf(signed.valid, 'file.signed'),
        invalid: numberOf(signed.invalid, 'file.signed'),
        notFound: numberOf(signed.notFound, 'file.signed'),
      },
    },
  };
}

function addPathOf(value: unknown): AddPathFinding {
  const field = 'file.addPath';
  const { peer, read, evidence, count } = objectOf(value, field, ['peer', 'read', 'evidence', 'count']);
  return {
    peer: peer === null ? null : textOf(peer, field),
    read: wordOf(read, field, ['with-identifiers', 'without-identifiers']),
    evidence: wordOf(evidence, field, ['prefixes', 'record-end']),
    count: numberOf(count, field),
  };
}

function problemsOf(value: unknown, field: string, file: string): AuditProblem[] {
  return listOf(value, field, MOST_PROBLEMS).map((entry) => {
    const { code, message, offset } = objectOf(entry, field, ['code', 'message', 'offset']);
    const place = offset === undefined ? {} : { offset: numberOf(offset, field) };
    return { code: textOf(code, field), message: textOf(message, field), file, ...place };
  });
}
