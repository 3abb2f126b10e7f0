/**
 * Kill at: ends this program by SIGKILL before its n-th change to a file below a folder; loaded by
 * `node --import`, with KILL_AT and KILL_BELOW in the environment. KILL_COUNT: a file for the number
 * of changes of a run that ended by itself.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { KILL_AT, KILL_BELOW, KILL_COUNT } = process.env;
const files = new Set();
let changes = 0;

function change(isOurs) {
	if (!isOurs) return;
	changes += 1;
	if (changes === Number(KILL_AT)) process.kill(process.pid, "SIGKILL");
}

const { openSync, fsyncSync, renameSync, rmSync, writeFileSync } = fs;
const isBelow = (path) => String(path).startsWith(KILL_BELOW);
fs.openSync = (path, flags, ...more) => {
	const isOurs = isBelow(path) && flags !== "r";
	change(isOurs);
	const file = openSync(path, flags, ...more);
	if (isOurs) files.add(file);
	return file;
};
fs.writeFileSync = (file, ...more) => {
	change(files.has(file));
	return writeFileSync(file, ...more);
};
fs.fsyncSync = (file) => {
	change(files.has(file));
	return fsyncSync(file);
};
fs.renameSync = (from, to) => {
	change(isBelow(to));
	return renameSync(from, to);
};
fs.rmSync = (path, options) => {
	change(isBelow(path));
	return rmSync(path, options);
};
syncBuiltinESMExports();
process.on("exit", () => {
	if (KILL_COUNT) writeFileSync(KILL_COUNT, String(changes));
});
