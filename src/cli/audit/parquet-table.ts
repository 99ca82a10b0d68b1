import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { type ColumnType, ROUTE_COLUMNS, type RouteTable } from './route-columns.js';

/** Rows of a row group: of all the table no more is in memory. */
const ROWS = 1 << 15;

const TYPES: Readonly<Record<ColumnType, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
  number: { type: 'INT32', converted_type: 'UINT_32' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/** A table as Parquet, compressed by Snappy, a row group at a time. */
export function createParquetTable(): RouteTable {
  const writer = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: ROUTE_COLUMNS.length },
    ...ROUTE_COLUMNS.map(
      ({ name, type }): SchemaElement => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' }),
    ),
  ];
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'pathsec' });
  let columns = ROUTE_COLUMNS.map((): (bigint | number | string | null)[] => []);
  let rows = 0;
  /** Octets since the last were taken; their places in the file go on. */
  const taken = (): Uint8Array => {
    const octets = writer.getBytes().slice();
    writer.index = 0;
    return octets;
  };
  const group = (): void => {
    if (rows === 0) return;
    void parquet.write({
      columnData: ROUTE_COLUMNS.map(({ name }, i) => ({ name, data: columns[i] ?? [] })),
      rowGroupSize: rows,
    });
    columns = ROUTE_COLUMNS.map(() => []);
    rows = 0;
  };
  return {
    add: (route) => {
      for (const [i, { of }] of ROUTE_COLUMNS.entries()) columns[i]?.push(of(route));
      if (++rows < ROWS) return undefined;
      group();
      return taken();
    },
    end: () => {
      group();
      void parquet.finish();
      return taken();
    },
  };
}
