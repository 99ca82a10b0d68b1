export { createLiveTables, type LiveChange, type LiveSource, type LiveTables } from './live-tables.js';
