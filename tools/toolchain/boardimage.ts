/**
 * Board image: the project's manifests for one board, with its own modules as one, in `out/boards/NAME/`.
 */
import { join } from "node:path";
import { type ImageOptions, writeImage } from "./joinedimage.js";

const PLATFORM = "esp32";

export interface BoardImage {
	/** The folder of a board, in mcconfig's form. */
	readonly platform: string;
	/** The application's manifest. */
	readonly manifest: string;
}

/** Writes the copies for a board into `out/boards/NAME`. Rejects with a line that names a file. */
export async function makeBoardImage(
	board: string,
	name: string,
	options: ImageOptions = {},
): Promise<BoardImage> {
	const folder = `out/boards/${name}`;
	const manifest = await writeImage(join(board, "manifest.json"), folder, PLATFORM, options);
	return { platform: `${PLATFORM}:./${folder}`, manifest };
}
