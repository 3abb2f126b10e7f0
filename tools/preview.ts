/** Preview: `npm run preview -- [--settings FILE] [--date YYYY-MM-DD] [--lang en|fr]` (nightpreview.ts). */
import { preview } from "./nightpreview.js";

const { status, text } = preview(process.argv.slice(2), Date.now());
(status === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = status;
