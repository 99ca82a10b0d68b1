/** What every table takes that outsiders fill. */
export interface SeedOptions {
  /**
   * Decides where in its table an entry stands, and nothing else; a whole number in 0..2^53-1. Whoever takes entries
   * from outside passes a random one that stays secret. Without it, it is 0, which everybody knows: who can choose many
   * entries can then choose such as make the table slow (docs/decisions/tables.md D-seeded-tables).
   */
  readonly seed?: number | undefined;
}
