import type { JudgedRoute } from '../../audit/index.js';
import { CliError } from '../shared/io.js';
import { ROUTE_COLUMNS, type RouteColumn, type RouteTable } from './route-columns.js';

/** The formats, by the ending of the name. */
const FORMATS: Readonly<Record<string, () => RouteTable | Promise<RouteTable>>> = {
  csv: () => textTable(`${ROUTE_COLUMNS.map(({ name }) => name).join(',')}\n`, csvRow),
  jsonl: () => textTable('', jsonRow),
  parquet: async () => (await import('./parquet-table.js')).createParquetTable(),
};

/**
 * How the table of a file of that name is made.
 *
 * @throws {CliError} for a name that ends in none of the formats.
 */
export function routeTableOf(file: string): () => RouteTable | Promise<RouteTable> {
  const format = FORMATS[/\.([a-z]+)$/.exec(file)?.[1] ?? ''];
  if (format !== undefined) return format;
  throw new CliError(
    `--routes-out takes a name that ends in ${Object.keys(FORMATS)
      .map((one) => `.${one}`)
      .join(', ')}`,
  );
}

/** Characters that are handed over at once. */
const PORTION = 1 << 16;

function textTable(head: string, rowOf: (route: JudgedRoute) => string): RouteTable {
  const encoder = new TextEncoder();
  let text = head;
  const end = (): Uint8Array => {
    const octets = encoder.encode(text);
    text = '';
    return octets;
  };
  return {
    add: (route) => {
      text += `${rowOf(route)}\n`;
      return text.length < PORTION ? undefined : end();
    },
    end,
  };
}

/** RFC 4180; what is not there is empty. Nothing in a route has a quotation mark or the end of a line. */
function csvRow(route: JudgedRoute): string {
  return ROUTE_COLUMNS.map((column) => {
    const value = textOf(column, route);
    return value?.includes(',') ? `"${value}"` : (value ?? '');
  }).join(',');
}

function jsonRow(route: JudgedRoute): string {
  const members = ROUTE_COLUMNS.map((column) => {
    const value = column.of(route);
    if (column.type === 'time') return [column.name, value === null ? null : Number(textOf(column, route))];
    return [column.name, value];
  });
  return JSON.stringify(Object.fromEntries(members));
}

/** The value as text: of a time seconds since 1970, with decimals where there are any. */
function textOf({ type, of }: RouteColumn, route: JudgedRoute): string | undefined {
  const value = of(route);
  if (value === null) return undefined;
  if (type !== 'time') return String(value);
  const micros = BigInt(value);
  const rest = micros % 1_000_000n;
  return `${micros / 1_000_000n}${rest === 0n ? '' : `.${String(rest).padStart(6, '0')}`}`;
}
