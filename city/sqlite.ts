/**
 * SQLite: the driver, loaded where it is used, because a program in one file (tools/bin/bundle.ts) has
 * no binaries.
 */
import { Trouble } from "../lib/text/trouble.js";

type Driver = typeof import("@photostructure/sqlite");

/** Opens the file; throws `Trouble` if no driver is installed. */
export async function sqliteFile(path: string): Promise<InstanceType<Driver["DatabaseSync"]>> {
	const driver = await import("@photostructure/sqlite").catch((): never => {
		throw new Trouble(
			"no driver of SQLite is installed: give a PostgreSQL, --database postgres://HOST/NAME, or run " +
				"npm install @photostructure/sqlite beside the program",
		);
	});
	return new driver.DatabaseSync(path);
}
