/**
 * WebGL painter: the lights on the graphics card by WebGL 2, one call a frame.
 */
import { coreOf, crowdOf, gainOf, NIGHT, type Painter, type Picture, radiusOf } from "./painter.js";

const VERTEX = `#version 300 es
in vec2 place;
in vec4 leftInk;
in vec4 rightInk;
uniform vec3 camera;
uniform vec2 size;
uniform float edge;
uniform float radius;
uniform float ratio;
out vec3 ink;
out float reach;
void main() {
	vec2 at = vec2(camera.y + place.x * camera.x, camera.z - place.y * camera.x);
	vec4 own = at.x < edge ? leftInk : rightInk;
	ink = own.rgb;
	reach = max(1.5, radius * own.a) * ratio;
	gl_Position = vec4(at.x / size.x * 2.0 - 1.0, 1.0 - at.y / size.y * 2.0, 0.0, 1.0);
	gl_PointSize = 2.0 * reach;
}`;

/** A core like the luminaire, and light that falls to nothing at the rim. */
const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 ink;
in float reach;
uniform float core;
uniform float gain;
out vec4 colour;
void main() {
	float away = length(gl_PointCoord - 0.5) * 2.0;
	if (away >= 1.0) discard;
	float fall = (1.0 - away) * (1.0 - away);
	float lamp = 1.0 - smoothstep(core * 0.6, core * 1.4, away * reach);
	colour = vec4(ink * gain * min(1.0, 0.5 * fall + 0.75 * lamp), 1.0);
}`;

/** Attribute places. */
const PLACE = 0;
const LEFT = 1;
const RIGHT = 2;

/** Drivers that draw on the processor, where the pixel painter is faster. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Undefined where the browser has no WebGL 2, or no card for it. */
export function webglPainter(
	canvas: HTMLCanvasElement,
	x: Float32Array,
	y: Float32Array,
): Painter | undefined {
	if (!hasCard()) return undefined;
	const gl = canvas.getContext("webgl2", {
		alpha: false,
		antialias: false,
		depth: false,
		preserveDrawingBuffer: true, // for print
	});
	const program = gl && linked(gl);
	return program ? new WebglPainter(canvas, gl, program, x, y) : undefined;
}

/** On a canvas of its own: one that has been asked for WebGL gives no pixels. */
function hasCard(): boolean {
	const gl = document.createElement("canvas").getContext("webgl2");
	const names = gl?.getExtension("WEBGL_debug_renderer_info");
	const driver = gl?.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
	gl?.getExtension("WEBGL_lose_context")?.loseContext();
	return gl !== null && !SOFTWARE.test(String(driver));
}

function linked(gl: WebGL2RenderingContext): WebGLProgram | undefined {
	const program = gl.createProgram();
	const sources = [
		[gl.VERTEX_SHADER, VERTEX],
		[gl.FRAGMENT_SHADER, FRAGMENT],
	] as const;
	for (const [type, source] of sources) {
		const shader = gl.createShader(type);
		if (!shader) return undefined;
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
	}
	gl.bindAttribLocation(program, PLACE, "place");
	gl.bindAttribLocation(program, LEFT, "leftInk");
	gl.bindAttribLocation(program, RIGHT, "rightInk");
	gl.linkProgram(program);
	return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined;
}

class WebglPainter implements Painter {
	readonly by = "card";
	readonly #buffers: readonly WebGLBuffer[];
	readonly #uniforms: Readonly<Record<string, WebGLUniformLocation | null>>;
	readonly #crowd: number;
	#ratio = 1;

	constructor(
		readonly canvas: HTMLCanvasElement,
		readonly gl: WebGL2RenderingContext,
		program: WebGLProgram,
		readonly x: Float32Array,
		y: Float32Array,
	) {
		gl.useProgram(program);
		this.#crowd = crowdOf(x, y);
		const places = new Float32Array(2 * x.length);
		for (let light = 0; light < x.length; light++) {
			places[2 * light] = x[light]!;
			places[2 * light + 1] = y[light]!;
		}
		this.#buffers = [PLACE, LEFT, RIGHT].map((attribute) => {
			const buffer = gl.createBuffer();
			gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
			if (attribute === PLACE) gl.bufferData(gl.ARRAY_BUFFER, places, gl.STATIC_DRAW);
			else gl.bufferData(gl.ARRAY_BUFFER, 4 * x.length, gl.DYNAMIC_DRAW);
			const [parts, type] = attribute === PLACE ? [2, gl.FLOAT] : [4, gl.UNSIGNED_BYTE];
			gl.enableVertexAttribArray(attribute);
			gl.vertexAttribPointer(attribute, parts, type, attribute !== PLACE, 0, 0);
			return buffer;
		});
		const names = ["camera", "size", "edge", "radius", "ratio", "core", "gain"];
		this.#uniforms = Object.fromEntries(
			names.map((name) => [name, gl.getUniformLocation(program, name)]),
		);
		gl.enable(gl.BLEND);
		gl.blendFunc(gl.ONE, gl.ONE);
		const [red, green, blue] = NIGHT;
		gl.clearColor(red / 255, green / 255, blue / 255, 1);
	}

	resize(width: number, height: number, ratio: number): void {
		this.#ratio = ratio;
		this.canvas.width = Math.round(width * ratio);
		this.canvas.height = Math.round(height * ratio);
		this.gl.viewport(0, 0, this.canvas.width, this.canvas.height);
	}

	paint({ camera, edge, left, right }: Picture): void {
		const { gl, canvas } = this;
		const uniforms = this.#uniforms;
		const [width, height] = [canvas.width / this.#ratio, canvas.height / this.#ratio];
		for (const [attribute, bytes] of [
			[LEFT, left],
			[RIGHT, right],
		] as const) {
			gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[attribute]!);
			gl.bufferSubData(gl.ARRAY_BUFFER, 0, bytes);
		}
		gl.uniform3f(uniforms.camera!, camera.scale, camera.left, camera.top);
		gl.uniform2f(uniforms.size!, width, height);
		gl.uniform1f(uniforms.edge!, edge);
		const { scale } = camera;
		const [radius, core] = [radiusOf(scale, this.x.length, width * height), coreOf(scale)];
		gl.uniform1f(uniforms.radius!, radius);
		gl.uniform1f(uniforms.core!, core * this.#ratio);
		gl.uniform1f(uniforms.gain!, gainOf(scale, this.#crowd, radius, core));
		gl.uniform1f(uniforms.ratio!, this.#ratio);
		gl.clear(gl.COLOR_BUFFER_BIT);
		gl.drawArrays(gl.POINTS, 0, this.x.length);
	}

	close(): void {
		this.gl.getExtension("WEBGL_lose_context")?.loseContext();
	}
}
