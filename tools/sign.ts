/** Sign: `npm run sign -- keys|image|verify ...`: keys and signatures of images (signing.ts). */
import { signing } from "./signing.js";

const { status, text } = signing(process.argv.slice(2));
(status === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = status;
