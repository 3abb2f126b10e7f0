/**
 * Platform: replaces the operating system for XS compiled for the simulator.
 *
 * Clock, random numbers and zone are those of the running lamp, and memory is counted to its
 * account, so that a machine that dies anywhere can be cleared away whole.
 */
#ifndef LUMINODE_PLATFORM_H
#define LUMINODE_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <arpa/inet.h>
#include <sys/time.h>
#include "owned.h"

/* Every allocation of the engine belongs to one owner: a lamp or the root. */
#define c_malloc ownedMalloc
#define c_calloc ownedCalloc
#define c_realloc ownedRealloc
#define c_free ownedFree
#define c_malloc_uint32 ownedMalloc
#define c_free_uint32 ownedFree

/* The date of the running lamp. Its zone is UTC: the firmware applies zone rules itself. */
typedef struct timeval c_timeval;
#define c_timezone timezone
int virtualTimeOfDay(c_timeval *value, void *zone);
#define c_gettimeofday virtualTimeOfDay
#define c_localtime gmtime
#define c_mktime timegm

/* Math.random from the lamp's seed. */
int virtualRandom(void);
#define c_rand virtualRandom
#define C_RAND_MAX 0x7FFFFFFF

#define mxUseDefaultBuildKeys 1
#define mxUseDefaultChunkAllocation 1
#define mxUseDefaultSlotAllocation 0 /* stack.c */
#define mxUseDefaultSharedChunks 1

/* runJump belongs to run.c; jobs: promise jobs wait. */
#define mxMachinePlatform                                                                                    \
	void *runJump;                                                                                           \
	int jobs;                                                                                                \
	void *waiterCondition;                                                                                   \
	void *waiterData;                                                                                        \
	void *waiterLink;

#endif
