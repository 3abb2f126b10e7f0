/** Factory: `npx luminode factory`: the flash station (tools/factory/factory.ts). */
import { factory } from "../factory/factory.js";

const { stdin, stdout, stderr, env } = process;
const seat = { stdin, stdout, stderr, environment: env, now: () => new Date() };
process.exitCode = await factory(process.argv.slice(2), { seat });
