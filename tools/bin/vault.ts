/** Vault: `npm run vault`: the secrets of the lamps (tools/laptop/vaultbook.ts). */
import { vaultBook } from "../laptop/vaultbook.js";

const { stdin, stdout, stderr, env } = process;
process.exitCode = await vaultBook(process.argv.slice(2), {
	...{ stdin, stdout, stderr, environment: env },
	now: () => new Date(),
});
