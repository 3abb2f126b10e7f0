/** Sign: `npx luminode sign keys|image|verify ...`: keys and signatures of images (tools/image/signing.ts). */
import { signing } from "../image/signing.js";

const { status, text } = signing(process.argv.slice(2));
(status === 0 ? process.stdout : process.stderr).write(text);
process.exitCode = status;
