/**
 * Browser: Debian's chromium without a screen and without connections of its own, for pictures and tests.
 */
export const CHROMIUM = "/usr/bin/chromium";
export const QUIET = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];
