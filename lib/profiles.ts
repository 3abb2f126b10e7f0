/** Profiles: the three builds for a controller, as images and reports name them (docs/flash.md). */

/** To bring a board up, to work with, to hang on a pole. */
export const PROFILES = ["bring-up", "development", "release"] as const;
export type Profile = (typeof PROFILES)[number];

export const isProfile = (name: string): name is Profile =>
	(PROFILES as readonly string[]).includes(name);
