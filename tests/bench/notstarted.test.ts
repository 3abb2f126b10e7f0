/** Not started: the bench's edit of the virtual lamp finds its line. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { notStarted } from "../../bench/notstarted.js";

test("the boot of the virtual lamp can end before its node", () => {
	const source = readFileSync(new URL("../../hosts/virtual/lamp/main.ts", import.meta.url), "utf8");
	expect(notStarted(source)).toMatch(/return \(\) => \{\};\n\treturn started\(new Node\(host\)\);/);
	expect(() => notStarted("")).toThrow(
		"bench: the text stands 0 times, not once: return started(new Node(host));",
	);
});
