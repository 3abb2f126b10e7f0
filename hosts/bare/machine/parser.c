/**
 * Parser: the engine's, with memory of its own, so that its trees are no part of the dumped root.
 *
 * The firmware is one module, whose tree takes several times the root. All of it is given back at
 * once, and the next text begins at the same place.
 */
#include "board.h"
#include "flashed.h"

static uint32_t used, blocks, peak;

uint32_t parserPeak(void)
{
	return peak;
}

static void *parserMalloc(size_t size)
{
	size = (size + 7) & ~7u;
	if (size > BUILD_PARSER_BYTES - used) {
		putText("failed: no memory for the parser\n");
		boardExit(EXIT_failed);
	}
	blocks++;
	used += size;
	if (peak < used) peak = used;
	return (char *) BUILD_PARSER_AT + used - size;
}

static void parserFree(void *block)
{
	if (block && !--blocks) used = 0;
}

#undef c_malloc
#define c_malloc parserMalloc
#undef c_free
#define c_free parserFree
#include "xsScript.c"
