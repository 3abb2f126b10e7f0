/*
 * Headless: one lamp as an ordinary program: the XS machine on a GLib main loop, no display.
 *
 * The lamp's clock is the SDK's timers (live.ts) or a script on standard input (scripted.ts). This
 * file gives the machine its process: arguments, lines, random bytes, memory, exit.
 */
#include "xsAll.h"
#include "xsScript.h"
#include "xs.h"
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of a script is an instant, a word and a section of settings. */
#define LINE_MAX_BYTES 32768

extern void *xsPreparationAndCreation(xsCreation **creation);

static char **words;

void fxAbort(xsMachine *the, int status)
{
	fprintf(stderr, "headless: XS aborted: %s\n", fxAbortString(status));
	exit(70);
}

/* Of the SDK's module Resource, which is part of each program: this one has no resources. */
const void *mcGetResource(xsMachine *the, const char *path, size_t *size)
{
	return NULL;
}

static void headless_readLine(xsMachine *the)
{
	char line[LINE_MAX_BYTES];
	if (!fgets(line, sizeof line, stdin)) return;
	line[strcspn(line, "\r\n")] = 0;
	xsResult = xsString(line);
}

/* The function that receives each line of standard input while the lamp lives. */
static xsSlot onLine;

static gboolean takeLine(GIOChannel *input, GIOCondition condition, gpointer data)
{
	xsMachine *machine = data;
	gchar *line = NULL;
	GIOStatus status = g_io_channel_read_line(input, &line, NULL, NULL, NULL);
	if (status == G_IO_STATUS_AGAIN) return G_SOURCE_CONTINUE;
	xsBeginHost(machine);
	{
		xsResult = line ? xsString(g_strchomp(line)) : xsUndefined;
		xsCallFunction1(onLine, xsGlobal, xsResult);
	}
	xsEndHost(machine);
	g_free(line);
	return status == G_IO_STATUS_NORMAL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void headless_onLine(xsMachine *the)
{
	GIOChannel *input = g_io_channel_unix_new(0);
	onLine = xsArg(0);
	xsRemember(onLine);
	g_io_add_watch(input, G_IO_IN | G_IO_HUP, takeLine, the);
}

static void headless_print(xsMachine *the)
{
	puts(xsToString(xsArg(0)));
}

static void headless_random(xsMachine *the)
{
	FILE *source = fopen("/dev/urandom", "rb");
	size_t want = xsGetArrayBufferLength(xsArg(0));
	size_t got = source ? fread(xsToArrayBuffer(xsArg(0)), 1, want, source) : 0;
	if (source) fclose(source);
	if (got != want) xsUnknownError("no source of chance");
}

static void headless_freeBytes(xsMachine *the)
{
	size_t chunks = the->maximumChunksSize - the->currentChunksSize;
	xsResult = xsNumber(chunks + (the->maximumHeapCount - the->currentHeapCount) * sizeof(xsSlot));
}

/* Live memory after a collection, with a slot counted as on the controller. */
static void headless_live(xsMachine *the)
{
	xsCollectGarbage();
	xsResult = xsNewArray(0);
	xsCall1(xsResult, xsID("push"), xsNumber(the->currentHeapCount));
	xsCall1(xsResult, xsID("push"), xsNumber(the->currentChunksSize));
}

static void headless_exit(xsMachine *the)
{
	fflush(stdout);
	exit(xsToInteger(xsArg(0)));
}

static void give(xsMachine *the, char *name, xsCallback callback, int count)
{
	xsVar(1) = xsNewHostFunction(callback, count);
	xsSet(xsVar(0), xsID(name), xsVar(1));
}

/* One callback of the SDK's, or several that are due together; by name, for a profiler. */
__attribute__((noinline)) void headless_turn(void)
{
	g_main_context_iteration(NULL, TRUE);
}

int main(int argc, char *argv[])
{
	words = argv;
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN); /* a lost broker is reported by the stream */
	xsMachine *machine = fxPrepareMachine(NULL, xsPreparationAndCreation(NULL), "luminode", NULL, NULL);
	xsBeginHost(machine);
	{
		xsVars(2);
		xsVar(0) = xsNewObject();
		give(the, "readLine", headless_readLine, 0);
		give(the, "print", headless_print, 1);
		give(the, "onLine", headless_onLine, 1);
		give(the, "live", headless_live, 0);
		give(the, "random", headless_random, 1);
		give(the, "freeBytes", headless_freeBytes, 0);
		give(the, "exit", headless_exit, 1);
		xsVar(1) = xsNewArray(0);
		for (int i = 1; i < argc; i += 1) xsCall1(xsVar(1), xsID("push"), xsString(words[i]));
		xsSet(xsVar(0), xsID("args"), xsVar(1));
		xsSet(xsGlobal, xsID("headless"), xsVar(0));
		xsVar(0) = xsAwaitImport("main", XS_IMPORT_DEFAULT);
		xsCallFunction0(xsVar(0), xsGlobal);
	}
	xsEndHost(machine);
	for (;;) headless_turn();
}
