/** Preview: `npx luminode preview [--settings FILE] [--date YYYY-MM-DD] [--lang en|fr]` (tools/night/preview.ts). */
import { preview } from "../night/preview.js";

const { status, text } = preview(process.argv.slice(2), Date.now(), process.env);
(status === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = status;
