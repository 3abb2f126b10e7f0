/**
 * Vault: `npx luminode vault`: the secrets of the lamps (tools/laptop/vault/vaultbook.ts), and their accounts at
 * the broker (city/accounts/book.ts).
 */

import { accountBook, isForBroker } from "../../city/accounts/book.js";
import { ACCOUNTS_HELP } from "../../city/accounts/texts.js";
import { languageIn } from "../../lib/text/options.js";
import { vaultBook } from "../laptop/vault/vaultbook.js";

const { stdin, stdout, stderr, env } = process;
const args = process.argv.slice(2);
const seat = { stdin, stdout, stderr, environment: env, now: () => new Date() };
const isHelp = args.includes("--help");
process.exitCode = await (isForBroker(args) && !isHelp ? accountBook : vaultBook)(args, seat);
if (isHelp) stdout.write(ACCOUNTS_HELP[languageIn(args, env)]);
