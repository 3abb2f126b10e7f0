/** What is used of packages that bring no types. */

declare module "sql.js/dist/sql-wasm-inline.js" {
	type Value = number | string | Uint8Array | null;
	interface Result {
		readonly columns: readonly string[];
		readonly values: readonly (readonly Value[])[];
	}
	interface Database {
		/** Throws `Error` with SQLite's reason. */
		exec(sql: string, values?: readonly Value[]): readonly Result[];
		close(): void;
	}
	interface Sqlite {
		readonly Database: new (bytes: Uint8Array) => Database;
	}
	export default function open(): Promise<Sqlite>;
}

declare module "shpjs" {
	/** Geometries of GeoJSON; null: none. Throws `Error`. */
	export function parseShp(shp: Uint8Array, prj?: string): (object | null)[];
	/** `cpg`: name of the encoding. Throws `Error`. */
	export function parseDbf(dbf: Uint8Array, cpg?: string): object[];
}
