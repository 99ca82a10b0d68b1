import type { PathState } from '../../links/index.js';

/** The call of the command that asks the same; the payloads lie in files that the page saves. */
export function commandOf(state: PathState, path: string, neighborAs: number | undefined): string {
  const words = [
    'pathsec aspa explain',
    quoted(path),
    state.role === undefined ? '--direction downstream' : `--neighbor-role ${state.role}`,
    ...(neighborAs === undefined ? [] : [`--neighbor-as ${neighborAs}`]),
    `--rpki ${state.file === undefined ? 'payloads.json' : quoted(state.file.name)}`,
    ...((state.changes?.length ?? 0) > 0 ? ['--slurm changes.json'] : []),
  ];
  return words.join(' ');
}

/** A word for a shell: nothing in single quotes means anything. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
