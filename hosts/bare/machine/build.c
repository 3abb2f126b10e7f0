/**
 * Build: the root, made in RAM that is seen at the address of flash, so that its pointers are right
 * when the same bytes lie there. The host takes it out of the emulator's RAM.
 */
#include <unistd.h>
#include "board.h"
#include "flashed.h"
#include "life.h"
#include "root.h"

#define MODULES_MAGIC 0x53444F4Du /* "MODS" */

/* At DATA_AT, placed by the host; texts follow: the main module, then name and source of each. */
typedef struct {
	uint32_t magic, count;
	int32_t chunkBytes, slots, stackSlots, keys;
	double budget;
	char texts[];
} Modules;

int imageBuild(const char *main, int chunkBytes, int slots, int stackSlots, int keys);
void imageModule(char *specifier, char *source);
char *errorAt(void);
double rootFigure(int which);

extern char __heap_start[], __heap_end[];
static char *heap;
static char *heapLimit;

/* The C library's memory: of a lamp, what is left of RAM; of a build, the place of the root. */
void *sbrk(ptrdiff_t count)
{
	if (!heap) {
		heap = __heap_start;
		heapLimit = __heap_end;
	}
	if (count > heapLimit - heap) return (void *) -1;
	heap += count;
	return heap - count;
}

uint32_t heapPeak(void)
{
	return (uint32_t) (heap - __heap_start);
}

uint32_t staticBytes(void)
{
	return (uint32_t) (__heap_start - (char *) RAM_AT);
}

void rootTake(const Root *image)
{
	root = image->root;
	rootMain = (txSlot *) &image->main;
	lampCreation = image->creation;
}

static __attribute__((noinline, noreturn)) void buildAll(void)
{
	const Modules *modules = (const Modules *) DATA_AT;
	if (modules->magic != MODULES_MAGIC) {
		putText("failed: neither a root nor modules in flash\n");
		boardExit(EXIT_failed);
	}
	Root *image = (Root *) ROOT_AT;
	heap = (char *) (image + 1);
	heapLimit = (char *) ROOT_AT + BUILD_ROOT_BYTES;
	const char *main = modules->texts;
	char *text = (char *) main + strlen(main) + 1;
	for (uint32_t i = 0; i < modules->count; i++) {
		char *source = text + strlen(text) + 1;
		imageModule(strdup(text), source); /* names go into the root, sources do not */
		text = source + strlen(source) + 1;
	}
	if (!imageBuild(strdup(main), modules->chunkBytes, modules->slots, modules->stackSlots, modules->keys)) {
		putText("failed: ");
		putText(errorAt());
		putText("\n");
		boardExit(EXIT_failed);
	}
	image->budget = modules->budget;
	image->root = root;
	image->creation = lampCreation;
	image->main = *rootMain;
	image->bytes = (uint32_t) (heap - (char *) image);
	image->magic = ROOT_MAGIC;
	putText("root ");
	for (int i = 0; i < 3; i++) {
		putNumber(rootFigure(i));
		putText(" ");
	}
	putCount(image->bytes);
	putText(" ");
	putCount(instructions());
	putText(" ");
	putCount(parserPeak());
	putText("\n");
	boardExit(EXIT_done);
}

void build(void)
{
	boardSeesRoot();
	__asm__ volatile("mv sp, %0\n\tj %1" ::"r"(BUILD_STACK_TOP), "i"(buildAll));
	__builtin_unreachable();
}
