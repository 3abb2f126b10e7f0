/** Bundle: the worker holds the whole simulation, and nothing in it asks for Node. */
import { expect, test } from "@jest/globals";
import { bundleWorker } from "../../../sim/pack/bundle.js";

test("the worker is one script without modules of Node", async () => {
	const { script, inputs } = await bundleWorker(); // rejects for a module that no browser has
	expect(script).not.toMatch(/\brequire\("|\bimport\(|from ?"node:/);
	const files = Object.keys(inputs);
	for (const part of ["sim/world/world.ts", "sim/checks/all.ts", "sim/page/server/desk.ts"])
		expect(files).toContain(part);
	const edges = files.filter((file) =>
		/^sim\/(cli|ports|files|page\/http|pack|second)\//.test(file),
	);
	expect(edges).toEqual([]);
});
