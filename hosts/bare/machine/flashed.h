/**
 * Flashed: the frozen root as it lies in flash, built by one run and taken by the others.
 */
#ifndef LUMINODE_FLASHED_H
#define LUMINODE_FLASHED_H

#include "machine.h"

typedef struct {
	uint32_t magic, bytes;
	double budget;
	txMachine *root;
	txCreation creation;
	txSlot main;
} Root;

void build(void) __attribute__((noreturn));
void rootTake(const Root *image);
uint32_t heapPeak(void);
uint32_t parserPeak(void);
uint32_t staticBytes(void);

#endif
