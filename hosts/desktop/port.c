/**
 * Port: one thread beside the machine's; its message is a source of GLib's main context.
 *
 * The SDK's `modMessagePostToMachine` is not part of a program without mcsim.
 */
#include "port.h"

#include <glib.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
	void *machine;
	void (*deliver)(void *machine);
} Message;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t woken = PTHREAD_COND_INITIALIZER;

void portLock(void)
{
	pthread_mutex_lock(&lock);
}

void portUnlock(void)
{
	pthread_mutex_unlock(&lock);
}

static void *run(void *work)
{
	((void (*)(void)) work)();
	return NULL;
}

bool portStart(void (*work)(void))
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, run, (void *) work) != 0) return false;
	pthread_detach(thread);
	return true;
}

void portWait(void)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 1;
	pthread_cond_timedwait(&woken, &lock, &until);
}

void portWake(void)
{
	pthread_cond_signal(&woken);
}

void portStep(void) {}

static gboolean deliver(gpointer data)
{
	Message *message = data;
	message->deliver(message->machine);
	return G_SOURCE_REMOVE;
}

void portPost(void *machine, void (*to)(void *machine))
{
	Message *message = malloc(sizeof *message);
	*message = (Message){ machine, to };
	g_idle_add_full(G_PRIORITY_DEFAULT, deliver, message, free);
}
