/**
 * Components: writes docs/components.md, the code of others in an image by version and hash.
 *
 * `npm run renew -- components` writes the packages from npm, and with MODDABLE the files of the SDK, too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wordsOf } from "../../lib/words.js";
import { packageTable, sdkFilesIn, sdkTable, withBlock } from "../docs/components.js";
import { boardOf, makefileFor } from "../toolchain/esp32.js";

const COMMAND = "npm run renew -- components";
const PAGE = "docs/components.md";
const HELP = `usage: npm run renew -- components [--board NAME]

Writes ${PAGE}: packages and files of others that enter an image, with their hashes.
With MODDABLE also the files of the SDK for a board; without it those stay as they are.`;

const options = { board: { type: "string" } } as const;
const { values } = wordsOf({ command: COMMAND, help: HELP, options });
const { MODDABLE } = process.env;
let page = withBlock(readFileSync(PAGE, "utf8"), "packages", packageTable());
if (MODDABLE) {
	const makefile = readFileSync(makefileFor(boardOf(COMMAND, values.board)), "utf8");
	const engine = /XS_MAJOR_VERSION (\d+)[\s\S]*?XS_MINOR_VERSION (\d+)/.exec(
		readFileSync(join(MODDABLE, "xs/sources/xsCommon.h"), "utf8"),
	);
	const version = `XS ${engine?.[1]}.${engine?.[2]}, of the SDK that was found`;
	const table = sdkTable(MODDABLE, sdkFilesIn(makefile, MODDABLE));
	page = withBlock(page, "sdk", `${version}:\n\n${table}`);
}
writeFileSync(PAGE, page);
process.stdout.write(
	`${PAGE} is written${MODDABLE ? "" : "; MODDABLE is not set: its files stay"}\n`,
);
